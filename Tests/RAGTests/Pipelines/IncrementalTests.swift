import Base
import Documents
import Foundation
import Retrieval
import Storage
import Synchronization
import TestSupport
import Testing

@testable import RAG

@Suite struct IncrementalTests {
    /// Counts what it encodes; a vector is made of its text alone.
    private final class CountingEncoder: TextEncoder {
        let identity = "counting"
        let dimension = 3
        private let texts = Mutex<[String]>([])

        func encode(_ texts: [String]) async throws -> Matrix {
            self.texts.withLock { $0 += texts }
            return Matrix(columns: 3, values: texts.flatMap(Self.vector))
        }

        static func vector(_ text: String) -> [Float] {
            let sum = text.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) }
            return [Float(sum & 0xFFF), Float(sum >> 12 & 0xFFF), Float(sum >> 24)]
        }

        /// What was encoded since the last call.
        func taken() -> [String] {
            texts.withLock { texts in
                defer { texts = [] }
                return texts
            }
        }
    }

    private final class Counter: Sendable {
        private let names = Mutex<[String]>([])
        func add(_ name: String) { names.withLock { $0.append(name) } }
        var all: [String] { names.withLock { $0.sorted() } }
    }

    private func page(_ number: Int, _ word: String = "plain") -> String {
        let sentences = (0..<12).map {
            "<p>Paragraph \($0) of page \(number) says something \(word) about subject \(number).</p>"
        }
        return "<title>Page \(number)</title><main><h1>Page \(number)</h1>\(sentences.joined())</main>"
    }

    @Test func `of many files, only a changed one is parsed, and only its chunks are encoded`() async throws {
        try await withTemporaryDirectory { folder in
            let docs = folder + "/docs"
            try FileManager.default.createDirectory(atPath: docs, withIntermediateDirectories: true)
            func write(_ number: Int, _ text: String) throws {
                try Data(text.utf8).write(to: URL(filePath: "\(docs)/\(number).html"))
            }
            for number in 0..<60 { try write(number, page(number)) }
            let encoder = CountingEncoder()

            /// One run from the files to the vectors, as a new process would do it.
            func run() async throws -> (parsed: [String], encoded: [String], texts: [String]) {
                let diagnostics = DiagnosticCollector()
                let cache = StageCache(directory: folder + "/cache", diagnostics: diagnostics)
                let counter = Counter()
                let loader = DocumentLoader(diagnostics: diagnostics, cache: cache, onParse: counter.add)
                let corpus = Corpus(try await loader.load(["docs"], base: folder))
                let set = try await ChunkSet(
                    corpus, chunking: .structure(maximumTokens: 32), counter: WordTokenCounter())
                let texts = set.indexedTexts(in: corpus, withHeader: true)
                let matrix = try await PassageEncoder(encoder: encoder, cache: cache).encode(texts)
                #expect(matrix.values == texts.flatMap(CountingEncoder.vector))
                #expect(diagnostics.all == [])
                return (counter.all, encoder.taken(), texts)
            }

            let first = try await run()
            #expect(first.parsed.count == 60)
            #expect(first.encoded.sorted() == first.texts.sorted() && first.texts.count > 200)
            let again = try await run()
            #expect(again.parsed == [] && again.encoded == [])

            try write(31, page(31, "new"))
            let changed = try await run()
            #expect(changed.parsed == ["docs/31.html"])
            #expect(changed.encoded.sorted() == Set(changed.texts).subtracting(first.texts).sorted())
            #expect(!changed.encoded.isEmpty && changed.encoded.allSatisfy { $0.contains("page 31") })

            try FileManager.default.removeItem(atPath: docs + "/7.html")
            let removed = try await run()
            #expect(removed.parsed == [] && removed.encoded == [])

            try write(99, page(99))
            let added = try await run()
            #expect(added.parsed == ["docs/99.html"])
            #expect(!added.encoded.isEmpty && added.encoded.allSatisfy { $0.contains("page 99") })
        }
    }

    @Test func `a damaged list of slabs costs work, not results`() async throws {
        try await withTemporaryDirectory { folder in
            let cache = StageCache(directory: folder, diagnostics: DiagnosticCollector())
            let encoder = CountingEncoder()
            var texts = (0..<700).map { "text \($0)" }
            _ = try await PassageEncoder(encoder: encoder, cache: cache).encode(texts)
            var key = ContentHash.Builder()
            key.add("embeddings-list/1")
            key.add("counting")
            let listKey = key.finish()
            #expect(cache.kept(forKey: listKey) != nil)
            cache.replace([UInt8](repeating: 0x61, count: 200), forKey: listKey)
            texts.insert("one more", at: 3)
            let matrix = try await PassageEncoder(encoder: encoder, cache: cache).encode(texts)
            #expect(matrix.values == texts.flatMap(CountingEncoder.vector))
        }
    }

    @Test func `slabs hold all texts in order, whatever they are`() {
        for count in [0, 1, 63, 64, 512, 513, 3_000] {
            for texts in [(0..<count).map { "text \($0)" }, [String](repeating: "same", count: count)] {
                let slabs = VectorSlab.slabs(of: texts)
                #expect(slabs.flatMap(\.texts) == texts)
                #expect(
                    slabs.allSatisfy { !$0.texts.isEmpty && $0.texts.count <= 512 && $0.texts.count == $0.range.count })
            }
        }
    }
}

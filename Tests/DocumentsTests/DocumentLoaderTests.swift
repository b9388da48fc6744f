import Base
import Documents
import Foundation
import Retrieval
import TestSupport
import Testing

@Suite struct DocumentLoaderTests {
    private func load(
        _ folder: String, _ pattern: String = "*", _ diagnostics: DiagnosticCollector = .init()
    ) async throws -> [Document] {
        try await DocumentLoader(diagnostics: diagnostics).load([pattern], base: folder)
    }

    @Test("What cannot be used is left out with a diagnostic; the rest goes on")
    func unusable() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("fine", to: "\(folder)/a.md")
            try writeTestFile(Data([1, 2, 0, 3]), to: "\(folder)/binary.md")
            try writeTestFile(Data((0..<4_000).map { UInt8($0 * 7 % 251) | 0x80 }), to: "\(folder)/noise.md")
            try writeTestFile(" \n\t", to: "\(folder)/empty.md")
            try writeTestFile("", to: "\(folder)/zero.md")
            try writeTestFile("fine", to: "\(folder)/copy.md")
            let huge = folder + "/huge.md"
            #expect(FileManager.default.createFile(atPath: huge, contents: nil))
            #expect(truncate(huge, 200_000_000) == 0)
            let diagnostics = DiagnosticCollector()
            let documents = try await load(folder, "*", diagnostics)
            #expect(documents.map(\.id.rawValue) == ["a.md"])
            #expect(documents[0].aliases == [DocumentID("copy.md")])
            let files = diagnostics.all.compactMap(\.file)
            #expect(files == ["binary.md", "copy.md", "empty.md", "huge.md", "noise.md", "zero.md"])
            #expect(diagnostics.all.first { $0.file == "huge.md" }?.message.contains("200 MB") == true)
            #expect(diagnostics.all.first { $0.file == "copy.md" }?.severity == .note)
        }
    }

    @Test("A file without permission is a diagnostic", .enabled(if: getuid() != 0, "root may read everything"))
    func forbidden() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("a", to: "\(folder)/a.md")
            try writeTestFile("b", to: "\(folder)/b.md")
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder + "/b.md")
            let diagnostics = DiagnosticCollector()
            #expect(try await load(folder, "*", diagnostics).map(\.id.rawValue) == ["a.md"])
            #expect(diagnostics.all.first?.message.contains("Permission denied") == true)
        }
    }

    @Test("A pipe is never waited on")
    func pipe() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("a", to: "\(folder)/a.md")
            #expect(mkfifo(folder + "/b.md", 0o600) == 0)
            #expect(try await load(folder).count == 1)
        }
    }

    @Test("Where nothing can be used, the error says why")
    func nothingUsable() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile(Data([0, 0]), to: "\(folder)/a.md")
            let error = await #expect(throws: DocumentsError.self) { _ = try await load(folder) }
            #expect(error?.code == .nothingReadable)
            #expect(error?.message.contains("binary") == true)
        }
    }

    @Test(
        "Encodings",
        arguments: [
            (Data([0xEF, 0xBB, 0xBF] + "é".utf8), "\u{FEFF}é", 0),
            (Data([0xFF, 0xFE, 0xE9, 0x00, 0x3D, 0xD8, 0x00, 0xDE]), "é😀", 0),
            (Data([0xFE, 0xFF, 0x00, 0xE9]), "é", 0),
            (Data([0x63, 0x61, 0x66, 0xE9, 0x20, 0x93, 0x78, 0x94]), "café “x”", 1),
            (Data(Array("é ü ß".utf8) + [0xFF]), "é ü ß\u{FFFD}", 1),
        ])
    func encodings(data: Data, text: String, diagnosticCount: Int) async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile(data, to: "\(folder)/a.txt")
            let diagnostics = DiagnosticCollector()
            #expect(try await load(folder, "a.txt", diagnostics).map(\.text) == [text])
            #expect(diagnostics.all.count == diagnosticCount)
        }
    }

    @Test("The order of documents is that of their paths, however many there are")
    func order() async throws {
        try await withTemporaryDirectory { folder in
            let names = (100..<200).map { "\($0).md" }
            for name in names.shuffled() { try writeTestFile("text of \(name)", to: "\(folder)/\(name)") }
            #expect(try await load(folder).map(\.id.rawValue) == names)
        }
    }

    @Test("A collection gives a document a line")
    func collection() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile(
                """
                {"_id": "1", "title": "T é", "text": "one\\n\\ntwo", "metadata": {"year": 5}}
                {"_id": "2", "title": "", "text": "x"}\r
                {"_id": "1", "title": "again", "text": "x"}
                {"_id": 7, "text": "number"}
                {"_id": "3", "title": "", "text": ""}
                {"title": "no id"}
                broken

                """, to: "\(folder)/corpus.jsonl")
            let diagnostics = DiagnosticCollector()
            let documents = try await load(folder, "corpus.jsonl", diagnostics)
            #expect(documents.map(\.id.rawValue) == ["1", "2", "7"])
            #expect(documents.map(\.title) == ["T é", "2", "7"])
            #expect(documents[0].text == "T é\n\none\n\ntwo")
            #expect(documents[0].blocks.map { documents[0].text.utf8Slice($0.range) } == ["T é", "one", "two"])
            #expect(documents[0].blocks[0].kind == .heading(level: 1))
            #expect(documents[0].metadata["year"] == 5)
            #expect(diagnostics.all.map(\.line) == [3, 5, 6, 7])
        }
    }

    @Test("Lines are whole across the pieces in which a file is read", arguments: [1, 65_535, 65_536, 200_000])
    func lines(length: Int) async throws {
        try await withTemporaryDirectory { folder in
            let line = String(repeating: "x", count: length)
            try writeTestFile("a\r\n\(line)\n\(line)", to: "\(folder)/a")
            var lines: [Int: Int] = [:]
            try InputFile.readLines(of: folder + "/a") { number, line in
                lines[number] = line.count
                return true
            }
            #expect(lines == [1: 1, 2: length, 3: length])
        }
    }
}

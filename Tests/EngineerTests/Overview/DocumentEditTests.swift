import Base
import TestSupport
import Testing

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct DocumentEditTests {
    /// A project with a design.md of these bytes.
    private func project<Result>(_ text: String, _ body: (Project, String) async throws -> Result) async throws
        -> Result
    {
        try await withTemporaryDirectory { folder async throws in
            try Data("documents: [d.md]\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            try Data(text.utf8).write(to: URL(filePath: folder + "/design.md"))
            return try await body(try Project(opening: folder), folder + "/design.md")
        }
    }

    /// The edit of a person who has just opened the form.
    private func edit(_ place: DocumentPart.Place, _ text: String, in project: Project) throws -> DocumentEdit {
        let part = try #require(try DocumentPart.read(.design, at: place, in: project))
        return DocumentEdit(.design, at: place, seen: part.hash, was: part.textHash, text: text)
    }

    private func bytes(_ path: String) -> [UInt8] { FileManager.default.contents(atPath: path).map { Array($0) } ?? [] }

    @Test(arguments: [
        ("# a\r\n# b\n# c", "2", "# B\r\n# D", "# a\r\n# B\n# D\n# c"),
        ("\u{FEFF}# a\r\n\r\nb", "1", "# A\r\n\r\n- x", "\u{FEFF}# A\r\n\r\n- x\r\n\r\nb"),
        ("# a\n\nlast", "3", "end", "# a\n\nend"), ("# a\n\nlast", "3", "", "# a\n\n"),
        ("p\nq\r\n\n# h\n", "2", "P", "P\r\n\n# h\n"), ("p\nq\r\nr\n", "1", "P\nQ\nR\nS", "P\nQ\r\nR\nS\n"),
        ("```\nx\n```\n", "2", "```swift\ny\n```", "```swift\ny\n```\n"), ("only", "1", "a\r\nb", "a\nb"),
        ("a\n\nb\n", "2", "", "a\n\nb\n"), ("a\r\nb", "all", "a\nb\nc", "a\r\nb\r\nc"),
        ("\u{FEFF}a", "all", "", "\u{FEFF}"), ("", "all", "# New\n", "# New\n"),
    ])
    func `only the lines that were edited change`(_ before: String, _ place: String, _ text: String, _ after: String)
        async throws
    {
        try await project(before) { project, path async throws in
            let change = try edit(try #require(DocumentPart.Place(place)), text, in: project)
            let hash = try change.apply(to: project)
            #expect(bytes(path) == Array(after.utf8))
            #expect(hash == ContentHash(of: after).hex)
        }
    }

    @Test(arguments: [
        ("# a\ntext\nmore\n\n- x\n  y\n- z", [1...1, 2...3, 4...4, 5...6, 7...7]),
        ("```\n# a\n\nb\n```\nc", [1...5, 6...6]), ("```\n```\n~~~\nx", [1...2, 3...4]),
        ("| a |\n| - |\n\n> q\nr", [1...2, 3...3, 4...5]), ("", [1...1]),
    ])
    func `lines that belong together are edited together`(_ text: String, _ blocks: [ClosedRange<Int>]) async throws {
        try await project(text) { project, _ async throws in
            #expect(try #require(try DocumentSource.read(.design, in: project)).blocks == blocks)
        }
    }

    @Test func `a file that changed is not written, and its lines are found where they moved`() async throws {
        try await project("# a\n\nb\n") { project, path async throws in
            let change = try edit(.line(3), "mine", in: project)
            for (now, place, isAsSeen) in [
                ("# a\n\nnew\n\nb\n", 5, true), ("# a\n\nother\n", 3, false), ("b\n\nb\n", 3, false), ("# a", 1, false),
            ] {
                try Data(now.utf8).write(to: URL(filePath: path))
                let failure = #expect(throws: EngineerError.self) { try change.apply(to: project) }
                #expect(failure?.code == .invalidRequest && failure?.message.contains("changed since") == true)
                #expect(bytes(path) == Array(now.utf8))
                let standing = try #require(try change.standing(in: project))
                #expect(standing.part.place == .line(place) && standing.isAsSeen == isAsSeen, "\(now)")
                #expect(standing.part.hash == ContentHash(of: now).hex)
            }
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: EngineerError.self) { try change.apply(to: project) }
            #expect(try change.standing(in: project) == nil)
        }
    }

    @Test func `of many who edit one state at the same time, one is written`() async throws {
        try await project("# a\n\nb\n") { project, path async throws in
            let changes = try (0..<8).map { try edit(.line(3), "mine \($0)", in: project) }
            let written = await withTaskGroup(of: Bool.self) { group in
                for change in changes { group.addTask { (try? change.apply(to: project)) != nil } }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(written == 1)
            #expect(String(decoding: bytes(path), as: UTF8.self).hasPrefix("# a\n\nmine "))
        }
    }

    @Test func `what cannot be changed is said, and stays as it is`() async throws {
        try await project("# a\n") { project, path async throws in
            func refusal(_ text: String) throws -> String? {
                let (change, before) = (try edit(.line(1), text, in: project), bytes(path))
                let failure = #expect(throws: EngineerError.self) { try change.apply(to: project) }
                #expect(bytes(path) == before)
                return failure?.message
            }
            #expect(try refusal("a\0b")?.contains("NUL") == true)
            #expect(try refusal(String(repeating: "a", count: 1_000_001))?.contains("1 MB") == true)
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
            #expect(try refusal("b")?.contains("read-only") == true)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            try Data("# a\n\0".utf8).write(to: URL(filePath: path))
            #expect(try refusal("b")?.contains("NUL") == true)

            let change = try edit(.line(1), "b", in: project)
            let other = project.path("other.md")
            try FileManager.default.moveItem(atPath: path, toPath: other)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
            let failure = #expect(throws: EngineerError.self) { try change.apply(to: project) }
            #expect(failure?.message.contains("it is a link") == true)
            #expect(bytes(other) == Array("# a\n\0".utf8))
        }
    }
}

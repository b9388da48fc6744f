import Base
import Documents
import Foundation
import Retrieval
import TestSupport
import Testing

@Suite struct DocumentFinderTests {
    private func ids(_ patterns: [String], _ base: String, _ diagnostics: DiagnosticCollector = .init()) throws
        -> [String]
    {
        try DocumentFinder(base: base, diagnostics: diagnostics).find(patterns).map(\.id.rawValue)
    }

    private func fill(_ folder: String) throws {
        for name in [
            "docs/b.md", "docs/a.md", "docs/deep/er/c.txt", "docs/deep/d.png", "docs/.hidden.md", "docs/.git/e.md",
            "project/neo.yaml", ".build/checkouts/x/f.md", ".build/checkouts/x/.github/g.md", "src/m.swift",
        ] {
            try writeTestFile(name, to: "\(folder)/\(name)")
        }
    }

    private func link(_ name: String, to target: String, in folder: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: target)
    }

    @Test(
        "Patterns",
        arguments: [
            ("docs/*.md", ["a.md", "b.md"]),
            ("docs/**/*.{md,txt}", ["a.md", "b.md", "deep/er/c.txt"]),
            ("docs", ["a.md", "b.md", "deep/er/c.txt"]),
            ("docs/**", ["a.md", "b.md", "deep/er/c.txt"]),
            ("docs/", ["a.md", "b.md", "deep/er/c.txt"]),
            ("./docs/../docs/a.md", ["a.md"]),
            ("docs/*/*/*", ["deep/er/c.txt"]),
            ("docs/[ab].md", ["a.md", "b.md"]), ("docs/[!a].md", ["b.md"]), ("docs/?.md", ["a.md", "b.md"]),
            ("docs/.*.md", [".hidden.md"]),
            ("docs/**/*.png", ["deep/d.png"]),
            (".build/checkouts/**/*.md", ["x/f.md"]),
            ("{docs,src}/*.{md,swift}", ["docs/a.md", "docs/b.md", "src/m.swift"]),
            ("docs/**/er/**/*.txt", ["deep/er/c.txt"]),
        ])
    func patterns(pattern: String, expected: [String]) async throws {
        try await withTemporaryDirectory { folder in
            try fill(folder)
            #expect(try ids([pattern], folder) == expected)
            #expect(try ids([folder + "/" + pattern], folder + "/project") == expected)
        }
    }

    @Test("Patterns may lead out of the project")
    func relativePatterns() async throws {
        try await withTemporaryDirectory { folder in
            try fill(folder)
            let found = try DocumentFinder(base: folder + "/project", diagnostics: .init())
                .find(["../.build/checkouts/**/*.md"])
            #expect(found.map(\.id.rawValue) == ["x/f.md"])
            #expect(found.map(\.relativePath) == ["../.build/checkouts/x/f.md"])
        }
    }

    @Test("Equal ids of different files become paths from the project; the same file counts once")
    func equalIDs() async throws {
        try await withTemporaryDirectory { folder in
            for name in ["one/a.md", "one/b.md", "two/a.md"] { try writeTestFile(name, to: "\(folder)/\(name)") }
            #expect(try ids(["one/*.md", "two/*.md", "one/a.md"], folder) == ["one/a.md", "b.md", "two/a.md"])
        }
    }

    @Test("A name with letters of a pattern is found as it is")
    func literalName() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("x", to: "\(folder)/a[1]/b{c}.md")
            #expect(try ids(["a[1]"], folder) == ["b{c}.md"])
            #expect(try ids(["a[1]/b{c}.md"], folder) == ["b{c}.md"])
        }
    }

    @Test("Links that lead in circles or nowhere are diagnostics, and the rest goes on")
    func links() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("x", to: "\(folder)/docs/a/b.md")
            try writeTestFile("y", to: "\(folder)/elsewhere/c.md")
            try link("docs/a/up", to: "..", in: folder)
            try link("docs/self", to: "self", in: folder)
            try link("docs/gone.md", to: "nowhere", in: folder)
            try link("docs/other", to: "../elsewhere", in: folder)
            let diagnostics = DiagnosticCollector()
            #expect(try ids(["docs/**/*.md"], folder, diagnostics) == ["a/b.md", "other/c.md"])
            #expect(diagnostics.all.compactMap(\.file) == ["docs/a/up", "docs/gone.md", "docs/self"])
        }
    }

    @Test("A folder without permission is a diagnostic", .enabled(if: getuid() != 0, "root may read everything"))
    func forbiddenFolder() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("x", to: "\(folder)/docs/a.md")
            try writeTestFile("x", to: "\(folder)/docs/closed/b.md")
            let closed = folder + "/docs/closed"
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed) }
            let diagnostics = DiagnosticCollector()
            #expect(try ids(["docs"], folder, diagnostics) == ["a.md"])
            #expect(diagnostics.all.first?.file == "docs/closed")
        }
    }

    @Test(
        "Where nothing matches, the error says what is near",
        arguments: [
            (["dcos/**/*.md"], "did you mean docs?"),
            (["docs/*.mdd"], "2 files of the kind .md"),
            (["docs/nothing.md"], "docs holds"),
            ([], "No documents are named"),
        ])
    func nothingMatched(patterns: [String], hint: String) async throws {
        try await withTemporaryDirectory { folder in
            try fill(folder)
            let error = #expect(throws: DocumentsError.self) { try ids(patterns, folder) }
            #expect(error?.code == .nothingMatched)
            #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
        }
    }

    @Test("One pattern without a match is a warning")
    func partialMatch() async throws {
        try await withTemporaryDirectory { folder in
            try fill(folder)
            let diagnostics = DiagnosticCollector()
            #expect(try ids(["docs/a.md", "nope/*.md"], folder, diagnostics) == ["a.md"])
            #expect(diagnostics.all.map(\.severity) == [.warning])
        }
    }

    @Test("Too many alternatives are refused")
    func explosion() throws {
        let pattern = "x/" + String(repeating: "{a,b}", count: 20)
        let error = #expect(throws: DocumentsError.self) { try ids([pattern], "/") }
        #expect(error?.code == .badPattern)
    }
}

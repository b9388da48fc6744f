import Base
import Documents
import Foundation
import Retrieval
import Testing

@Suite struct DocumentFinderTests {
    private func ids(_ patterns: [String], _ base: String, _ diagnostics: DiagnosticCollector = .init()) throws
        -> [String]
    {
        try DocumentFinder(base: base, diagnostics: diagnostics).find(patterns).map(\.id.rawValue)
    }

    private func fill(_ folder: TemporaryFolder) throws {
        for name in [
            "docs/b.md", "docs/a.md", "docs/deep/er/c.txt", "docs/deep/d.png", "docs/.hidden.md", "docs/.git/e.md",
            "project/neo.yaml", ".build/checkouts/x/f.md", ".build/checkouts/x/.github/g.md", "src/m.swift",
        ] {
            try folder.write(name, name)
        }
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
        try await TemporaryFolder.with { folder in
            try fill(folder)
            #expect(try ids([pattern], folder.path) == expected)
            #expect(try ids([folder.path + "/" + pattern], folder.path + "/project") == expected)
        }
    }

    @Test("Patterns may lead out of the project")
    func relativePatterns() async throws {
        try await TemporaryFolder.with { folder in
            try fill(folder)
            let found = try DocumentFinder(base: folder.path + "/project", diagnostics: .init())
                .find(["../.build/checkouts/**/*.md"])
            #expect(found.map(\.id.rawValue) == ["x/f.md"])
            #expect(found.map(\.relativePath) == ["../.build/checkouts/x/f.md"])
        }
    }

    @Test("Equal ids of different files become paths from the project; the same file counts once")
    func equalIDs() async throws {
        try await TemporaryFolder.with { folder in
            for name in ["one/a.md", "one/b.md", "two/a.md"] { try folder.write(name, name) }
            #expect(try ids(["one/*.md", "two/*.md", "one/a.md"], folder.path) == ["one/a.md", "b.md", "two/a.md"])
        }
    }

    @Test("A name with letters of a pattern is found as it is")
    func literalName() async throws {
        try await TemporaryFolder.with { folder in
            try folder.write("x", "a[1]/b{c}.md")
            #expect(try ids(["a[1]"], folder.path) == ["b{c}.md"])
            #expect(try ids(["a[1]/b{c}.md"], folder.path) == ["b{c}.md"])
        }
    }

    @Test("Links that lead in circles or nowhere are diagnostics, and the rest goes on")
    func links() async throws {
        try await TemporaryFolder.with { folder in
            try folder.write("x", "docs/a/b.md")
            try folder.write("y", "elsewhere/c.md")
            try folder.link("docs/a/up", to: "..")
            try folder.link("docs/self", to: "self")
            try folder.link("docs/gone.md", to: "nowhere")
            try folder.link("docs/other", to: "../elsewhere")
            let diagnostics = DiagnosticCollector()
            #expect(try ids(["docs/**/*.md"], folder.path, diagnostics) == ["a/b.md", "other/c.md"])
            #expect(diagnostics.all.compactMap(\.file) == ["docs/a/up", "docs/gone.md", "docs/self"])
        }
    }

    @Test("A folder without permission is a diagnostic", .enabled(if: getuid() != 0, "root may read everything"))
    func forbiddenFolder() async throws {
        try await TemporaryFolder.with { folder in
            try folder.write("x", "docs/a.md")
            try folder.write("x", "docs/closed/b.md")
            let closed = folder.path + "/docs/closed"
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed) }
            let diagnostics = DiagnosticCollector()
            #expect(try ids(["docs"], folder.path, diagnostics) == ["a.md"])
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
        try await TemporaryFolder.with { folder in
            try fill(folder)
            let error = #expect(throws: DocumentsError.self) { try ids(patterns, folder.path) }
            #expect(error?.code == .nothingMatched)
            #expect(error?.message.contains(hint) == true, "\(error?.message ?? "")")
        }
    }

    @Test("One pattern without a match is a warning")
    func partialMatch() async throws {
        try await TemporaryFolder.with { folder in
            try fill(folder)
            let diagnostics = DiagnosticCollector()
            #expect(try ids(["docs/a.md", "nope/*.md"], folder.path, diagnostics) == ["a.md"])
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

import Base
import Documents
import RAG
import Retrieval
import Testing

@testable import Engineer

@Suite struct AccessRulesTests {
    private static let yaml = """
        documents: [docs/**/*.md]
        access:
          documents:
            - match: "hr/**"
              groups: [hr]
            - {match: "docs/board/*.md", groups: board}
            - {match: "**/draft-*", groups: []}
            - match: "**"
              groups: [everyone]
        """

    private static func groups(_ file: String, _ id: String, own: JSONValue? = nil) throws -> [String] {
        let file = DocumentPlace(file: file, id: DocumentID(id))
        let rules = try #require(try ProjectFile(yaml: yaml, file: "neo.yaml", folderName: "p").access)
        return rules.readers(of: file, metadata: own.map { ["access": $0] } ?? [:]).groups.sorted().map(\.name)
    }

    @Test(
        "The first rule that matches the path or the name holds",
        arguments: [
            ("docs/hr/a.md", "hr/a.md", ["hr"]), ("docs/hr/x/.y.md", "hr/x/.y.md", ["hr"]), ("hr/a.md", "a.md", ["hr"]),
            ("docs/board/a.md", "board/a.md", ["board"]), ("docs/board/x/a.md", "board/x/a.md", ["everyone"]),
            ("docs/draft-1.md", "draft-1.md", []), ("docs/.hidden.md", ".hidden.md", ["everyone"]),
            ("docs/chr/a.md", "chr/a.md", ["everyone"]), ("docs/HR/a.md", "HR/a.md", ["everyone"]),
        ])
    func rules(file: String, id: String, expected: [String]) throws {
        #expect(try Self.groups(file, id) == expected)
    }

    @Test func `a document's own word goes before the rules, and one that makes no sense keeps it from all`() throws {
        #expect(try Self.groups("docs/a.md", "a.md", own: "board") == ["board"])
        #expect(try Self.groups("docs/hr/a.md", "hr/a.md", own: ["everyone", "hr"]) == ["everyone", "hr"])
        for own in [3, ["hr", 3], ["of": "hr"], "Human Resources", ["hr", ""], .null] as [JSONValue] {
            #expect(try Self.groups("docs/a.md", "a.md", own: own) == [], "\(own)")
        }
    }

    @Test(
        "What makes no sense is told with its line",
        arguments: [
            ("access: everyone", "must be a mapping"), ("access: {documents: all}", "holds a list"),
            ("access:\n  documents:\n    - hr", "neo.yaml:4: A rule of `access` is a mapping"),
            ("access:\n  documents:\n    - {groups: [hr]}", "neo.yaml:4: A rule of `access` needs `match`"),
            ("access:\n  documents:\n    - {match: a}", "neo.yaml:4: The rule for a needs `groups`"),
            ("access:\n  documents:\n    - {match: a, groups: [Hr!]}", "is no name of a group"),
            ("access:\n  documents:\n    - {match: a, group: [hr]}", "Did you mean \"groups\"?"),
            ("access: {rules: []}", "The key \"rules\" is not known in access"),
        ])
    func wrong(yaml: String, sentence: String) {
        let error = #expect(throws: EngineerError.self) {
            try ProjectFile(yaml: "documents: [a]\n" + yaml, file: "neo.yaml", folderName: "p")
        }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }
}

import TestSupport
import Testing

@testable import Engineer

@Suite struct AuditAllowListTests {
    @Test func `an exception needs what, why and who`() async throws {
        try await GoldenFixture.with { fixture in
            #expect(try AuditAllowList(fixture.project).entries.isEmpty)
            try fixture.write(
                "audit-allow.yaml", "allow:\n  - {finding: secrets, reason: none of them opens anything}\n")
            #expect { try AuditAllowList(fixture.project) } throws: { "\($0)".contains("audit-allow.yaml:2") }
            try fixture.write(
                "audit-allow.yaml", "allow:\n  - {finding: secrets, reason: they open nothing, by: ada}\n")
            #expect(try AuditAllowList(fixture.project).entries.map(\.by) == ["ada"])
            try fixture.write("audit-allow.yaml", "alow: []\n")
            #expect { try AuditAllowList(fixture.project) } throws: { "\($0)".contains("Did you mean \"allow\"") }
        }
    }

    @Test(arguments: [
        ("personal-data.email", "docs/*.md", "personal-data.email.documents", "docs/a.md", true),
        ("personal-data.email", "docs/*.md", "personal-data.email.documents", "other/a.md", false),
        ("personal-data.email", "docs/*.md", "personal-data.emails.documents", "docs/a.md", false),
        ("secrets.github-token.documents", "*/a*.md", "secrets.github-token.documents", "x/ab.md", true),
        ("secrets", "a.md", "secrets.github-token.documents", "a.md.md", false),
    ])
    func `names match to a dot, places with stars`(
        finding: String, place: String, id: String, file: String, holds: Bool
    ) {
        let entry = AuditAllowList.Entry(finding: finding, place: place, reason: "r", by: "b")
        #expect(entry.allows(id, file) == holds)
    }
}

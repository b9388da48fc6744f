import Base
import Engineer
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A gate that does not hold, on the project's page.
@Suite struct AcceptancePageTests {
    private static let hostile = "<script>\"'&"

    /// No model is there.
    private static let ports = Workspace.Ports(
        storedModel: { throw EngineerError(code: .project, message: "no model \($0)") },
        modelFolder: { throw EngineerError(code: .project, message: "no model \($0)") }, threads: 1)

    private func with(_ test: @escaping @Sendable (DashboardBrowser) async throws -> Void) async throws {
        try await DashboardBrowser.with(
            "",
            files: [
                ("neo.yaml", "documents: [d/*.md]\n"), ("d/a.md", "# Tea\n"), ("golden.jsonl", "no row\n"),
                ("design.md", "## Milestones\n\n### M1 Look \(Self.hostile)\n\n- does: questions\n"),
            ]
        ) { browser async throws in
            // A golden file that cannot be read stops the first milestone.
            let project = try Project(opening: browser.folder)
            let hash = try #require(try await Approvals(project).standing(of: .design).hash)
            try await Approvals(project).approve(.design, seen: hash, who: "Ada", how: .terminal, at: Date())
            let outcome = try await BuildSession.run(project, options: BuildOptions(), ports: Self.ports)
            #expect(outcome.stopped?.milestone.id == "M1")
            try await test(browser)
        }
    }

    private func milestone(_ browser: DashboardBrowser) async throws -> MilestoneStanding {
        try #require(try await BuildSession.standing(try Project(opening: browser.folder))?.milestones.first)
    }

    @Test func `a failed milestone says what failed and what can be done, and is accepted with a reason`() async throws
    {
        try await with { browser async throws in
            let page = try await browser.page()
            #expect(page.contains("M1 Look &lt;script&gt;&quot;&#39;&amp;") && !page.contains("<script>\""))
            #expect(page.contains("neo build --accept M1") && page.contains("/design\">the gates in design.md</a>"))
            #expect(try await browser.client.send(.get, "/", headers: browser.headers).text.contains("#stopped-M1"))
            let seen = DashboardBrowser.hidden("seen", of: page)
            let form = ["milestone": "M1", "seen": seen, "author": "Ada <b>", "reason": "So <i>", "next": browser.path]
            let place = browser.path + "/accept"
            for (name, value, status) in [
                ("reason", " ", 422), ("author", "", 422), ("seen", "0", 409), ("milestone", "M9", 409),
                ("form_token", "0", 403),
            ] {
                let reply = try await browser.post(form.merging([name: value]) { $1 }, to: place)
                #expect(reply.status == status, "\(name)")
            }
            #expect(try await milestone(browser).state == .failed)
            let reply = try await browser.post(form, to: place)
            #expect(reply.status == 303 && reply.headers[.location] == browser.path)
            let acceptance = try #require(try await milestone(browser).report?.acceptance)
            #expect(acceptance.who == "Ada <b>" && acceptance.reason == "So <i>" && acceptance.how == "browser")
            let after = try await browser.page()
            #expect(after.contains("Accepted by Ada &lt;b&gt;, in a browser: So &lt;i&gt;"))
            #expect(after.contains("id=\"built\""))
            #expect(try await browser.post(form, to: place).status == 409, "a form that is sent twice accepts nothing")
        }
    }
}

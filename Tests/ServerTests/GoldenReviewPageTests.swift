import Base
import Engineer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct GoldenReviewPageTests {
    private static let hostile = "<script>\"'&"
    private static let escaped = "&lt;script&gt;&quot;&#39;&amp;"

    private static let document = """
        # Tea <i>

        ## Steeping

        Green tea is steeped for "two" minutes & <u>no</u> longer.
        Black tea is steeped for four minutes.

        ## Mutex

        A mutex is a lock that only one thread holds at a time.
        Streams are bounded because every buffer costs memory.
        """

    private static func proposal(_ number: Int, _ quote: String?) -> JSONValue {
        [
            "id": .string("g\(number)"), "question": .string("How long is tea \(number)? \(hostile)"),
            "answers": .array(quote == nil ? [] : [.string("\(number) minutes \(hostile)")]),
            "evidence": .array(
                quote.map { [["document": "<b>.md", "quote": .string($0), "line": 5]] } ?? []),
            "isAnswerable": .bool(quote != nil), "type": .string("number \(hostile)"),
            "origin": .string("model \(hostile)"), "why": .string("It says so. \(hostile)"), "rank": 2,
            "state": "open",
        ]
    }

    /// Three proposals: two that the document answers, one that it does not.
    private static let three: JSONValue = [
        "version": 1,
        "proposals": [
            proposal(1, "Green tea is steeped for \"two\" minutes & <u>no</u> longer."),
            proposal(2, "Black tea is steeped for four minutes."), proposal(3, nil),
        ],
    ]

    private func with(
        _ proposals: JSONValue? = three, documents: String = "d/*.md",
        _ test: @escaping @Sendable (DashboardBrowser) async throws -> Void
    ) async throws {
        var files: [(String, String)] = [
            ("neo.yaml", "documents: [\(documents)]\nencoder: none\n"), ("d/<b>.md", Self.document),
        ]
        if let proposals { files.append((".neo/proposals.json", proposals.canonicalText)) }
        try await DashboardBrowser.with("golden/review", files: files, test)
    }

    @Test func `a proposal stands beside its passage, and what is accepted as it is becomes its row`() async throws {
        try await with { browser async throws in
            let page = try await browser.page()
            #expect(page.contains("3 open, 0 accepted, 0 edited, 0 rejected."))
            #expect(page.contains("&lt;b&gt;.md:5 › Tea › Steeping</p>"))
            #expect(
                page.contains(
                    "<mark>Green tea is steeped for &quot;two&quot; minutes &amp; &lt;u&gt;no&lt;/u&gt; longer.</mark>\nBlack tea"
                ))
            #expect(!page.contains("<script>\"") && !page.contains("<u>"))
            for words in ["How long is tea 1? ", "1 minutes ", "number ", "model ", "It says so. "] {
                #expect(page.contains(words + Self.escaped), "\(words)")
            }
            let reply = try await browser.send("accept", page)
            #expect(reply.status == 303 && reply.headers[.location] == browser.path + "?after=g1&done=g1")
            let first = try #require(try browser.proposals().first)
            #expect(first.state == .accepted, "what a browser sends of unchanged fields is no edit")
            #expect(first.decision?.source == GoldenProposal.Source(name: "Ada <b>", way: .browser))
            #expect(
                browser.rows.split(separator: "\n").count == 1 && browser.rows.contains("How long is tea 1? <script>"))
            let next = try await browser.page("?after=g1&done=g1")
            #expect(next.contains("g1 is accepted: How long is tea 1? " + Self.escaped))
            #expect(next.contains("id=\"asked\">How long is tea 2? ") && next.contains("value=\"Ada &lt;b&gt;\""))
            let back = try await browser.send("reopen", next, ["proposal": "g1"])
            #expect(back.headers[.location] == browser.path + "?id=g1" && !browser.rows.contains("tea 1"))
            #expect(try await browser.page("?id=g1").contains("id=\"asked\">How long is tea 1? "))
        }
    }

    @Test func `a proposal is edited or rejected, skipped ones come again, and at the end the rows are counted`()
        async throws
    {
        try await with { browser async throws in
            let skipped = try await browser.page("?after=g1")
            #expect(skipped.contains("id=\"asked\">How long is tea 2? ") && skipped.contains("review?after=g2\""))
            let edited = try await browser.send(
                "accept", skipped, ["question": "For how  long?\r\n", "answers": "four minutes\r\n\r\n4 min"])
            #expect(edited.status == 303)
            let unanswered = try await browser.page("?after=g2")
            #expect(unanswered.contains("id=\"asked\">How long is tea 3? "))
            #expect(
                unanswered.contains("No part of the documents answers it") && !unanswered.contains("id=\"answers\""))
            #expect(try await browser.send("accept", unanswered).status == 303)
            let first = try await browser.page("?after=g3")
            #expect(first.contains("id=\"asked\">How long is tea 1? ") && !first.contains("?after=g1\""))
            let rejected = try await browser.send("reject", first, ["reason": "Nobody asks\r\nthat."])
            #expect(rejected.status == 303)
            let all = try browser.proposals()
            #expect(all.map(\.state) == [.rejected, .edited, .accepted])
            #expect(all[0].decision?.reason == "Nobody asks that.")
            #expect(all[1].question == "For how long?" && all[1].answers == ["four minutes", "4 min"])
            let end = try await browser.page("?after=g1&done=g1")
            #expect(end.contains("Every proposal is decided. golden.jsonl has 2 questions"))
            #expect(end.contains("Propose 30 questions") && end.contains("neo golden propose"))
            let golden = try await browser.client.send(
                .get, browser.path.replacing("/review", with: ""), headers: browser.headers)
            #expect(
                golden.text.contains("For how long?") && golden.text.contains("Propose questions from the documents"))
        }
    }

    @Test func `the form of an old page says what was decided meanwhile, and has the words still`() async throws {
        try await with { browser async throws in
            let old = try await browser.page()
            let project = try Project(opening: browser.folder)
            _ = try await GoldenProposals(project).decide(
                "g1", .reject(reason: ""), by: .init(name: "<i>Bo", way: .terminal), at: Date())
            let refused = try await browser.send("accept", old, ["question": "Mine </textarea><script>"])
            #expect(refused.status == 409 && browser.rows.isEmpty)
            #expect(refused.text.contains("Nothing was written: g1 is rejected by &lt;i&gt;Bo"))
            #expect(refused.text.contains("Mine &lt;/textarea&gt;&lt;script&gt;") && !refused.text.contains("Mine </"))
            #expect(refused.text.contains("id=\"asked\">How long is tea 2? "))
            // Taken back and in other words by now.
            let proposals = GoldenProposals(project)
            let second = try await browser.page()
            _ = try await proposals.decide(
                "g2", .edit(GoldenRevision(question: "Theirs?", answers: ["four"])),
                by: .init(name: "Bo", way: .terminal), at: Date())
            _ = try await proposals.decide("g2", .reopen, by: .init(name: "Bo", way: .terminal), at: Date())
            let changed = try await browser.send("reject", second, ["reason": "Mine"])
            #expect(changed.status == 409 && changed.text.contains("is now “Theirs?”"))
            #expect(changed.text.contains("\nMine</textarea>"))
            #expect(try await browser.send("reject", changed.text).status == 303)
            #expect(try browser.proposals()[1].state == .rejected)
        }
    }

    @Test func `what cannot be a row is refused with a sentence, and stays in its fields`() async throws {
        try await with { browser async throws in
            let page = try await browser.page()
            let empty = try await browser.send("accept", page, ["question": "Which?", "answers": " "])
            #expect(empty.status == 422 && empty.text.contains("the question has no answer"))
            #expect(empty.text.contains("\nWhich?</textarea>") && empty.text.contains("data-unsaved"))
            #expect(try await browser.send("accept", page, ["author": " "]).status == 422)
            #expect(try await browser.send("other", page).status == 422)
            #expect(try await browser.send("accept", page, ["proposal": "g9"]).status == 409)
            #expect(try await browser.send("accept", page, ["form_token": "0"]).status == 403)
            try Data("# Other\n\nBlack tea is steeped for four minutes, they say.\n".utf8)
                .write(to: URL(filePath: browser.folder + "/d/<b>.md"))
            let gone = try await browser.page()
            #expect(gone.contains("The quote does not stand in &lt;b&gt;.md any more"))
            let refused = try await browser.send("accept", gone)
            #expect(refused.status == 422 && refused.text.contains("its quote does not stand in &lt;b&gt;.md any"))
            let all = try browser.proposals()
            #expect(browser.rows.isEmpty && all.allSatisfy { $0.state == .open })
            let other = try await browser.send(
                "accept", gone, ["quote": "Black tea is steeped for four minutes, they say."])
            #expect(other.status == 303 && browser.rows.contains("they say"))
            try Data("{".utf8).write(to: URL(filePath: browser.folder + "/.neo/proposals.json"))
            let damaged = try await browser.client.send(.get, browser.path, headers: browser.headers)
            #expect(damaged.status == 422 && damaged.text.contains("proposals.json is damaged"))
            #expect(try await browser.client.send(.get, "/", headers: browser.headers).status == 200)
        }
    }

    @Test func `open proposals wait for a person, where the golden questions are, too`() async throws {
        try await with { browser async throws in
            let front = try await browser.client.send(.get, "/", headers: browser.headers).text
            #expect(front.contains("3 proposed golden questions wait for a decision."))
            #expect(front.contains("href=\"\(browser.path)\""))
            let golden = try await browser.client.send(
                .get, browser.path.replacing("/review", with: ""), headers: browser.headers)
            #expect(golden.text.contains("wait for a decision: 3."))
            for name in ["g1", "g2", "g3"] {
                let page = try await browser.page("?id=\(name)")
                #expect(try await browser.send("reject", page).status == 303)
            }
            let after = try await browser.client.send(.get, "/", headers: browser.headers).text
            #expect(!after.contains("for a decision"))
        }
    }

    @Test func `where nothing is proposed it is asked for, once, and the page leads to the first`() async throws {
        try await with(nil) { browser async throws in
            let page = try await browser.page()
            #expect(page.contains("Nothing is proposed yet") && page.contains("Propose 30 questions"))
            for _ in 0..<2 {
                let reply = try await browser.send("propose", page)
                #expect(reply.headers[.location] == browser.path + "?proposing=1")
            }
            let waiting = try await browser.page("?proposing=1")
            #expect(waiting.contains("are being read for questions") && !waiting.contains("value=\"propose\""))
            try await browser.workOnce()
            let count = try browser.proposals().count
            #expect(count > 0)
            let found = try await browser.page("?proposing=1")
            #expect(
                found.contains("\(count) questions are proposed.") && found.contains("Only \(count) of 30 were found"))
            #expect(try await browser.page().contains("id=\"asked\""))
            let again = try await browser.send("propose", page)
            #expect(again.headers[.location] == browser.path)
        }
    }

    @Test func `documents that give no question are said`() async throws {
        try await with(nil, documents: "none/*.md") { browser async throws in
            #expect(try await browser.send("propose", "").status == 303)
            try await browser.workOnce()
            let page = try await browser.page("?proposing=1")
            #expect(page.contains("note warn") && page.contains("none/*.md") && page.contains("value=\"propose\""))
        }
    }
}

extension DashboardBrowser {
    /// Sends the form of a page, with other words in some fields.
    fileprivate func send(_ action: String, _ page: String, _ changes: [String: String] = [:]) async throws -> Reply {
        var fields = ["do": action, "author": "Ada <b>"]
        for name in ["proposal", "seen"] { fields[name] = Self.hidden(name, of: page) }
        for name in ["question", "answers", "quote", "reason"] where page.contains("id=\"\(name)\"") {
            fields[name] = Self.field(name, of: page)
        }
        return try await post(fields.merging(changes) { $1 })
    }

    fileprivate func proposals() throws -> [GoldenProposal] { try GoldenProposals(Project(opening: folder)).read() }

    fileprivate var rows: String {
        FileManager.default.contents(atPath: folder + "/golden.jsonl").map { String(decoding: $0, as: UTF8.self) }
            ?? ""
    }

    /// Proposes, as the server does in the background.
    fileprivate func workOnce() async throws { try await working { [desk = assembly.proposing] in await desk.work() } }
}

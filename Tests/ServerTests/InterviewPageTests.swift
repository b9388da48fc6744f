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

@Suite struct InterviewPageTests {
    private func with(
        documents: String = "d/*.md", _ test: @escaping @Sendable (DashboardBrowser) async throws -> Void
    ) async throws {
        try await DashboardBrowser.with(
            "interview",
            files: [
                ("neo.yaml", "documents: [\(documents)]\n"),
                ("d/<b>.md", "# Tea\n\nIt is the tea of the house. Write to ada@lovelace.org about the tea.\n"),
            ], test)
    }

    @Test func `what needs no documents is asked while they are read, and what was found is asked about then`()
        async throws
    {
        try await with { browser async throws in
            let first = try await browser.page()
            #expect(first.contains("The documents are being read") && first.contains("Who asks the system?"))
            #expect(try await browser.reply("", to: first).status == 303)
            let second = try await browser.page()
            // In between is the question about languages, which looks at the documents.
            #expect(second.contains("What makes an answer good?"))
            try await browser.readDocuments()
            let third = try await browser.page()
            #expect(third.contains("1 document was read") && third.contains("In which languages do they ask?"))
            #expect(third.contains("email: 1 in 1 documents, first at &lt;b&gt;.md:3"))
            #expect(browser.answers.first?["value"] == "team" && browser.answers.first?["source"]?["way"] == "browser")
            #expect(browser.answers.first?["source"]?["name"] == "Ada")
        }
    }

    @Test func `the whole interview, with what is suggested, ends with what comes next`() async throws {
        try await with { browser async throws in
            try await browser.readDocuments()
            var (page, count) = (try await browser.page(), 0)
            while page.contains("name=\"question\"") {
                count += 1
                try #require(count < 60)
                let suggested = DashboardBrowser.hidden("suggested", of: page)
                #expect(try await browser.reply(suggested.isEmpty ? "<u>Ada" : "", to: page).status == 303)
                page = try await browser.page()
            }
            #expect(count == browser.answers.count && count == 19)
            #expect(page.contains("Enough is known") && page.contains("neo spec draft"))
            #expect(
                !page.contains("<u>") && page.contains("&lt;u&gt;Ada") && page.contains("earlier answers</summary>"))
            #expect(page.ranges(of: "</span> clear</span>").count == 13)
            let front = try await browser.client.send(.get, "/", headers: browser.headers).text
            #expect(!front.contains("interview"))
        }
    }

    @Test func `a form that was sent twice, or is old, adds nothing and loses nothing`() async throws {
        try await with { browser async throws in
            let first = try await browser.page()
            #expect(try await browser.reply("staff", to: first).status == 303)
            let twice = try await browser.reply("staff", to: first)
            #expect(twice.status == 303 && twice.headers[.location]?.hasSuffix("?kept=1") == true)
            #expect(browser.answers.count == 1)
            let good = try await browser.page()
            try browser.elsewhere("good", "Theirs <s>")
            let old = try await browser.reply("Mine </textarea><script>", to: good)
            #expect(old.status == 409 && browser.answers.count == 2)
            #expect(
                old.text.contains(
                    "✕ “What makes an answer good? Describe one that you would sign.” was answered meanwhile, by &lt;i&gt;Bo: Theirs &lt;s&gt;."
                ))
            #expect(old.text.contains("\nMine &lt;/textarea&gt;&lt;script&gt;</textarea>"))
            #expect(!old.text.contains("<script>") && !old.text.contains("<i>") && !old.text.contains("<s>"))
            #expect(try await browser.reply("Mine", to: old.text).status == 303)
            #expect(browser.answers.last?["value"] == "Mine")
            // What another answer has made pointless is not kept either.
            try browser.elsewhere("changes", "daily")
            let freshness = try await browser.page("?again=freshness")
            try browser.elsewhere("changes", "never")
            let gone = try await browser.reply("7", to: freshness)
            #expect(gone.status == 409 && gone.text.contains("is not asked any more"))
            #expect(gone.text.contains("You wrote: <span class=\"said\">7</span>"))
        }
    }

    @Test func `answers that contradict each other are shown side by side, until one means them`() async throws {
        try await with { browser async throws in
            let confidential = try await browser.page("?again=confidential")
            try browser.elsewhere("hosted", true)
            // Sent by somebody who has not seen that it contradicts.
            #expect(try await browser.reply("no", to: confidential).status == 303)
            let page = try await browser.page()
            #expect(
                page.contains("These answers contradict each other.") && page.contains("a hosted model would be sent"))
            #expect(page.ranges(of: "! Contradicts another answer").count == 2)
            #expect(page.contains("?again=confidential") && page.contains("?again=hosted"))
            let unseen = try await browser.reply("no", to: confidential.replacing("\"0 \"", with: "\"1 \""))
            #expect(unseen.status == 409 && unseen.text.contains("contradicts another one by now"))
            #expect(browser.answers.count == 2)
            #expect(try await browser.reply("yes", to: page).status == 303)
            #expect(browser.answers.last?["conflict"] == "egress")
            #expect(try await browser.page().contains("These answers contradict") == false)
        }
    }

    @Test func `a wrong answer gets a sentence, nobody has to know, and the name stays in the form`() async throws {
        try await with { browser async throws in
            let latency = try await browser.page("?again=latency")
            #expect(latency.contains("<span>s</span>") && latency.contains("placeholder=\"1\""))
            let wrong = try await browser.reply("soon", to: latency)
            #expect(wrong.status == 422 && wrong.text.contains("is no number from 0.01 to 600"))
            #expect(wrong.text.contains("value=\"soon\""))
            #expect(try await browser.reply("2 s", to: latency, by: " ").status == 422)
            #expect(browser.answers.isEmpty)
            #expect(try await browser.reply("2 s", to: latency, by: "Grace").status == 303)
            #expect(browser.answers.last?["value"] == 2)
            let again = try await browser.page("?again=latency")
            #expect(again.contains("value=\"Grace\"") && again.contains("value=\"2\" inputmode=\"decimal\""))
            #expect(try await browser.reply("", to: again, unknown: true).status == 303)
            #expect(browser.answers.last?["value"] == nil && browser.answers.count == 2)
            #expect(try await browser.page().contains("Answered before"))
            let approver = try await browser.page("?again=approver")
            let empty = try await browser.reply(" \r\n", to: approver)
            #expect(empty.status == 422 && empty.text.contains("Nothing is suggested here"))
            let long = try await browser.reply(String(repeating: "a", count: 2001), to: approver)
            #expect(long.status == 422 && long.text.contains("this one has 2001"))
            #expect(
                try await browser.client.send(.get, browser.path + "?again=x", headers: browser.headers).status == 404)
            let unknown = try await browser.reply("1", to: latency.replacing("value=\"latency\"", with: "value=\"x\""))
            #expect(unknown.status == 422 && unknown.text.contains("No question of the interview is called"))
        }
    }

    @Test func `documents that cannot be read, and a damaged file, are said`() async throws {
        try await with(documents: "none/*.md") { browser async throws in
            try await browser.readDocuments()
            let page = try await browser.page()
            #expect(page.contains("The documents could not be read") && page.contains("Who asks the system?"))
            #expect(try await browser.reply("", to: page).status == 303)
            try Data("{".utf8).write(to: URL(filePath: browser.folder + "/.neo/interview.json"))
            let damaged = try await browser.client.send(.get, browser.path, headers: browser.headers)
            #expect(damaged.status == 422 && damaged.text.contains("interview.json is damaged"))
            let front = try await browser.client.send(.get, "/", headers: browser.headers)
            #expect(front.status == 200)
        }
    }

    @Test func `an answer is to the question that was read, and its figures are those of the documents`() async throws {
        try await with { browser async throws in
            try await browser.readDocuments()
            let asked = try await browser.page("?again=personal")
            #expect(asked.contains("1 documents seem to hold personal data (1 × email)"))
            let other = asked.replacing(/name="wording" value="[0-9a-f]+"/, with: "name=\"wording\" value=\"0\"")
            let old = try await browser.reply("mask", to: other)
            #expect(
                old.status == 409 && old.text.contains("✕ The documents changed, and the question is: “1 documents"))
            #expect(old.text.contains("value=\"mask\" checked") && browser.answers.isEmpty)
            #expect(try await browser.reply("mask", to: old.text).status == 303)
            #expect(browser.answers.first?["asked"]?.string?.hasPrefix("1 documents seem") == true)
        }
    }

    @Test func `the requirements are written at the end, and not over what somebody edited`() async throws {
        try await with { browser async throws in
            let body = "form_token=\(browser.token)&do=draft"
            let early = try await browser.client.send(.post, browser.path, body: body, headers: browser.headers)
            #expect(early.status == 422 && early.text.contains("Nothing was answered yet"))
            try browser.elsewhere("users", "staff")
            let written = try await browser.client.send(.post, browser.path, body: body, headers: browser.headers)
            #expect(written.headers[.location] == browser.path.replacing("/interview", with: "/requirements"))
            let file = browser.folder + "/requirements.md"
            let text = String(decoding: try #require(FileManager.default.contents(atPath: file)), as: UTF8.self)
            #expect(text.contains("# "))
            let edited = text.replacing("shall", with: "shall always")
            #expect(edited != text)
            try Data(edited.utf8).write(to: URL(filePath: file))
            try browser.elsewhere("users", "public")
            let left = try await browser.client.send(.post, browser.path, body: body, headers: browser.headers)
            #expect(left.headers[.location] == browser.path + "?left=1")
            #expect(FileManager.default.contents(atPath: file) == Data(edited.utf8))
        }
    }

    @Test func `an interview that nobody began, and one that was left, wait for a person`() async throws {
        try await with { browser async throws in
            func front() async throws -> String {
                try await browser.client.send(.get, "/", headers: browser.headers).text
            }
            #expect(try await front().contains("Nobody has said yet what it must do."))
            #expect(try await browser.reply("", to: browser.page()).status == 303)
            let left = try await front()
            #expect(
                left.contains("The interview is not over: Users and their language") || left.contains("not clear yet"))
            #expect(left.contains("href=\"\(browser.path)\""))
        }
    }
}

extension DashboardBrowser {
    /// Sends the form of a page.
    fileprivate func reply(
        _ text: String, to page: String, by author: String = "Ada", unknown: Bool = false
    ) async throws -> Reply {
        var fields = ["answer": text, "author": author, "do": unknown ? "unknown" : "answer"]
        for name in ["question", "seen", "wording", "suggested"] { fields[name] = Self.hidden(name, of: page) }
        return try await post(fields)
    }

    fileprivate var answers: [JSONValue] {
        let data = FileManager.default.contents(atPath: folder + "/.neo/interview.json")
        return data.flatMap { try? JSONValue(parsing: $0)["answers"]?.array } ?? []
    }

    /// Answers as another process does, such as a terminal.
    fileprivate func elsewhere(_ id: String, _ value: JSONValue) throws {
        let project = try Project(opening: folder)
        let (questionnaire, file) = (try Questionnaire.builtIn(), InterviewFile(project))
        let interview = Interview(questionnaire, survey: nil, state: try file.read(kind: "rag"), now: Date())
        let source = InterviewState.Source(name: "<i>Bo", way: .terminal)
        _ = try file.add([try interview.answer(id, value, by: source, at: Date())], kind: "rag")
    }

    /// Reads the documents, as the server does in the background.
    fileprivate func readDocuments() async throws {
        try await working { [desk = assembly.surveys] in await desk.work() }
    }
}

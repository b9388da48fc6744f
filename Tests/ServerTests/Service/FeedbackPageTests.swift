import Base
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Engineer
@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct FeedbackPageTests {
    private static let project = [("neo.yaml", "name: tea\ndocuments: [d.md]\n"), ("d.md", "# Tea\n\nThirty days.\n")]

    private static func with(_ test: @escaping @Sendable (DashboardBrowser) async throws -> Void) async throws {
        try await DashboardBrowser.with("feedback", files: project) { browser async throws in
            try await ServedMonth.say(in: browser.folder, at: Date().timeIntervalSince1970)
            try await test(browser)
        }
    }

    @Test func `where nobody has said anything it says how they can, and keeps nothing`() async throws {
        try await DashboardBrowser.with("feedback", files: Self.project) { browser async throws in
            let page = try await browser.page()
            #expect(page.contains("Nobody has said anything of the answers yet") && page.contains("POST /v1/feedback"))
            #expect(page.contains("--stage canary") && page.contains("neo feedback propose"))
            #expect(page.contains("0 of 20 questions") && page.contains("There was no search yet"))
            for file in ["service.db", "service.key"] {
                #expect(!FileManager.default.fileExists(atPath: browser.folder + "/.neo/" + file))
            }
        }
    }

    @Test func `thumbs have Wilson's intervals, and pairs say whether they can be told apart`() async throws {
        try await Self.with { browser async throws in
            let page = try await browser.page()
            // 9 of 12, and 6 of 9.
            #expect(page.contains("75.0 %") && page.contains("46.8 – 91.1 %"))
            #expect(page.contains("66.7 %") && page.contains("35.4 – 87.9 %"))
            #expect(page.contains("40 comparisons, 4 of them ties"))
            #expect(
                page.contains("<th scope=\"row\">release 2</th><td>release 1</td>") && page.contains("> told apart<"))
            #expect(page.contains("It is out of date") && page.contains("Thumbs up by release"))
            let table = try await browser.client.send(.get, browser.path + "/thumbs.csv", headers: browser.headers)
            #expect(table.text.contains("\r\n1,9,3,0,0.75,") && table.text.contains("\r\n2,6,3,0,"))
            let pairs = try await browser.client.send(.get, browser.path + "/comparisons.csv", headers: browser.headers)
            #expect(pairs.text.contains("\r\n2,1,0."))
        }
    }

    @Test func `questions, answers, comments, corrections and documents are never markup`() async throws {
        try await Self.with { browser async throws in
            let page = try await browser.page()
            for words in ["We moved.", "How long?", "Three days.", "Thirty days.", "guide "] {
                #expect(page.contains("\(words) &lt;img src=x") || page.contains("\(words)&lt;img src=x"), "\(words)")
            }
            #expect(!page.contains("<img") && !page.contains("<script>") && !page.contains("\u{202E}"))
            #expect(page.contains("{{title}}"))
            // Thumb and correction of one person are one thing; of five thumbs nothing else is known.
            #expect(page.split(separator: "<li id=\"feedback-").count == 2 && page.contains("Of 5 bad answers"))
        }
    }

    @Test func `proposals that came of feedback wait there and on the first page, with a link to their review`()
        async throws
    {
        try await Self.with { browser async throws in
            let project = try Project(opening: browser.folder)
            let outcome = try await FeedbackProposing.propose(
                project, from: ServiceDatabase(path: browser.folder + "/.neo/service.db"))
            let first = try #require(outcome.proposals.first)
            let page = try await browser.page()
            #expect(page.contains("href=\"/p/\(browser.id)/golden/review?id=\(first.id)\""))
            #expect(page.contains("became golden questions") && !page.contains("None was proposed"))
            let front = try await browser.client.send(.get, "/", headers: browser.headers).text
            #expect(front.contains("1 proposed golden question, made of what people said of answers, waits"))
            _ = try await GoldenProposals(project).decide(
                first.id, .reject(reason: ""), by: .init(name: "ada", way: .browser), at: Date())
            #expect(try await browser.page().contains("1 were rejected"))
        }
    }

    @Test func `what another search would gain is what the command found last`() async throws {
        try await Self.with { browser async throws in
            #expect(try await !browser.page().contains("a search is proposed"))
            let proposal = SearchProposal(
                questions: 24, release: nil, incumbent: .init(value: 0.4, lower: 0.3, upper: 0.5),
                renewed: .init(value: 0.4, lower: 0.3, upper: 0.5),
                known: .init(value: 0.8, lower: 0.7, upper: 0.9), closed: 0.5, metric: "ndcg@10")
            try await proposal.keep(in: ServiceDatabase(path: browser.folder + "/.neo/service.db"), at: 1_790_000_000)
            let page = try await browser.page()
            #expect(page.contains("> a search is proposed<") && page.contains("2026-09-21"))
            #expect(page.contains("rises by 0.300: a projection"))
            #expect(page.contains("Other questions are accepted by now"), "24 then, none now")
        }
    }
}

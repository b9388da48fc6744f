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

@Suite struct ReaderPagesTests {
    private struct Browser: Sendable {
        let client: ServerFixture.Client
        let project: String
        var headers: HTTPFields = [.accept: "text/html"]
        var token = ""

        func design() async throws -> String {
            try await client.send(.get, project + "/design", headers: headers).text
        }

        func send(_ fields: String, to path: String = "/level") async throws -> Reply {
            try await client.send(.post, path, body: "form_token=\(token)&\(fields)", headers: headers)
        }
    }

    private static let design = LeveledText(
        newcomer: "It reads <b>all</b> pages.\n\n# Hostile\n\n</details><details open>", practitioner: "BM25.",
        expert: "k1 and b are searched.")

    /// A browser on a project, on a machine whose reader is known.
    private func with(
        chosen: ReaderLevel? = nil, token: String? = nil,
        _ test: @escaping @Sendable (Browser) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let text = "# Design\n\n" + Self.design.lines.joined(separator: "\n") + "\n\n## Next\n\nWords.\n"
            for (name, text) in [("neo.yaml", "documents: [d.md]\n"), ("design.md", text)] {
                try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
            }
            let file = ReaderFile(path: folder + "/home/reader.json")
            try file.change { $0.chosen = chosen }
            let options = ServerOptions(
                port: 8090, token: token.flatMap { Secret($0) }, requestsPerMinutePerClient: nil, verbosity: .errors)
            let assembly = try DashboardAssembly(folders: [folder], options: options, reader: file)
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            try await application.test(.router) {
                var browser = Browser(client: ServerFixture.Client(client: $0), project: "/p/\(project.id)")
                browser.headers[.origin] = "http://localhost"
                browser.headers[.contentType] = "application/x-www-form-urlencoded"
                let first = token.map { "token=\($0)&next=/" }
                let reply =
                    if let first {
                        try await browser.client.send(.post, "/login", body: first, headers: browser.headers)
                    } else {
                        try await browser.client.send(.get, "/", headers: browser.headers)
                    }
                let cookie = try #require(reply.headers[.setCookie]?.split(separator: ";").first)
                browser.headers[.cookie] = String(cookie)
                browser.token =
                    try await browser.design().split(separator: "name=\"form_token\" value=\"").dropFirst()
                    .first.map { String($0.prefix { $0 != "\"" }) } ?? ""
                try await test(browser)
            }
        }
    }

    /// The levels whose texts are open, of all that there are.
    private static func opened(_ page: String) -> [String] {
        page.matches(of: /data-level="([a-z]+)"( open)?>/).map { String($0.1) + ($0.2 == nil ? "" : " open") }
    }

    @Test func `the text for the reader is open, all others are there, and lines keep their place`() async throws {
        try await with { browser async throws in
            let page = try await browser.design()
            #expect(Self.opened(page) == ["newcomer", "practitioner open", "expert"])
            #expect(page.contains("Opened for: <strong>practitioner</strong> (estimated"))
            for text in ["It reads &lt;b&gt;all&lt;/b&gt; pages.", "BM25.", "k1 and b are searched.", "Words."] {
                #expect(page.contains(text))
            }
            #expect(page.contains("\\# Hostile") && page.contains("&lt;/details&gt;&lt;details open&gt;"))
            #expect(page.ranges(of: "<details").count == page.ranges(of: "</details>").count)
            let lines = page.matches(of: /id="line-([0-9]+)"/).compactMap { Int($0.1) }
            #expect(lines == lines.sorted() && lines.first == 1 && Set(lines).count == lines.count)
            // A comment in a text that is folded is told of outside of it.
            let commented = try await browser.send(
                "kind=design&target=5&quote=&text=Which?&author=Ada&next=/", to: browser.project + "/comments")
            #expect(commented.status == 303)
            #expect(try await browser.design().contains("New to this <span class=\"talk\">· 1 comment</span>"))
        }
    }

    @Test func `a level is chosen, for this browser alone, and given back to the estimate`() async throws {
        try await with { browser async throws in
            let reply = try await browser.send("level=expert&next=\(browser.project)/design")
            #expect(reply.status == 303 && reply.headers[.location] == browser.project + "/design")
            let page = try await browser.design()
            #expect(Self.opened(page) == ["newcomer", "practitioner", "expert open"])
            #expect(page.contains("<strong>expert</strong> (set by you)"))
            var other = browser
            other.headers[.cookie] = nil
            #expect(try await other.design().contains("<strong>practitioner</strong>"))
            #expect(try await browser.send("level=auto&next=/").status == 303)
            #expect(try await browser.design().contains("<strong>practitioner</strong> (estimated"))
            for wrong in ["level=guru", "level=", "", "unfolded=x"] {
                #expect(try await browser.send(wrong).status == 422, "\(wrong)")
            }
            #expect(try await browser.send("level=expert&form_token=0").status == 303, "the first field counts")
            var forged = browser
            forged.token = "0"
            #expect(try await forged.send("level=expert").status == 403)
        }
    }

    @Test func `what a reader does changes what is open first`() async throws {
        try await with { browser async throws in
            #expect(try await browser.send("unfolded=newcomer").status == 204)
            #expect(try await browser.design().contains("<strong>practitioner</strong>"))
            let comment = "kind=project&target=&quote=&author=Ada&next=/&text=What+is+a+trial?"
            #expect(try await browser.send(comment, to: browser.project + "/comments").status == 303)
            let page = try await browser.design()
            #expect(Self.opened(page) == ["newcomer open", "practitioner", "expert"])
            // Experts look at the records themselves, and say so.
            for _ in 0..<3 {
                _ = try await browser.client.send(.get, browser.project + "/sql", headers: browser.headers)
                #expect(try await browser.send("unfolded=expert").status == 204)
            }
            #expect(try await browser.design().contains("<strong>expert</strong> (estimated"))
        }
    }

    @Test func `what another site leads to tells nothing of the reader`() async throws {
        try await with { browser async throws in
            #expect(try await browser.send("unfolded=expert").status == 204)
            var led = browser.headers
            led[try #require(HTTPField.Name("sec-fetch-site"))] = "cross-site"
            for _ in 0..<3 { _ = try await browser.client.send(.get, browser.project + "/sql", headers: led) }
            #expect(try await browser.design().contains("<strong>practitioner</strong>"))
            _ = try await browser.client.send(.get, browser.project + "/sql", headers: browser.headers)
            _ = try await browser.client.send(.get, browser.project + "/sql", headers: browser.headers)
            #expect(try await browser.design().contains("<strong>expert</strong>"))
        }
    }

    @Test func `a browser of this machine begins with its reader, and one from elsewhere does not`() async throws {
        try await with(chosen: .newcomer) { browser async throws in
            #expect(try await browser.design().contains("<strong>new to this</strong> (set by you)"))
        }
        try await with(chosen: .newcomer, token: "s3cret") { browser async throws in
            #expect(try await browser.design().contains("<strong>practitioner</strong> (estimated"))
        }
    }
}

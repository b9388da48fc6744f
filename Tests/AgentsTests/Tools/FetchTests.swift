import Base
import FoundationEssentials
import Sandbox
import TestSupport
import Testing

@testable import Agents

@Suite struct FetchTests {
    @Test(arguments: [
        ("https://Example.org", "https://example.org/", "example.org"),
        ("http://example.org.:80/a?b#c", "http://example.org:80/a?b", "example.org"),
        ("https://example.org:8443/x", "https://example.org:8443/x", "example.org:8443"),
        ("https://[::1]:443/", "https://[::1]:443/", "[::1]"), ("https://a.b?x=1", "https://a.b/?x=1", "a.b"),
    ])
    func `addresses are read in one way`(text: String, whole: String, rule: String) throws {
        let address = try WebAddress(text)
        #expect(address.text == whole)
        #expect(address.rule == rule)
    }

    @Test(arguments: [
        "", "ftp://a", "file:///etc/passwd", "https:/a", "https://", "https://user@host/", "https://a b/",
        "https://a\\b/",
        "https://ex\u{E4}mple.org", "https://a..b/", "https://a:0/", "https://a:99999/", "https://a:x/", "https://.a/",
        "https://a%2eb/", "https://a\u{0}.b/", "//a/b", "https://a,b.c/",
    ])
    func `what can be read in two ways is refused`(text: String) {
        #expect(throws: AgentsError.self) { try WebAddress(text) }
    }

    private func fetch(_ url: String, _ pages: [String: FetchedPage]) async throws -> ToolOutcome {
        let fetcher = PageFetcher { address in
            guard let page = pages[address.text] else {
                throw AgentsError(.usage, "\(address.text) could not be fetched: nobody is there.")
            }
            return page
        }
        return try await FetchTool(fetcher) { "MARKDOWN " + $0 }
            .run(["url": .string(url)], in: ToolContext(callID: "1", outputFolder: "/nowhere"))
    }

    @Test func `pages become Markdown, and all that comes from outside is tainted`() async throws {
        let page = FetchedPage(status: 200, type: "text/html", bytes: Array("<p>hi\u{1B}".utf8))
        #expect(
            try await fetch("https://a.org", ["https://a.org/": page])
                == ToolOutcome("MARKDOWN <p>hi\u{241B}", isTainted: true))
        let missing = FetchedPage(status: 404, type: "text/plain", bytes: Array("no".utf8))
        #expect(
            try await fetch("https://a.org", ["https://a.org/": missing])
                == ToolOutcome("https://a.org/ answers with status 404.\nno", isError: true, isTainted: true))
        let image = FetchedPage(status: 200, type: "image/png", bytes: [1, 2, 3])
        #expect(try await fetch("https://a.org", ["https://a.org/": image]).text.contains("no text"))
        #expect(try await fetch("https://b.org", [:]).text.contains("nobody is there"))
    }

    @Test func `a page of one long line is whole on the disk, and ends of lines are ends of lines`() async throws {
        try await withTemporaryDirectory { folder in
            func fetch(_ text: String) async throws -> ToolOutcome {
                let page = FetchedPage(status: 200, type: "application/json", bytes: Array(text.utf8))
                return try await FetchTool(PageFetcher { _ in page }) { $0 }
                    .run(["url": "https://a.org/"], in: ToolContext(callID: "1", outputFolder: folder))
            }
            let long = try await fetch("[" + String(repeating: "1,", count: 4_000) + "\"end\"]")
            #expect(long.text.contains("(line cut)") && long.text.utf8.count < 3_000)
            let whole = try String(contentsOfFile: try #require(long.whole), encoding: .utf8)
            #expect(whole.hasSuffix("\"end\"]"))
            let lines = try await fetch(String(repeating: "a line\r\n", count: 1_000))
            #expect(lines.whole == nil && !lines.text.contains("(line cut)"))
            #expect(lines.text.hasPrefix("a line\na line\n"))
        }
    }

    @Test func `a redirect is followed on its own host, and judged anew elsewhere`() async throws {
        func redirect(_ place: String) -> FetchedPage {
            FetchedPage(status: 302, type: "", bytes: [], redirect: place)
        }
        let there = FetchedPage(status: 200, type: "text/plain", bytes: Array("there".utf8))
        #expect(
            try await fetch("https://a.org", ["https://a.org/": redirect("https://a.org/b"), "https://a.org/b": there])
                .text == "there")
        for place in ["https://b.org/x", "http://a.org/b", "https://a.org:8080/", "https://a.org/b?secret=1"] {
            let outcome = try await fetch("https://a.org", ["https://a.org/": redirect(place), place: there])
            #expect(outcome.text.contains("is elsewhere now: \(place)"), "\(outcome.text)")
            #expect(outcome.isTainted)
        }
        #expect(try await fetch("https://a.org", ["https://a.org/": redirect("file:///etc/passwd")]).isError)
        #expect(
            try await fetch("https://a.org", ["https://a.org/": redirect("https://a.org/")]).text.contains("more than"))
    }

    @Test func `what an address can carry is judged as sending`() {
        let tool = FetchTool(PageFetcher { _ in throw CancellationError() }) { $0 }
        #expect(tool.effects(of: ["url": "https://a.org/x"]) == [.reaches("a.org")])
        #expect(tool.effects(of: ["url": "https://a.org/x?y"]) == [.sends("a.org")])
        #expect(
            tool.effects(of: ["url": .string("https://a.org/" + String(repeating: "x", count: 300))]) == [
                .sends("a.org")
            ])
    }

    @Test func `curl's report is read, and its failure is a sentence`() throws {
        let address = try WebAddress("https://a.org")
        func output(_ errors: String) -> WallCommand.Output {
            WallCommand.Output(bytes: Array("body".utf8), errors: errors, status: 0, isCut: false, limitsHit: [])
        }
        let page = try PageFetcher.page(
            output(
                #"{"response_code":301,"content_type":"Text/HTML; charset=utf-8","redirect_url":"https://b.org/"}"#
                    + "\n"),
            of: address)
        #expect(
            page == FetchedPage(status: 301, type: "text/html", bytes: Array("body".utf8), redirect: "https://b.org/"))
        let error = #expect(throws: AgentsError.self) {
            try PageFetcher.page(output("curl: (6) Could not resolve host\n{\"response_code\":0}\n"), of: address)
        }
        #expect(error?.message.contains("Could not resolve host") == true)
    }

    @Test func `curl runs inside walls that know no such host`() async throws {
        let page = try await PageFetcher.curl(try Sandbox.find()).fetch(try WebAddress("http://nowhere.invalid/"))
        #expect(page.status == 502)
        #expect(String(decoding: page.bytes, as: UTF8.self) == "nowhere.invalid has no address.\n")
    }
}

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

@Suite struct DocumentEditPageTests {
    private static let design = "# Design\r\n\r\nBM25 <b>\"only\"</b>\r\nover passages.\r\n\r\n```\r\nx\r\n```"

    /// A browser on the design of a project.
    private struct Browser: Sendable {
        let client: ServerFixture.Client
        let path: String
        let file: String
        var headers: HTTPFields = [.accept: "text/html"]
        var token = ""

        /// The text of the page with the form for a place.
        func form(_ place: String) async throws -> String {
            try await client.send(.get, "\(path)?edit=\(place)", headers: headers).text
        }

        func hidden(_ name: String, of page: String) -> String {
            page.split(separator: "name=\"\(name)\" value=\"").dropFirst().first.map {
                String($0.prefix { $0 != "\"" })
            }
                ?? ""
        }

        /// Sends the form of a page with a text.
        func save(_ text: String, in page: String) async throws -> Reply {
            let fields = ["edit", "seen", "was"].map { "\($0)=\(hidden($0, of: page))" }.joined(separator: "&")
            return try await client.send(
                .post, path, body: "form_token=\(token)&\(fields)&text=\(FormBody.encoded(text))", headers: headers)
        }

        var bytes: String {
            FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }

        func write(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: file)) }
    }

    private func with(_ test: @escaping @Sendable (Browser) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            for (name, text) in [("neo.yaml", "documents: [d.md]\n"), ("design.md", Self.design)] {
                try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
            }
            let options = ServerOptions(port: 8090, requestsPerMinutePerClient: nil, verbosity: .errors)
            let assembly = try DashboardAssembly(folders: [folder], options: options)
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            try await application.test(.router) {
                var browser = Browser(
                    client: ServerFixture.Client(client: $0), path: "/p/\(project.id)/design",
                    file: folder + "/design.md")
                let reply = try await browser.client.send(.get, browser.path, headers: browser.headers)
                let cookie = try #require(reply.headers[.setCookie]?.split(separator: ";").first)
                browser.headers[.cookie] = String(cookie)
                browser.headers[.origin] = "http://localhost"
                browser.headers[.contentType] = "application/x-www-form-urlencoded"
                browser.token = browser.hidden("form_token", of: reply.text)
                try await test(browser)
            }
        }
    }

    @Test func `a part of a document is edited as it stands in the file, and waits for approval again`() async throws {
        try await with { browser async throws in
            let page = try await browser.client.send(.get, browser.path, headers: browser.headers).text
            #expect(page.ranges(of: "design?edit=").count == 4, "three parts and all of it")
            #expect(page.contains("design?edit=7\"") && !page.contains("design?edit=4\""))
            let approved = try await browser.client.send(
                .post, browser.path.replacing("/design", with: "/approvals"),
                body: "form_token=\(browser.token)&document=design&author=Ada&hash=\(browser.hidden("hash", of: page))",
                headers: browser.headers)
            #expect(approved.status == 303)
            let form = try await browser.form("3")
            #expect(form.contains(">\nBM25 &lt;b&gt;&quot;only&quot;&lt;/b&gt;\nover passages.</textarea>"))
            #expect(form.contains("Lines 3 to 4 of design.md") && !form.contains("cannot be seen"))
            let reply = try await browser.save("\r\nBM25 <i>and</i>\r\nmore.", in: form)
            #expect(reply.status == 303)
            let place = try #require(reply.headers[.location])
            #expect(place.hasPrefix(browser.path + "?saved=") && place.hasSuffix("#line-3"))
            #expect(
                browser.bytes
                    == Self.design.replacing(
                        "BM25 <b>\"only\"</b>\r\nover passages.", with: "\r\nBM25 <i>and</i>\r\nmore."))
            let next = try await browser.client.send(
                .get, String(place.prefix { $0 != "#" }), headers: browser.headers
            ).text
            #expect(next.contains("Saved. design.md waits for approval as it is now."))
            #expect(next.contains("Approve design.md") && next.contains("BM25 &lt;i&gt;and&lt;/i&gt;"))
        }
    }

    @Test func `where the file changed nothing is written, and the page has both texts`() async throws {
        try await with { browser async throws in
            let form = try await browser.form("3")
            try browser.write("First.\n\n" + Self.design)
            let moved = try await browser.save("Mine </textarea><script>", in: form)
            #expect(moved.status == 409 && browser.bytes == "First.\n\n" + Self.design)
            #expect(moved.text.contains("Lines 5 to 6 of design.md"))
            #expect(moved.text.contains("Mine &lt;/textarea&gt;&lt;script&gt;") && !moved.text.contains("<script>"))
            try browser.write("First.\n\n# <u>Other</u>\n")
            let changed = try await browser.save("Mine", in: moved.text)
            #expect(changed.status == 409 && browser.bytes == "First.\n\n# <u>Other</u>\n")
            #expect(
                changed.text.contains("# &lt;u&gt;Other&lt;/u&gt;</pre>") && changed.text.contains("\nMine</textarea>"))
            #expect(try await browser.save("Mine", in: changed.text).status == 303)
            #expect(browser.bytes == "First.\n\nMine\n")
            let last = try await browser.form("all")
            try FileManager.default.removeItem(atPath: browser.file)
            let gone = try await browser.save("Kept words", in: last)
            #expect(gone.status == 422 && gone.text.contains("is not there any more"))
            #expect(gone.text.contains("readonly>\nKept words</textarea>") && !gone.text.contains("name=\"seen\""))
        }
    }

    @Test func `an edit needs the form's token, and a place that there is`() async throws {
        try await with { browser async throws in
            let form = try await browser.form("1")
            var forged = browser
            forged.token = "0"
            #expect(try await forged.save("x", in: form).status == 403)
            #expect(try await browser.save("x", in: "").status == 422)
            #expect(browser.bytes == Self.design)
            for place in ["0", "-1", "99", "x", "1x"] {
                let reply = try await browser.client.send(
                    .get, "\(browser.path)?edit=\(place)", headers: browser.headers)
                #expect(reply.status == 404, "\(place)")
            }
        }
    }

    @Test func `what a form cannot hold is said before anybody writes`() async throws {
        try await with { browser async throws in
            try browser.write("a \u{202E}b\n\n" + String(repeating: "ü", count: 60_000))
            #expect(try await browser.form("1").contains("cannot be seen"))
            let long = try await browser.form("3")
            #expect(long.contains("too long for a form") && !long.contains("<textarea"))
            try FileManager.default.removeItem(atPath: browser.file)
            try FileManager.default.createSymbolicLink(atPath: browser.file, withDestinationPath: "neo.yaml")
            let link = try await browser.client.send(.get, browser.path, headers: browser.headers)
            #expect(link.status == 422 && link.text.contains("it is a link") && !link.text.contains("d.md]"))
        }
    }
}

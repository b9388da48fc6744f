import Base
import Engineer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import TestSupport
import Testing

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct DashboardTests {
    private static let page: HTTPFields = [.accept: "text/html"]

    /// A dashboard of a folder with one project, whose name is hostile.
    private func with(
        token: String? = nil, _ test: @escaping @Sendable (ServerFixture.Client, String) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let path = folder + "/<i>\"\u{301}onload=1"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            for (name, text) in [
                ("neo.yaml", "documents: [d.md]\n"), ("design.md", "# <u>Design</u>\n"),
                ("golden.jsonl", #"{"id": "a", "question": "<s>What?", "answers": ["x"], "answerable": false}"#),
            ] { try Data(text.utf8).write(to: URL(filePath: path + "/" + name)) }
            let options = ServerOptions(
                port: 8090, token: token.flatMap { Secret($0) }, requestsPerMinutePerClient: nil, verbosity: .errors)
            let assembly = try DashboardAssembly(folders: [folder], options: options)
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            try await application.test(.router) {
                try await test(ServerFixture.Client(client: $0), "/p/\(project.id)")
            }
        }
    }

    /// The headers of a browser that was given a session, and the token of its forms.
    private static func browser(_ client: ServerFixture.Client, _ path: String) async throws -> (HTTPFields, String) {
        let reply = try await client.send(.get, path, headers: page)
        let cookie = try #require(reply.headers[.setCookie]?.split(separator: ";").first)
        #expect(reply.headers[.setCookie]?.contains("HttpOnly; SameSite=Strict") == true)
        var headers: HTTPFields = [
            .cookie: String(cookie), .origin: "http://localhost", .contentType: "application/x-www-form-urlencoded",
        ]
        headers[.accept] = "text/html"
        let token = reply.text.firstMatch(of: /name="form_token" value="([0-9a-f]+)"/)?.1 ?? ""
        return (headers, String(token))
    }

    @Test func `every text is shown and none is markup, also before a combining mark`() async throws {
        try await with { client, project async throws in
            for path in ["/", project, project + "/golden", project + "/design", project + "/costs"] {
                let reply = try await client.send(.get, path, headers: Self.page)
                #expect(reply.status == 200, "\(path)")
                for markup in ["<i>", "<u>", "<s>", "<b>", "\"\u{301}"] {
                    #expect(!reply.text.contains(markup), "\(path)")
                }
                #expect(reply.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
                #expect(!reply.text.contains(" style=") && !reply.text.contains("<script>"))
            }
        }
    }

    @Test func `a form needs our origin, a session and its token`() async throws {
        try await with { client, project async throws in
            let (headers, token) = try await Self.browser(client, project + "/design")
            #expect(!token.isEmpty)
            let body = "form_token=\(token)&kind=project&target=&quote=&text=Well&author=Ada&next=/"
            func status(_ body: String, _ change: (inout HTTPFields) -> Void = { _ in }) async throws -> Int {
                var changed = headers
                change(&changed)
                return try await client.send(.post, project + "/comments", body: body, headers: changed).status
            }
            #expect(try await status(body) == 303)
            #expect(try await status(body) { $0[.origin] = "http://evil.example" } == 403)
            #expect(try await status(body) { $0[.origin] = nil } == 403)
            #expect(try await status(body) { $0[.origin] = "null" } == 403)
            #expect(try await status(body) { $0[.cookie] = nil } == 403)
            #expect(try await status(body) { $0[.cookie] = "neo_dashboard_8090=9999999999.a.b" } == 403)
            #expect(try await status(body.replacing("form_token=", with: "form_token=0")) == 403)
            #expect(try await status(body) { $0[.contentType] = "text/plain" } == 415)
            #expect(try await status(body.replacing("text=Well", with: "text=")) == 422)
            #expect(
                try await status(body.replacing("text=Well", with: "text=" + String(repeating: "a", count: 300_000)))
                    == 413)
        }
    }

    @Test func `an approval is of what the person saw`() async throws {
        try await with { client, project async throws in
            let (headers, token) = try await Self.browser(client, project + "/design")
            func approve(_ hash: String) async throws -> Int {
                try await client.send(
                    .post, project + "/approvals",
                    body: "form_token=\(token)&document=design&hash=\(hash)&author=Ada&next=\(project)/design",
                    headers: headers
                ).status
            }
            #expect(try await approve(String(repeating: "0", count: 64)) == 409)
            #expect(try await approve(ContentHash(of: "# <u>Design</u>\n").hex) == 303)
            let page = try await client.send(.get, project + "/design", headers: headers).text
            #expect(page.contains("Ada") && !page.contains("Approve design.md"))
        }
    }

    @Test func `with a token nothing is seen before the sign-in, and nothing leads out of it`() async throws {
        try await with(token: "s3cret") { client, project async throws in
            let first = try await client.send(.get, project + "/golden", headers: Self.page)
            #expect(first.status == 303)
            #expect(first.headers[.location]?.hasPrefix("/login?next=") == true)
            #expect(try await client.send(.get, project).status == 401)
            #expect(try await client.send(.get, "/events?page=/").status == 401)
            #expect(try await client.send(.get, project + "/golden/questions.csv").status == 401)
            let form: HTTPFields = [.origin: "http://localhost", .contentType: "application/x-www-form-urlencoded"]
            let wrong = try await client.send(.post, "/login", body: "token=no&next=/", headers: form)
            #expect(wrong.headers[.setCookie] == nil)
            let right = try await client.send(
                .post, "/login", body: "token=s3cret&next=//evil.example/", headers: form)
            #expect(right.headers[.location] == "/")
            let cookie = try #require(right.headers[.setCookie]?.split(separator: ";").first)
            #expect(try await client.send(.get, project, headers: [.cookie: String(cookie)]).status == 200)
            let table = try await client.send(
                .get, project + "/golden/questions.csv", headers: [.authorization: "Bearer s3cret"])
            #expect(table.status == 200 && table.text.hasPrefix("id,question"))
            // What has the token and no form can read, and not write.
            let forged = try await client.send(
                .post, project + "/comments", body: "kind=project&text=a&author=b",
                headers: [
                    .authorization: "Bearer s3cret", .origin: "http://localhost",
                    .contentType: "application/x-www-form-urlencoded",
                ])
            #expect(forged.status == 403)
        }
    }

    @Test(arguments: [
        "/p/nobody", "/nothing", "/p", "/p/../../etc/passwd", "/p/%2e%2e/golden", "/assets/0/dashboard.css",
    ])
    func `what is not there is not found`(_ path: String) async throws {
        try await with { client, project async throws in
            #expect(try await client.send(.get, path, headers: Self.page).status == 404)
            #expect(
                try await client.send(.get, project + "/sessions/..%2F..%2Fneo.yaml", headers: Self.page).status == 404)
        }
    }

    @Test func `files of the program are kept by browsers, under names that change with them`() async throws {
        try await with { client, _ async throws in
            for asset in [DashboardAssets.style, DashboardAssets.script, DashboardAssets.icon] {
                let reply = try await client.send(.get, asset.path)
                #expect(reply.status == 200 && reply.headers[.cacheControl]?.contains("immutable") == true)
                #expect(reply.text == asset.text)
            }
        }
    }

    @Test func `a page that nobody reads takes one place, and gives it back`() async throws {
        let hub = LiveHub()
        var streams: [AsyncStream<Void>?] = (0..<LiveHub.most).map { _ in hub.listen(to: "a") }
        #expect(hub.listen(to: nil) == nil, "no more than there is room for")
        for _ in 0..<1000 { hub.tell("a") }
        streams.removeAll()
        #expect(hub.count == 0)
        let one = try #require(hub.listen(to: "a"))
        hub.tell("b")
        hub.tell("a")
        hub.close()
        var count = 0
        for await _ in one { count += 1 }
        #expect(count == 1, "told once of all that it did not take")
    }

    @Test(arguments: [
        ("/p/a", "/p/a"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: b", "/"), (nil, "/"),
    ])
    func `a form leads to a page of ours`(_ given: String?, _ path: String) {
        #expect(DashboardRoutes.ownPath(given) == path)
    }
}

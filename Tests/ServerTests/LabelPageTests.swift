import Base
import Engineer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import TestSupport
import Testing

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct LabelPageTests {
    private static let hostile = #"<script>alert(1)</script>\" onload='x' ={{x}}"#
    private static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

    /// A label server of a batch of two rows, whose texts are hostile.
    private func with(
        _ test: @escaping @Sendable (ServerFixture.Client, [String], LabelDesk) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            let rows = ["a", "b"].map {
                #"{"id": "\#($0)", "question": "What \#($0) \#(Self.hostile)?", "answers": ["\#(Self.hostile)"], "evidence": [{"document": "d.md", "quote": "So it is <b>here</b>."}]}"#
            }
            for (name, text) in [
                ("neo.yaml", "documents: [d.md]\n"),
                ("d.md", "# D\n\nBefore <i>it</i>. So it is <b>here</b>. After.\n"),
                ("golden.jsonl", rows.joined(separator: "\n")),
            ] { try Data(text.utf8).write(to: URL(filePath: folder + "/" + name)) }
            let desk = LabelDesk(try Project(opening: folder))
            let made = try await desk.make(["a", "b"], people: 2, minutePrice: 1, by: "ada")
            let options = ServerOptions(port: 8092, token: nil, requestsPerMinutePerClient: nil, verbosity: .errors)
            let application = Application(router: labelRouter(desk, options: options))
            try await application.test(.router) {
                try await test(ServerFixture.Client(client: $0), made.tokens, desk)
            }
        }
    }

    @Test func `a page shows all and makes markup of nothing; its address is told to nobody`() async throws {
        try await with { client, tokens, _ async throws in
            let page = try await client.send(.get, "/label/" + tokens[0])
            #expect(page.status == 200 && page.text.contains("<mark>So it is &lt;b&gt;here&lt;/b&gt;.</mark>"))
            #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.text.contains("<script>alert"))
            #expect(!page.text.contains("<i>it</i>"))
            #expect(page.headers[HTTPField.Name("referrer-policy")!] == "no-referrer")
            #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            #expect(try await client.send(.get, "/label.js").status == 200)
            #expect(try await client.send(.get, "/label.css").status == 200)
        }
    }

    @Test(arguments: [
        "/", "/label/", "/label/" + String(repeating: "0", count: 64), "/label/%00", "/p/x", "/label/a/b",
    ])
    func `without a token there is nothing`(_ path: String) async throws {
        try await with { client, _, _ async throws in
            let reply = try await client.send(.get, path)
            #expect(reply.status == 404 && !reply.text.contains("Question"))
        }
    }

    @Test func `a label goes to the next question; the same page sent again is answered with a sentence`() async throws
    {
        try await with { client, tokens, desk async throws in
            let path = "/label/" + tokens[0]
            func send(_ fields: String, to path: String) async throws -> (status: Int, text: String) {
                let reply = try await client.send(.post, path, body: fields, headers: Self.form)
                return (reply.status, reply.text)
            }
            _ = try await client.send(.get, path)
            #expect(try await send("item=a&category=good&name=bo&comment=%3Cb%3E", to: path).status == 303)
            let again = try await send("item=a&category=wrong&name=bo", to: path)
            #expect(again.status == 409 && again.text.contains("labelled this question before, as good"))
            let other = try await send("item=b&category=wrong&name=%3Cu%3Ecy", to: path)
            #expect(other.status == 409 && other.text.contains("This link is bo&#39;s") && !other.text.contains("<u>"))
            #expect(try await send("item=b&category=perhaps&name=bo", to: path).text.contains("Choose good, wrong"))
            #expect(try await send("item=b&category=good&name=bo", to: path).status == 303)
            #expect(try await client.send(.get, path).text.contains("You have labelled all 2 questions"))
            #expect(
                try await desk.agreement(desk.batch(nil)).items.flatMap(\.labels).map(\.category) == ["good", "good"])
            let stranger = try await send("item=a&category=good&name=x", to: "/label/abc")
            #expect(stranger.status == 404)
            let long = "item=a&category=good&name=x&comment=" + String(repeating: "a", count: 300 << 10)
            #expect(try await send(long, to: "/label/" + tokens[1]).status == 413)
        }
    }
}

import Base
import Engineer
import FoundationEssentials
import HTTPTypes
import RAG
import TestSupport
import Testing

@testable import Server

@Suite struct AccessKeyTests {
    /// Noon of a day, so that no test sees midnight.
    private static let noon = Date(timeIntervalSince1970: 1_795_003_200)

    /// A project whose time only goes on when it is told to.
    private struct Site {
        let project: Project
        let clock = ManualClock()

        var time: TimeSource {
            let clock = clock
            return TimeSource(
                now: { noon.addingTimeInterval(Double(clock.nanoseconds) / 1e9) }, nanoseconds: { clock.nanoseconds })
        }

        func key(
            _ name: String, _ scopes: Set<AccessScope> = [.answer, .retrieve], groups: Set<AccessGroup> = [],
            perMinute: Int? = nil, perDay: Int? = nil, expires: Double? = nil
        ) async throws -> String {
            let key = NewAccessKey(
                name: name, scopes: scopes, groups: groups, perMinute: perMinute, perDay: perDay,
                expires: expires.map { time.now().addingTimeInterval($0) }, at: time.now())
            try await KeyDesk(project).add(key, by: "tester", at: time.now())
            return key.text
        }

        func fixture(_ service: FakeService = FakeService(), token: String? = nil) async throws -> ServerFixture {
            ServerFixture(
                service: service,
                options: ServerOptions(token: token.flatMap { Secret($0) }, waitingSeconds: 280, verbosity: .errors),
                time: time, access: try await AccessControl.open(project, time: time))
        }
    }

    private static func withSite(_ body: (Site) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            try Data("documents: [docs/*.md]\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            try await body(Site(project: try Project(opening: folder)))
        }
    }

    private static func headers(_ key: String?) -> HTTPFields {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.authorization] = key.map { "Bearer \($0)" }
        return headers
    }

    @Test func `the first key locks the service for who has none, and only texts that were handed out open it`()
        async throws
    {
        try await Self.withSite { site async throws in
            func status(_ key: String?) async throws -> Int {
                try await site.fixture().send(.post, "/v1/answer", body: #"{"query": "a"}"#, headers: Self.headers(key))
                    .status
            }
            #expect(try await status(nil) == 200)
            let key = try await site.key("portal")
            #expect(try await status(nil) == 401)
            #expect(try await status(key) == 200)
            let parts = key.split(separator: "_")
            for wrong in [
                key + "a", String(key.dropLast()), "neo_\(parts[1])_", "neo__\(parts[2])", "neo_\(parts[1])", "", "x",
                "neo_aaaaaaaaaa_\(parts[2])", "\(parts[2])", key.uppercased(), "neo_\(parts[1])_\(parts[2])_x",
            ] {
                #expect(try await status(wrong) == 401, "\(wrong)")
            }
        }
    }

    @Test("A key opens the routes of its scopes", arguments: Route.allCases)
    func scopes(_ route: Route) async throws {
        try await Self.withSite { site async throws in
            let keys = [
                (AccessScope.answer, try await site.key("a", [.answer])),
                (.retrieve, try await site.key("r", [.retrieve])), (.metrics, try await site.key("m", [.metrics])),
            ]
            let fixture = try await site.fixture()
            let path = route.rawValue.replacing("{id}", with: "neo")
            for (scope, key) in keys {
                let reply = try await fixture.send(
                    route.method, path, body: route.method == .post ? route.example : nil, headers: Self.headers(key))
                let isAllowed = route.scope == nil || route.scope == scope
                // Nothing that is said of answers is kept here: whoever may say it hears that.
                let granted = [Route.feedback, .compare].contains(route) ? 404 : 200
                #expect(reply.status == (isAllowed ? granted : 403), "\(route) \(scope)")
                if !isAllowed { #expect(reply.text.contains("needs a key with the scope")) }
            }
        }
    }

    @Test func `a key sees the documents of its groups, and the token those that the service was given`() async throws {
        try await Self.withSite { site async throws in
            let hr = try #require(AccessGroup("hr"))
            let key = try await site.key("ada", groups: [hr])
            let service = FakeService()
            var fixture = try await site.fixture(service, token: "secret-of-the-owner")
            fixture.options.groups = [.everyone]
            for secret in [key, "secret-of-the-owner"] {
                for path in ["/v1/retrieve", "/v1/answer", "/v1/run", "/v1/chat/completions", "/v1/messages"] {
                    let body = try #require(Route(path: path)).example
                    #expect(
                        try await fixture.send(.post, path, body: body, headers: Self.headers(secret)).status == 200)
                }
            }
            #expect(
                service.queries.map(\.groups) == Array(repeating: [.everyone, hr], count: 5)
                    + Array(repeating: [.everyone], count: 5))
        }
    }

    @Test func `a key that was taken back or has expired is told so`() async throws {
        try await Self.withSite { site async throws in
            let (old, short) = (try await site.key("old"), try await site.key("short", expires: 60))
            let fixture = try await site.fixture()
            let access = try #require(fixture.access)
            #expect(try await fixture.send(.get, "/version", headers: Self.headers(old)).status == 200)
            _ = try await KeyDesk(site.project).revoke("old", by: "tester", at: site.time.now())
            await access.reload()
            site.clock.advance(seconds: 61)
            await access.reload()
            for (key, words) in [(old, "was taken back"), (short, "has expired")] {
                let reply = try await fixture.send(.get, "/version", headers: Self.headers(key))
                #expect(reply.status == 401)
                #expect(reply.errorMessage?.contains(words) == true)
            }
            // A project that has had keys does not become open again.
            #expect(try await fixture.send(.get, "/version").status == 401)
        }
    }

    @Test func `keys that cannot be read any more open nothing`() async throws {
        try await Self.withSite { site async throws in
            let key = try await site.key("k")
            let fixture = try await site.fixture()
            site.clock.advance(seconds: 11)
            #expect(try await fixture.send(.get, "/version", headers: Self.headers(key)).errorCode == "keys_unreadable")
        }
    }

    @Test func `a key has so many requests a minute, and others theirs`() async throws {
        try await Self.withSite { site async throws in
            let (slow, fast) = (try await site.key("slow", perMinute: 2), try await site.key("fast", perMinute: 100))
            let fixture = try await site.fixture()
            func get(_ key: String) async throws -> Reply {
                try await fixture.send(.get, "/version", headers: Self.headers(key))
            }
            for expected in [200, 200, 429] { #expect(try await get(slow).status == expected) }
            #expect(try await get(slow).headers[.retryAfter] == "30")
            #expect(try await get(fast).status == 200)
            site.clock.advance(seconds: 30)
            await fixture.access?.reload()
            for expected in [200, 429] { #expect(try await get(slow).status == expected) }
        }
    }

    @Test func `what a key has used today is known after a restart, and over at midnight`() async throws {
        try await Self.withSite { site async throws in
            let key = try await site.key("daily", perDay: 2)
            func status(_ fixture: ServerFixture) async throws -> Int {
                try await fixture.send(.get, "/version", headers: Self.headers(key)).status
            }
            let first = try await site.fixture()
            #expect(try await status(first) == 200)
            await first.access?.flush()
            let second = try await site.fixture()
            #expect(try await status(second) == 200)
            let refused = try await second.send(.get, "/version", headers: Self.headers(key))
            #expect(refused.status == 429)
            let wait = try #require(refused.headers[.retryAfter].flatMap { Int($0) })
            await second.access?.flush()
            site.clock.advance(seconds: Double(wait))
            await second.access?.reload()
            #expect(try await status(second) == 200)
        }
    }

    @Test func `the log says who asked what, and neither the name nor the question`() async throws {
        try await Self.withSite { site async throws in
            let key = try await site.key("ada@example.org")
            let fixture = try await site.fixture()
            let body = #"{"query": "What is the secret of tea?"}"#
            for (path, more) in [("/v1/retrieve", ""), ("/v1/answer", ""), ("/v1/answer", #", "stream": true"#)] {
                let text = body.dropLast() + more + "}"
                _ = try await fixture.send(.post, path, body: String(text), headers: Self.headers(key))
            }
            _ = try await fixture.send(.get, "/version", headers: Self.headers(key))
            _ = try await fixture.send(.post, "/v1/answer", body: "{}", headers: Self.headers(key))
            await fixture.access?.flush()
            let entries = try await AuditTrail(site.project).entries(limit: 100)
            #expect(entries.map { $0.body["what"]?.string } == ["key added", "retrieve", "ask", "ask", "ask"])
            #expect(entries.map { $0.body["status"]?.integer } == [nil, 200, 200, 200, 422])
            #expect(entries[1...3].allSatisfy { $0.body["documents"] == ["a.md", "b.md"] })
            #expect(Set(entries[1...3].map { $0.body["query"]?.string }).count == 1)
            #expect(entries[1].person == "ada@example.org" && entries[0].subject == "ada@example.org")
            let bytes = [".neo/audit.db", ".neo/audit.db-wal"].reduce(into: Data()) { bytes, name in
                bytes += FileManager.default.contents(atPath: site.project.path(name)) ?? Data()
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("a.md") && !text.contains("ada@") && !text.contains("secret of tea"))
        }
    }
}

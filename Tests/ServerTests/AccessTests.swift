import Base
import HTTPTypes
import Testing

@testable import Server

@Suite struct AccessTests {
    private let locked = ServerFixture(options: ServerOptions(token: Secret("correct horse"), verbosity: .errors))

    @Test("With a token everything but the page and the probes needs it", arguments: Route.allCases)
    func token(_ route: Route) async throws {
        let path = route.rawValue.replacing("{id}", with: "neo")
        let body = route.method == .post ? route.example : nil
        func status(_ authorization: String?) async throws -> Int {
            var headers: HTTPFields = [.contentType: "application/json"]
            headers[.authorization] = authorization
            return try await locked.send(route.method, path, body: body, headers: headers).status
        }
        let refused = [Route.chat, .chatPage, .comparePage, .health, .readiness].contains(route) ? 200 : 401
        #expect(try await status(nil) == refused)
        #expect(try await status("Bearer wrong") == refused)
        #expect(try await status("Basic correct horse") == refused)
        // Whoever gets in hears that this service keeps no feedback.
        let granted = [Route.feedback, .compare].contains(route) ? 404 : 200
        #expect(try await status("Bearer correct horse") == granted)
        #expect(try await status("bearer correct horse") == granted)
    }

    @Test("A refusal says how to do it right, and hides what there is")
    func refusal() async throws {
        let reply = try await locked.send(.get, "/nothing")
        #expect(reply.status == 401)
        #expect(reply.errorCode == "unauthorized")
        #expect(reply.headers[.wwwAuthenticate] == "Bearer realm=\"neo\"")
        #expect(!reply.text.contains("correct"))
    }

    @Test(
        "Without a token only names of this machine are answered",
        arguments: [
            ("localhost", true), ("LOCALHOST:8080", true), ("127.0.0.1:80", true), ("127.1.2.3", true),
            ("[::1]:8080", true),
            ("localhost.", true), ("evil.example", false), ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("10.0.0.1", false), ("", false), ("127.0.0.256", false),
        ])
    func hostName(_ name: String, _ isLoopback: Bool) {
        #expect(HostName(name).isLoopback == isLoopback)
    }

    @Test("Every answer carries the headers that protect browsers", arguments: ["/", "/healthz", "/nothing"])
    func headers(_ path: String) async throws {
        let reply = try await ServerFixture().send(.get, path)
        for name in [
            "x-content-type-options", "x-frame-options", "referrer-policy", "content-security-policy", "x-request-id",
            "cache-control",
        ] {
            let name = try #require(HTTPField.Name(name))
            #expect(reply.headers[name] != nil, "\(name)")
        }
    }

    @Test("A client that asks too often is told when to come back, and may then")
    func rateLimit() async throws {
        let clock = ManualClock()
        let options = ServerOptions(requestsPerMinutePerClient: 2, verbosity: .errors)
        try await ServerFixture(options: options, time: .manual(clock)).run { client in
            for expected in [200, 200, 429] { #expect(try await client.send(.get, "/version").status == expected) }
            let refused = try await client.send(.get, "/version")
            #expect(refused.errorCode == "too_many_requests")
            #expect(refused.headers[.retryAfter] == "30")
            #expect(try await client.send(.get, "/healthz").status == 200)
            #expect(try await client.send(.get, "/metrics").status == 200)
            clock.advance(seconds: 30)
            for expected in [200, 429] { #expect(try await client.send(.get, "/version").status == expected) }
        }
    }

    @Test("Guesses of the token are limited too")
    func guesses() async throws {
        let options = ServerOptions(token: Secret("right"), requestsPerMinutePerClient: 1, verbosity: .errors)
        try await ServerFixture(options: options, time: .manual(ManualClock())).run { client in
            let first = try await client.send(.get, "/version").status
            let second = try await client.send(.get, "/version").status
            #expect([first, second] == [401, 429])
        }
    }
}

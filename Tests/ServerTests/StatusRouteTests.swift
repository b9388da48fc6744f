import Base
import HTTPTypes
import Testing

@testable import Server

@Suite struct StatusRouteTests {
    @Test("The process lives before the release is ready")
    func readiness() async throws {
        let fixture = ServerFixture(isReady: false)
        #expect(try await fixture.send(.get, "/healthz").status == 200)
        let reply = try await fixture.send(.get, "/readyz")
        #expect(reply.status == 503)
        #expect(reply.errorCode == "not_ready")
        #expect(reply.headers[.retryAfter] == "1")
        #expect(try await ServerFixture().send(.get, "/readyz").status == 200)
    }

    @Test("The version names program and release")
    func version() async throws {
        let options = ServerOptions(verbosity: .errors, version: "9.8.7")
        let body = try await ServerFixture(options: options).send(.get, "/version").json
        #expect(body == ["name": "neo", "version": "9.8.7", "release": ["documents": 2], "feedback": false])
    }

    @Test("HEAD is answered like GET, without a body")
    func head() async throws {
        let reply = try await ServerFixture().send(.head, "/version")
        #expect(reply.status == 200)
        #expect(reply.text == "")
    }

    @Test("Metrics count requests by route and status, and time them")
    func metrics() async throws {
        let clock = ManualClock()
        try await ServerFixture(service: FakeService(.abstains), time: .manual(clock)).run { client in
            let json: HTTPFields = [.contentType: "application/json"]
            _ = try await client.send(.post, "/v1/answer", body: #"{"query": "a"}"#, headers: json)
            _ = try await client.send(.post, "/v1/answer", body: "", headers: json)
            _ = try await client.send(.get, "/made/up/by/a/client")
            _ = try await client.send(.init("BREW") ?? .get, "/v1/answer")
            let reply = try await client.send(.get, "/metrics")
            #expect(reply.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            let lines = Set(reply.text.split(separator: "\n").map(String.init))
            for line in [
                #"neo_http_requests_total{route="/v1/answer",method="POST",status="200"} 1"#,
                #"neo_http_requests_total{route="/v1/answer",method="POST",status="400"} 1"#,
                #"neo_http_requests_total{route="/v1/answer",method="other",status="405"} 1"#,
                #"neo_http_requests_total{route="unmatched",method="GET",status="404"} 1"#,
                #"neo_http_request_duration_seconds_bucket{route="/v1/answer",le="+Inf"} 3"#,
                #"neo_http_request_duration_seconds_count{route="/v1/answer"} 3"#,
                "neo_http_requests_in_flight 1", #"neo_answers_total{outcome="abstained"} 1"#,
            ] {
                #expect(lines.contains(line), "\(line)")
            }
            #expect(!reply.text.contains("made"))
        }
    }

    @Test("Metrics name the version and count connections")
    func connections() {
        let metrics = RequestMetrics()
        #expect([metrics.connectionOpened(), metrics.connectionOpened()] == [1, 2])
        metrics.connectionClosed()
        let lines = Set(
            metrics.text(ServerOptions(maximumConnections: 7, version: "1.2.3")).split(separator: "\n").map(String.init)
        )
        for line in [
            #"neo_build_info{version="1.2.3"} 1"#, "neo_http_connections_open 1", "neo_http_connections_peak 2",
            "neo_http_connections_limit 7",
        ] {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test("A histogram's buckets add up")
    func histogram() {
        let metrics = RequestMetrics()
        for seconds in [0.0005, 0.003, 0.003, 100] {
            metrics.begin()
            metrics.end(RequestMetrics.Label(route: "/", method: "GET", status: 200), seconds: seconds)
        }
        let lines = Set(metrics.text(ServerOptions()).split(separator: "\n").map(String.init))
        let name = "neo_http_request_duration_seconds_bucket"
        for (bound, count) in [("0.001", 1), ("0.0025", 1), ("0.005", 3), ("10.0", 3), ("+Inf", 4)] {
            #expect(lines.contains("\(name){route=\"/\",le=\"\(bound)\"} \(count)"))
        }
    }

    @Test("The page allows only its own script and style, and reads nothing as markup")
    func page() async throws {
        let reply = try await ServerFixture().send(.get, "/")
        #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
        let policy = try #require(reply.headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("script-src 'sha256-"))
        #expect(!policy.contains("unsafe"))
        for forbidden in [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "src=", " style=", " onclick",
        ] {
            #expect(!reply.text.contains(forbidden), "\(forbidden)")
        }
        #expect(reply.text.components(of: "<script>") == 1)
    }
}

extension String {
    /// How often a text occurs in this one.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}

import Base
import Engineer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import Tracking

@testable import Server

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct TrafficTests {
    @Test func `only questions are traffic, and what was taken is not counted again`() async throws {
        let assembly = ServerAssembly(
            service: FakeService(.abstains), options: ServerOptions(waitingSeconds: 280, verbosity: .errors))
        assembly.readiness.becomeReady()
        let application = Application(router: assembly.router, logger: assembly.logger)
        try await application.test(.router) { client async throws in
            let client = ServerFixture.Client(client: client)
            let json: HTTPFields = [.contentType: "application/json"]
            for path in ["/healthz", "/metrics", "/nowhere"] { _ = try await client.send(.get, path) }
            for body in [#"{"query": "a"}"#, #"{"query": "b"}"#, "{"] {
                _ = try await client.send(.post, "/v1/answer", body: body, headers: json)
            }
        }
        let figures = try #require(assembly.metrics.takeInterval().figures)
        #expect(figures["requests"] == 3 && figures["refused"] == 1 && figures["errors"] == 0)
        #expect(figures["abstentions"] == 2 && figures["answers"] == 0)
        let (p50, p99) = (try #require(figures["p50_ms"]), try #require(figures["p99_ms"]))
        #expect(p50 > 0 && p50 <= p99)
        #expect(assembly.metrics.takeInterval().figures == nil)
    }

    @Test func `of many durations the latest are kept`() {
        var interval = TrafficInterval()
        for _ in 0..<TrafficInterval.mostDurations { interval.add(status: 200, seconds: 1) }
        for _ in 0..<TrafficInterval.mostDurations { interval.add(status: 503, seconds: 2) }
        #expect(interval.figures?["p50_ms"] == 2000 && interval.figures?["requests"] == 20_000)
        #expect(interval.figures?["errors"] == 10_000)
    }

    /// The release page of a project whose services logged these figures, each so many hours ago.
    private func page(
        _ logged: [(hours: Double, figures: [String: Double])],
        _ test: @escaping @Sendable (Reply, Reply) throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            try Data("documents: [d.md]\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            for (hours, figures) in logged {
                let time = Date().timeIntervalSince1970 - 3600 * hours
                let logger = try RunLogger(
                    in: folder + "/.neo", project: "p", name: "<b>serve", facts: .service(["encoder": "none"]),
                    now: { time })
                logger.log(figures)
                logger.finish()
            }
            let assembly = try DashboardAssembly(
                folders: [folder], options: ServerOptions(port: 8090, verbosity: .errors))
            let application = Application(router: assembly.router, logger: assembly.logger)
            let project = try #require(try ProjectFinder.find(in: [folder]).first)
            try await application.test(.router) {
                let client = ServerFixture.Client(client: $0)
                try test(
                    try await client.send(.get, "/p/\(project.id)/release", headers: [.accept: "text/html"]),
                    try await client.send(.get, "/p/\(project.id)/release/services.csv"))
            }
        }
    }

    @Test func `a project that was never served says so`() async throws {
        try await page([]) { page, csv in
            #expect(page.status == 200 && page.text.contains("No service has reported yet"))
            #expect(csv.text.hasPrefix("run,began,status"))
        }
    }

    @Test func `figures of services are added up, and what changed is said`() async throws {
        let figures = { (answers: Double, abstentions: Double) in
            [
                "requests": answers + abstentions, "answers": answers, "abstentions": abstentions, "errors": 0,
                "p95_ms": 12,
            ]
        }
        try await page([(100, figures(990, 10)), (1, figures(60, 40))]) { page, csv in
            #expect(page.text.contains("&lt;b&gt;serve") && !page.text.contains("<b>serve"))
            #expect(page.text.contains("40.0 % of 100") && page.text.contains("1.0 % of 1\u{202F}000"))
            #expect(page.text.components(separatedBy: "</span> changed<").count == 2, "abstentions, not errors")
            #expect(csv.text.split(separator: "\r\n").count == 3)
        }
        try await page([(1, figures(60, 40))]) { page, _ in
            #expect(page.text.contains("It is told once there are figures of both"))
        }
    }
}

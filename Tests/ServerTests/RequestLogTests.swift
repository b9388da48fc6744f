import Base
import Engineer
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Processes
import RAG
import Retrieval
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite struct RequestLogTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    /// A served project; the rows are there when the body is done.
    private func with(
        _ yaml: String = "", _ service: FakeService = FakeService(),
        requests: @escaping @Sendable (ServerFixture.Client, ServiceRecords) async throws -> Void,
        then body: (ServerAssembly, [ServiceRequest]) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            try Data(("documents: [d.md]\n" + yaml).utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            let project = try Project(opening: folder)
            let records = try ServiceRecords(project)
            var assembly = ServerAssembly(
                service: service, options: ServerOptions(waitingSeconds: 280, verbosity: .errors))
            assembly.keep(ServiceMonitoring(project, records) { _, _ in })
            assembly.readiness.becomeReady()
            let application = Application(router: assembly.router, logger: assembly.logger)
            try await application.test(.router) { try await requests(ServerFixture.Client(client: $0), records) }
            await assembly.requestLog?.write()
            try await body(assembly, try await records.database.requests())
        }
    }

    @Test func `each question is a row with its figures, and without its words`() async throws {
        try await with { client, _ in
            for path in ["/v1/answer", "/v1/retrieve"] {
                _ = try await client.send(.post, path, body: #"{"query": "how hot"}"#, headers: Self.json)
            }
            _ = try await client.send(.post, "/v1/answer", body: "{", headers: Self.json)
            for path in ["/healthz", "/metrics", "/nowhere"] { _ = try await client.send(.get, path) }
        } then: { _, rows in
            #expect(Set(rows.map(\.outcome)) == [.answered, .retrieved, .refused] && rows.count == 3)
            let answered = try #require(rows.first { $0.outcome == .answered })
            #expect(answered.route == "/v1/answer" && answered.status == 200 && answered.passages == 2)
            #expect(answered.topScore == 0.5 && answered.scoreGap == 0 && answered.similarity == 0.75)
            #expect(answered.characters == 7 && answered.query == nil && answered.answer == nil)
            #expect(
                answered.queryHash?.count == 32
                    && answered.queryHash == rows.first { $0.outcome == .retrieved }?.queryHash)
            #expect(answered.milliseconds > 0 && answered.release == nil && answered.origin == .client)
            #expect(rows.first { $0.outcome == .refused }?.error == "malformed_json")
        }
    }

    @Test func `rows that are being written when the server stops are written`() async throws {
        try await withTemporaryDirectory { folder in
            try Data("documents: [d.md]\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            let records = try ServiceRecords(try Project(opening: folder))
            let said = Mutex<[String]>([])
            let log = RequestLog(records, metrics: RequestMetrics(), time: .system) { text in
                said.withLock { $0.append(text) }
            }
            for number in 0..<200 {
                log.add(
                    RequestLog.Entry(
                        id: "\(number)", route: .answer, status: 200, error: nil, nanoseconds: 1, ended: 1,
                        observation: RequestObservation()))
            }
            let writing = Task { await log.write() }
            writing.cancel()
            await writing.value
            #expect(try await records.database.requestCount() == 200)
            #expect(said.withLock { $0.isEmpty } && log.dropped == 0)
        }
    }

    @Test func `an answer in the sample is offered to a judge, with its passages`() async throws {
        try await withTemporaryDirectory { folder in
            try Data("documents: [d.md]\nmonitoring: {score: 1}\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            let records = try ServiceRecords(try Project(opening: folder))
            let offered = Mutex<[LiveJudge.Offer]>([])
            let log = RequestLog(
                records, metrics: RequestMetrics(), time: .system,
                judging: { offer in offered.withLock { $0.append(offer) } }, complain: { _ in })
            let answer = try await FakeService().answer(Query("how hot"))
            for id in ["a", "b"] {
                let observation = RequestObservation()
                observation.note(Query("how hot"))
                if id == "a" { observation.note(answer) }
                log.add(
                    RequestLog.Entry(
                        id: id, route: .answer, status: 200, error: nil, nanoseconds: 1, ended: 1,
                        observation: observation, release: 7))
            }
            await log.write()
            let offers = offered.withLock { $0 }
            #expect(offers.map(\.item.id) == ["a"] && offers.first?.release == 7)
            #expect(offers.first?.item.question == "how hot" && offers.first?.item.passages.count == 2)
            #expect(offers.first?.item.answer == "Second. First. Second again.")
        }
    }

    @Test func `a failure is named by its kind, and an abstention by its reason`() async throws {
        try await with("", FakeService(.fails)) { client, _ in
            _ = try await client.send(.post, "/v1/answer", body: #"{"query": "secret words"}"#, headers: Self.json)
        } then: { _, rows in
            let row = try #require(rows.first)
            #expect(row.outcome == .failed && row.status == 500)
            #expect(row.error?.contains("Failure") == true && row.error?.contains("secret") == false)
        }
        try await with("", FakeService(.abstains)) { client, _ in
            _ = try await client.send(.post, "/v1/answer", body: #"{"query": "a"}"#, headers: Self.json)
        } then: { _, rows in
            #expect(rows.first?.outcome == .abstained && rows.first?.reason == "model")
        }
    }

    @Test func `the policy says what is kept of words, and of how many requests`() async throws {
        let body = #"{"query": "mail dana@acme.io \u0000\u202e'); DROP TABLE requests;--"}"#
        try await with("monitoring: {text: redacted, score: 1}\n", FakeService(.writes)) { client, _ in
            _ = try await client.send(.post, "/v1/answer", body: body, headers: Self.json)
        } then: { _, rows in
            let row = try #require(rows.first)
            #expect(row.query?.contains("[email]") == true && row.query?.contains("dana") == false)
            #expect(row.answer == "It is the second [2]. It is the first [1, 3].")
            #expect(row.model == "tiny" && row.inputTokens == 100 && row.outputTokens == 12)
            #expect(abs((row.citations ?? 0) - 1.0 / 3) < 1e-9, "one of three citations is held")
        }
        try await with("monitoring: {sample: 0.25}\n") { client, _ in
            for _ in 0..<8 {
                _ = try await client.send(.post, "/v1/retrieve", body: #"{"query": "a"}"#, headers: Self.json)
            }
        } then: { assembly, rows in
            #expect(rows.count == 2)
            #expect(
                assembly.metrics.text(assembly.options).contains(
                    #"rag_requests_total{route="/v1/retrieve",outcome="retrieved"} 8"#))
        }
    }

    @Test func `a stream is a row when its last word is said`() async throws {
        try await with { client, _ in
            let body = #"{"model": "neo", "stream": true, "messages": [{"role": "user", "content": "What?"}]}"#
            _ = try await client.send(.post, "/v1/chat/completions", body: body, headers: Self.json)
        } then: { _, rows in
            #expect(rows.map(\.outcome) == [.answered] && rows.first?.route == "/v1/chat/completions")
        }
    }

    @Test func `a probe is told from clients by its mark, and from those who make one up`() async throws {
        try await with { client, records in
            let name = try #require(HTTPField.Name("x-neo-probe"))
            for mark in [records.probeMark(of: "q1"), "bm9wZQ==.00000000000000000000000000000000"] {
                var headers = Self.json
                headers[name] = mark
                _ = try await client.send(.post, "/v1/answer", body: #"{"query": "a"}"#, headers: headers)
            }
        } then: { _, rows in
            #expect(Set(rows.map(\.origin)) == [.probe, .client])
            #expect(rows.first { $0.origin == .probe }?.golden == "q1")
        }
    }

    @Test func `where the disk is full all is answered, and what was lost is counted`() async throws {
        try await with("monitoring: {text: full}\n") { client, records in
            try await records.database.limitPages(to: 30)
            let words = String(repeating: "x", count: 7000)
            for _ in 0..<40 {
                let reply = try await client.send(
                    .post, "/v1/answer", body: "{\"query\": \"\(words)\"}", headers: Self.json)
                #expect(reply.status == 200)
            }
        } then: { assembly, rows in
            #expect(rows.isEmpty)
            #expect(assembly.metrics.text(assembly.options).contains("rag_request_log_dropped_total 40"))
        }
    }

    @Test func `what waits is bounded, and what is too much is counted`() async throws {
        try await withTemporaryDirectory { folder in
            try Data("documents: [d.md]\n".utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            let records = try ServiceRecords(try Project(opening: folder))
            let log = RequestLog(records, metrics: RequestMetrics(), time: .system) { _ in }
            for _ in 0..<RequestLog.capacity + 5 {
                log.add(
                    RequestLog.Entry(
                        id: "a", route: .answer, status: 200, nanoseconds: 1, ended: 1,
                        observation: RequestObservation()))
            }
            #expect(log.dropped == 5)
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool"), "there is no promtool"))
    func `promtool finds nothing wrong with the metrics`() async throws {
        try await with("monitoring: {score: 1}\n", FakeService(.writes)) { client, _ in
            _ = try await client.send(.post, "/v1/answer", body: #"{"query": "a"}"#, headers: Self.json)
            _ = try await client.send(.post, "/v1/answer", body: "{", headers: Self.json)
        } then: { assembly, _ in
            assembly.metrics.withQuestions { questions in
                questions.drift = [
                    DriftRecord(
                        time: 1, reference: "golden", feature: "similarity", measure: "ks", value: 0.25, threshold: 0.1,
                        hasDrifted: true, referenceCount: 40, currentCount: 50)
                ]
                questions.firing = 1
            }
            let text = assembly.metrics.text(assembly.options, ["documents": 3, "configuration": ["a": "\"\\\n"]])
            let result = try await ChildProcess(
                executable: "/usr/bin/promtool", arguments: ["check", "metrics"], input: text, timeLimitSeconds: 60
            ).run()
            #expect(result.status == 0 && result.output.isEmpty, "\(result.output)\(result.errorOutput)")
            for name in [
                "rag_requests_total", "rag_request_duration_seconds_bucket", "rag_top_score_sum", "rag_citation_ratio",
                "rag_drift_score", "rag_build_info", "rag_index_documents", "rag_tokens_total", "rag_alerts_firing",
            ] {
                #expect(text.contains("\n\(name)"), "\(name)")
            }
            // It would say so.
            let wrong = try await ChildProcess(
                executable: "/usr/bin/promtool", arguments: ["check", "metrics"],
                input: "# TYPE neo_total gauge\nneo_total 1\n", timeLimitSeconds: 60
            ).run()
            #expect(wrong.status != 0)
        }
    }
}

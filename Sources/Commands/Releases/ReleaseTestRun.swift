internal import Base
internal import Engineer
internal import LanguageModelClients
internal import RAG
internal import Server

/// Runs the tests of a release against the release, served on this machine as it will be.
struct ReleaseTestRun: Sendable {
    /// What one kind of test found.
    struct Finding: Sendable {
        let name: String
        /// What was looked at, in words.
        let summary: String
        /// What is not as it must be; empty where all is.
        let failures: [String]
    }

    let plan: ReleaseTestPlan
    let number: Int
    let service: any QueryService
    let time: TimeSource

    /// All tests, one kind after the other.
    func run() async throws -> [Finding] {
        var findings = [try await golden()]
        var options = ServerOptions(port: 0, version: neoVersion)
        options.verbosity = .errors
        // The load comes from one address.
        options.requestsPerMinutePerClient = nil
        // It asks as the owner, who sees all documents: nobody else on this machine may meanwhile.
        let token = Secret(ContentHash(of: "\(UInt64.random(in: 0...(.max))) \(UInt64.random(in: 0...(.max)))").hex)
        options.token = token
        let served = try await withServer(
            service: ReleaseSwitch(number: number, service: service), options: options
        ) { port in
            try await ReleaseClient.with(port: port, token: token) { client in
                [try await smoke(client), try await contract(client), try await load(client)]
            }
        }
        findings += served
        return findings
    }

    /// The same answers as when it was made.
    private func golden() async throws -> Finding {
        var failures: [String] = []
        for row in plan.golden {
            try Task.checkCancellation()
            if let difference = try await row.difference(Erased(service: service)) { failures.append(difference) }
        }
        return Finding(
            name: "golden", summary: "\(plan.golden.count) questions answered as when it was made", failures: failures)
    }

    private func smoke(_ client: ReleaseClient) async throws -> Finding {
        var failures: [String] = []
        for question in plan.smoke {
            let reply = try await client.send("POST", "/v1/retrieve", body: Self.body(question))
            let passages = reply.body["passages"]?.array ?? []
            if reply.status != 200 || passages.isEmpty || reply.release != number {
                failures.append("a question was answered with \(reply.status) and \(passages.count) passages")
            }
        }
        return Finding(name: "smoke", summary: "\(plan.smoke.count) questions find passages", failures: failures)
    }

    private func contract(_ client: ReleaseClient) async throws -> Finding {
        var failures: [String] = []
        for asked in plan.contract {
            let reply = try await client.send(asked.method, asked.path, body: asked.body)
            let missing = asked.fields.filter { reply.body[$0] == nil }
            if reply.status != asked.status || !missing.isEmpty {
                failures.append(
                    "\(asked.method) \(asked.path): \(reply.status) in the place of \(asked.status)"
                        + (missing.isEmpty ? "" : ", without \(missing.joined(separator: ", "))"))
            }
        }
        let described = try await client.send("GET", "/openapi.json").body
        for path in (plan.interface["paths"]?.object ?? [:]).keys.sorted() where described["paths"]?[path] == nil {
            failures.append("openapi.json promises \(path), which is not served")
        }
        return Finding(
            name: "contract", summary: "\(plan.contract.count) requests as the interface promises", failures: failures)
    }

    private func load(_ client: ReleaseClient) async throws -> Finding {
        let questions = plan.smoke.isEmpty ? ["load"] : plan.smoke
        let (count, clients) = (plan.load.requests, plan.load.clients)
        let results = try await withThrowingTaskGroup(of: (milliseconds: [Double], failed: Int).self) { tasks in
            for lane in 0..<clients {
                tasks.addTask {
                    var milliseconds: [Double] = []
                    var failed = 0
                    for place in stride(from: lane, to: count, by: clients) {
                        let start = time.nanoseconds()
                        let body = Self.body(questions[place % questions.count])
                        let reply = try? await client.send("POST", "/v1/retrieve", body: body)
                        try Task.checkCancellation()
                        if reply?.status == 200 {
                            milliseconds.append(Double(time.nanoseconds() &- start) / 1e6)
                        } else {
                            failed += 1
                        }
                    }
                    return (milliseconds, failed)
                }
            }
            return try await tasks.reduce(into: (milliseconds: [Double](), failed: 0)) { all, lane in
                all.milliseconds += lane.milliseconds
                all.failed += lane.failed
            }
        }
        return Finding(
            name: "load",
            summary: "\(count) requests of \(clients) clients, half of them within "
                + plan.load.median(of: results.milliseconds),
            failures: plan.load.failures(milliseconds: results.milliseconds, failed: results.failed))
    }

    private static func body(_ question: String) -> String {
        JSONValue.object(["query": .string(question)]).canonicalText
    }

    /// A service whose type is not known.
    private struct Erased: QueryService {
        let service: any QueryService

        var summary: [String: JSONValue] { service.summary }

        @concurrent
        func retrieve(_ query: Query) async throws -> [RetrievedPassage] { try await service.retrieve(query) }

        @concurrent
        func answer(_ query: Query) async throws -> Answer { try await service.answer(query) }
    }
}

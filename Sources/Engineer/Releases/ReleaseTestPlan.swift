package import Base
package import RAG
internal import Statistics

/// The tests that a release brings along, read.
package struct ReleaseTestPlan: Sendable {
    /// A request, and what must come back.
    package struct Case: Sendable, Hashable {
        package let method: String
        package let path: String
        package let body: String?
        package let status: Int
        package let fields: [String]
    }

    /// A question, and what the release said when it was made.
    package struct Golden: Sendable {
        package let id: String
        package let query: Query
        package let passages: [String]
        /// The hash of the answer; nil where a model wrote it.
        package let answer: String?
    }

    /// How much load there is, and what is allowed.
    package struct Load: Sendable {
        package let clients: Int
        package let requests: Int
        package let mostFailures: Int
        /// What percentile may take how many milliseconds.
        package let latency: [(percentile: Int, milliseconds: Double)]
    }

    package let smoke: [String]
    package let contract: [Case]
    package let golden: [Golden]
    package let load: Load
    /// The description of the interface.
    package let interface: JSONValue

    /// Reads the tests of a release that was verified.
    package init(_ folder: ReleaseFolder) throws {
        let json = { (name: String) in try JSONValue(parsing: try folder.read(name), maximumDepth: 64) }
        smoke = (try json(ReleaseTestFiles.smoke)["questions"]?.array ?? []).compactMap(\.string)
        contract = (try json(ReleaseTestFiles.contract)["cases"]?.array ?? []).compactMap { row in
            guard let method = row["method"]?.string, let path = row["path"]?.string,
                let status = row["status"]?.integer
            else { return nil }
            return Case(
                method: method, path: path, body: row["body"]?.string, status: status,
                fields: (row["fields"]?.array ?? []).compactMap(\.string))
        }
        golden = try folder.read(ReleaseTestFiles.golden).split(separator: UInt8(ascii: "\n")).map { line in
            let row = try JSONValue(parsing: Array(line), maximumDepth: 16)
            let turns = (row["history"]?.array ?? []).map {
                DialogueTurn(isAnswer: $0["role"] == "assistant", text: $0["content"]?.string ?? "")
            }
            return Golden(
                id: row["id"]?.string ?? "", query: Query(row["question"]?.string ?? "", history: turns),
                passages: (row["passages"]?.array ?? []).compactMap(\.string), answer: row["answer"]?.string)
        }
        let load = try json(ReleaseTestFiles.load)
        self.load = Load(
            clients: max(load["clients"]?.integer ?? 1, 1), requests: max(load["requests"]?.integer ?? 0, 0),
            mostFailures: load["mostFailures"]?.integer ?? 0,
            latency: (load["latency"]?.array ?? []).compactMap { row in
                guard let percentile = row["percentile"]?.integer, let limit = row["milliseconds"]?.number else {
                    return nil
                }
                return (percentile, limit)
            })
        interface = try json("openapi.json")
    }
}

extension ReleaseTestPlan.Golden {
    /// What a service says now that it did not say then; nil where it says the same.
    package func difference(_ service: some QueryService) async throws -> String? {
        let found = try await service.retrieve(query).map(\.id)
        guard found == passages else {
            let place =
                zip(found, passages).enumerated().first { $1.0 != $1.1 }?.offset ?? min(found.count, passages.count)
            return "\(id): passage \(place + 1) is another one"
        }
        guard let answer else { return nil }
        let said = ContentHash(of: try JSONValue(encoding: try await service.answer(query))).hex
        return said == answer ? nil : "\(id): the answer is another one"
    }
}

extension ReleaseTestPlan.Load {
    /// What is not as it must be, of the times of the requests that were answered and the number of the others.
    package func failures(milliseconds: [Double], failed: Int) -> [String] {
        var failures: [String] = []
        if failed > mostFailures { failures.append("\(failed) of \(requests) requests failed") }
        for (percentile, limit) in latency {
            guard let value = quantile(Double(percentile) / 100, of: milliseconds), value > limit else { continue }
            failures.append(
                "p\(percentile) is \(QuantityWords.milliseconds(value)), and \(QuantityWords.milliseconds(limit)) is allowed"
            )
        }
        return failures
    }

    /// What half of the requests stay within, in words.
    package func median(of milliseconds: [Double]) -> String {
        quantile(0.5, of: milliseconds).map(QuantityWords.milliseconds) ?? "no time that could be measured"
    }
}

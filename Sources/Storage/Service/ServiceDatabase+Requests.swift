package import Base
internal import GRDB

extension ServiceDatabase {
    private static let columns = [
        "id", "time", "service", "origin", "route", "release", "outcome", "status", "error", "milliseconds", "stages",
        "passages", "top_score", "score_gap", "similarity", "coverage", "evidence", "terms", "characters", "reason",
        "citations", "model", "input_tokens", "output_tokens", "dollars", "query_hash", "query", "answer", "golden",
    ]

    /// Keeps requests, all of them or none.
    package func add(_ requests: [ServiceRequest]) async throws {
        guard !requests.isEmpty else { return }
        try await write { database in
            let list = Self.columns.joined(separator: ", ")
            let marks = Self.columns.map { _ in "?" }.joined(separator: ", ")
            let statement = try database.makeStatement(sql: "INSERT INTO requests (\(list)) VALUES (\(marks))")
            for request in requests { try statement.execute(arguments: Self.arguments(request)) }
        }
    }

    private static func arguments(_ request: ServiceRequest) -> StatementArguments {
        // One after the other: as one literal it takes the compiler minutes.
        var arguments = StatementArguments()
        func add(_ value: (any DatabaseValueConvertible)?) { arguments += [value] }
        add(request.id)
        add(request.time)
        add(request.service)
        add(request.origin.rawValue)
        add(request.route)
        add(request.release)
        add(request.outcome.rawValue)
        add(request.status)
        add(request.error)
        add(max(0, request.milliseconds))
        add(JSONValue.object(request.stages.mapValues { .number($0) }).canonicalText)
        add(request.passages)
        add(finite(request.topScore))
        add(finite(request.scoreGap))
        add(finite(request.similarity))
        add(finite(request.coverage))
        add(finite(request.evidence))
        add(request.terms)
        add(request.characters)
        add(request.reason)
        add(finite(request.citations))
        add(request.model)
        add(request.inputTokens.map { max(0, $0) })
        add(request.outputTokens.map { max(0, $0) })
        add(finite(request.dollars).map { max(0, $0) })
        add(request.queryHash)
        add(request.query.map(wholeText))
        add(request.answer.map(wholeText))
        add(request.golden)
        return arguments
    }

    /// SQLite's texts end at the first NUL.
    private static func wholeText(_ text: String) -> String { text.replacing("\0", with: "\u{FFFD}") }

    private static func finite(_ number: Double?) -> Double? { number.flatMap { $0.isFinite ? $0 : nil } }

    /// The latest requests, the newest first.
    ///
    /// - Parameters:
    ///   - origin: whose; everybody's, where nil.
    ///   - times: from the first on, before the second, in seconds since 1970.
    package func requests(
        _ origin: ServiceRequest.Origin? = nil, in times: Range<Double> = -.infinity..<(.infinity), limit: Int = 1000
    ) async throws -> [ServiceRequest] {
        let name = origin?.rawValue
        return try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM requests WHERE time >= ? AND time < ? AND (? IS NULL OR origin = ?)
                    ORDER BY time DESC, number DESC LIMIT ?
                    """, arguments: [times.lowerBound, times.upperBound, name, name, limit]
            ).map(ServiceRequest.init(row:))
        }
    }

    /// How many requests there are.
    package func requestCount() async throws -> Int {
        try await read { try Int.fetchOne($0, sql: "SELECT count(*) FROM requests") ?? 0 }
    }

    /// Forgets all that is older than a time: requests, probes, drift, and alerts that have ended.
    ///
    /// - Returns: how many requests were deleted.
    package func forget(before time: Double) async throws -> Int {
        try await write { database in
            try database.execute(sql: "DELETE FROM requests WHERE time < ?", arguments: [time])
            let count = database.changesCount
            for table in ["probes", "drift", "judgements"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE time < ?", arguments: [time])
            }
            try database.execute(
                sql: "DELETE FROM deliveries WHERE state <> 'waiting' AND due < ?", arguments: [time])
            try database.execute(
                sql: "DELETE FROM alerts WHERE state IN ('resolved', 'dropped') AND ended < ?", arguments: [time])
            return count
        }
    }

    /// A small fact about what is watched; nil where there is none.
    package func fact(_ name: String) async throws -> JSONValue? {
        try await read { database in
            try String.fetchOne(database, sql: "SELECT value FROM watched WHERE name = ?", arguments: [name])
                .map { try JSONValue(parsing: $0) }
        }
    }

    /// Keeps a small fact about what is watched, in place of the one before.
    package func keep(_ fact: JSONValue, as name: String) async throws {
        let text = fact.canonicalText
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO watched (name, value) VALUES (?, ?)
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """, arguments: [name, text])
        }
    }
}

extension ServiceRequest {
    init(row: Row) throws {
        func value<Value: DatabaseValueConvertible>(_ name: String) throws -> Value? {
            try row.decode(Value?.self, forColumn: name)
        }
        self.init(
            id: try row.decode(forColumn: "id"), time: try row.decode(forColumn: "time"),
            service: try row.decode(forColumn: "service"),
            origin: Origin(rawValue: try row.decode(forColumn: "origin")) ?? .client,
            route: try row.decode(forColumn: "route"),
            outcome: Outcome(rawValue: try row.decode(forColumn: "outcome")) ?? .failed,
            status: try row.decode(forColumn: "status"), milliseconds: try row.decode(forColumn: "milliseconds"))
        let parts = try JSONValue(parsing: try row.decode(String.self, forColumn: "stages")).object ?? [:]
        stages = parts.compactMapValues(\.number)
        release = try value("release")
        error = try value("error")
        passages = try value("passages")
        topScore = try value("top_score")
        scoreGap = try value("score_gap")
        similarity = try value("similarity")
        coverage = try value("coverage")
        evidence = try value("evidence")
        terms = try value("terms")
        characters = try value("characters")
        reason = try value("reason")
        citations = try value("citations")
        model = try value("model")
        inputTokens = try value("input_tokens")
        outputTokens = try value("output_tokens")
        dollars = try value("dollars")
        queryHash = try value("query_hash")
        query = try value("query")
        answer = try value("answer")
        golden = try value("golden")
    }
}

internal import GRDB

/// How far what comes in is from what came before, by one measure.
package struct DriftRecord: Sendable, Hashable {
    /// When it was measured, in seconds since 1970.
    package var time: Double
    /// What it is compared with: `golden` or `month`.
    package var reference: String
    /// What of the requests is compared.
    package var feature: String
    /// How.
    package var measure: String
    package var value: Double
    /// From where on it counts as drift.
    package var threshold: Double
    /// Of a test, its p-value.
    package var p: Double?
    package var hasDrifted: Bool
    package var referenceCount: Int
    package var currentCount: Int
    /// What explains it, such as the words that tell the two apart.
    package var detail: String?

    /// A measurement.
    package init(
        time: Double, reference: String, feature: String, measure: String, value: Double, threshold: Double,
        p: Double? = nil, hasDrifted: Bool, referenceCount: Int, currentCount: Int, detail: String? = nil
    ) {
        self.time = time
        self.reference = reference
        self.feature = feature
        self.measure = measure
        self.value = value
        self.threshold = threshold
        self.p = p
        self.hasDrifted = hasDrifted
        self.referenceCount = referenceCount
        self.currentCount = currentCount
        self.detail = detail
    }
}

/// What a golden question got when the watch asked it.
package struct ProbeRecord: Sendable, Hashable {
    /// What stands in place of a question's id where the service was only asked whether it is ready.
    package static let heartbeat = "/readyz"

    package var time: Double
    /// The golden question's id.
    package var question: String
    /// Whether it found what the release found when it was measured.
    package var hasPassed: Bool
    package var milliseconds: Double
    /// What it found, as a sentence.
    package var detail: String

    /// A probe.
    package init(time: Double, question: String, hasPassed: Bool, milliseconds: Double, detail: String) {
        self.time = time
        self.question = question
        self.hasPassed = hasPassed
        self.milliseconds = milliseconds
        self.detail = detail
    }
}

extension ServiceDatabase {
    /// Keeps what was measured together.
    package func add(_ records: [DriftRecord]) async throws {
        guard !records.isEmpty else { return }
        try await write { database in
            for record in records where record.value.isFinite {
                try database.execute(
                    sql: "INSERT INTO drift VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        record.time, record.reference, record.feature, record.measure, record.value, record.threshold,
                        record.p, record.hasDrifted, record.referenceCount, record.currentCount, record.detail,
                    ])
            }
        }
    }

    /// What was measured last, all of one time; empty before the first time.
    package func latestDrift() async throws -> [DriftRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql:
                    "SELECT * FROM drift WHERE time = (SELECT max(time) FROM drift) ORDER BY reference, feature, measure"
            ).map { row in
                DriftRecord(
                    time: try row.decode(forColumn: "time"), reference: try row.decode(forColumn: "reference"),
                    feature: try row.decode(forColumn: "feature"), measure: try row.decode(forColumn: "measure"),
                    value: try row.decode(forColumn: "value"), threshold: try row.decode(forColumn: "threshold"),
                    p: try row.decode(Double?.self, forColumn: "p"),
                    hasDrifted: try row.decode(forColumn: "drifted"),
                    referenceCount: try row.decode(forColumn: "reference_count"),
                    currentCount: try row.decode(forColumn: "current_count"),
                    detail: try row.decode(String?.self, forColumn: "detail"))
            }
        }
    }

    /// Keeps what probes found.
    package func add(_ probes: [ProbeRecord]) async throws {
        guard !probes.isEmpty else { return }
        try await write { database in
            for probe in probes {
                try database.execute(
                    sql: "INSERT INTO probes VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        probe.time, probe.question, probe.hasPassed, max(0, probe.milliseconds), probe.detail,
                    ])
            }
        }
    }

    /// The latest probes, the newest first.
    package func probes(since time: Double = -.infinity, limit: Int = 1000) async throws -> [ProbeRecord] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM probes WHERE time > ? ORDER BY time DESC LIMIT ?",
                arguments: [time, limit]
            ).map { row in
                ProbeRecord(
                    time: try row.decode(forColumn: "time"), question: try row.decode(forColumn: "question"),
                    hasPassed: try row.decode(forColumn: "passed"),
                    milliseconds: try row.decode(forColumn: "milliseconds"), detail: try row.decode(forColumn: "detail")
                )
            }
        }
    }
}

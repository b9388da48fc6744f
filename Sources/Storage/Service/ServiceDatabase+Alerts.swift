internal import Base
internal import GRDB

extension ServiceDatabase {
    /// The latest alerts, the newest first.
    ///
    /// - Parameter states: which; all, where empty.
    package func alerts(_ states: Set<ServiceAlert.State> = [], limit: Int = 100) async throws -> [ServiceAlert] {
        let names = states.isEmpty ? ServiceAlert.State.allCases : Array(states)
        let list = names.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM alerts WHERE state IN (\(list)) ORDER BY began DESC, id DESC LIMIT ?",
                arguments: [limit]
            ).map(ServiceAlert.init(row:))
        }
    }

    /// Keeps what became of alerts, together with the messages about them: both or none, so that nothing is told twice
    /// after a restart, and nothing is lost.
    ///
    /// - Parameter changes: each alert as it is now (`id` 0 for a new one), with the messages to send.
    package func keep(_ changes: [(alert: ServiceAlert, messages: [AlertDelivery])]) async throws {
        guard !changes.isEmpty else { return }
        try await write { database in
            for (alert, messages) in changes {
                var id = alert.id
                if id == 0 {
                    try database.execute(
                        sql: """
                            INSERT INTO alerts (rule, severity, state, began, last_true, title, evidence, command)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                            """,
                        arguments: [
                            alert.rule, alert.severity.rawValue, alert.state.rawValue, alert.began, alert.lastTrue,
                            alert.title, alert.evidence.canonicalText, alert.command,
                        ])
                    id = database.lastInsertedRowID
                }
                try database.execute(
                    sql: """
                        UPDATE alerts SET severity = ?, state = ?, fired = ?, last_true = ?, ended = ?, title = ?,
                            evidence = ?, command = ?
                        WHERE id = ?
                        """,
                    arguments: [
                        alert.severity.rawValue, alert.state.rawValue, alert.fired, alert.lastTrue, alert.ended,
                        alert.title, alert.evidence.canonicalText, alert.command, id,
                    ])
                for message in messages { try Self.insert(message, of: id, in: database) }
            }
        }
    }

    private static func insert(_ message: AlertDelivery, of alert: Int64?, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO deliveries (alert, channel, event, message, state, attempts, due)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                alert, message.channel, message.event.rawValue, message.message.canonicalText, message.state.rawValue,
                message.attempts, message.due,
            ])
    }

    /// Notes that somebody has seen an alert, so that it is not told again.
    ///
    /// - Returns: whether there is such an alert that is open.
    package func acknowledge(_ id: Int64, by person: String, at time: Double) async throws -> Bool {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE alerts SET acknowledged = coalesce(acknowledged, ?),
                        acknowledged_by = coalesce(acknowledged_by, ?)
                    WHERE id = ? AND state IN ('pending', 'firing')
                    """, arguments: [time, person, id])
            return database.changesCount > 0
        }
    }

    /// The messages that wait and are due, the oldest first.
    package func dueDeliveries(at time: Double, limit: Int = 100) async throws -> [AlertDelivery] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM deliveries WHERE state = 'waiting' AND due <= ? ORDER BY due, id LIMIT ?",
                arguments: [time, limit]
            ).map(AlertDelivery.init(row:))
        }
    }

    /// The latest messages, the newest first.
    package func deliveries(limit: Int = 100) async throws -> [AlertDelivery] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM deliveries ORDER BY id DESC LIMIT ?", arguments: [limit])
                .map(AlertDelivery.init(row:))
        }
    }

    /// Keeps what became of a message.
    package func update(_ delivery: AlertDelivery, at time: Double) async throws {
        try await write { database in
            try database.execute(
                sql: "UPDATE deliveries SET state = ?, attempts = ?, due = ?, done = ?, failure = ? WHERE id = ?",
                arguments: [
                    delivery.state.rawValue, delivery.attempts, delivery.due,
                    delivery.state == .waiting ? nil : time, delivery.failure, delivery.id,
                ])
        }
    }
}

extension ServiceAlert {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.decode(forColumn: "id"), rule: try row.decode(forColumn: "rule"),
            severity: Severity(rawValue: try row.decode(forColumn: "severity")) ?? .ticket,
            state: State(rawValue: try row.decode(forColumn: "state")) ?? .resolved,
            began: try row.decode(forColumn: "began"), title: try row.decode(forColumn: "title"),
            evidence: try JSONValue(parsing: try row.decode(String.self, forColumn: "evidence")),
            command: try row.decode(forColumn: "command"))
        fired = try row.decode(Double?.self, forColumn: "fired")
        lastTrue = try row.decode(forColumn: "last_true")
        ended = try row.decode(Double?.self, forColumn: "ended")
        acknowledged = try row.decode(Double?.self, forColumn: "acknowledged")
        acknowledgedBy = try row.decode(String?.self, forColumn: "acknowledged_by")
    }
}

extension AlertDelivery {
    fileprivate init(row: Row) throws {
        self.init(
            alert: try row.decode(Int64?.self, forColumn: "alert"), channel: try row.decode(forColumn: "channel"),
            event: Event(rawValue: try row.decode(forColumn: "event")) ?? .test,
            message: try JSONValue(parsing: try row.decode(String.self, forColumn: "message")),
            due: try row.decode(forColumn: "due"))
        id = try row.decode(forColumn: "id")
        state = State(rawValue: try row.decode(forColumn: "state")) ?? .failed
        attempts = try row.decode(forColumn: "attempts")
        failure = try row.decode(String?.self, forColumn: "failure")
    }
}

internal import Base
internal import GRDB

extension NeoDatabase {
    /// Keeps that a release was made; of a number that is kept already nothing changes.
    ///
    /// - Returns: what is kept of that number.
    @discardableResult
    package func keepRelease(_ record: ReleaseRecord) async throws -> ReleaseRecord {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO releases (number, hash, created) VALUES (?, ?, ?) ON CONFLICT (number) DO NOTHING",
                arguments: [record.number, record.hash.hex, record.created])
            return try Self.releases(database, where: "number = \(record.number)").first ?? record
        }
    }

    /// All releases that were made, the oldest first.
    package func releases() async throws -> [ReleaseRecord] {
        try await read { try Self.releases($0, where: "true") }
    }

    /// Which releases answer.
    package func liveReleases() async throws -> LiveReleases {
        try await read { try Self.live($0) }
    }

    /// All steps that were asked for, the oldest first.
    package func promotions() async throws -> [PromotionRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, action, release, incumbent, stage, verdict, accepted, decision, who, promoted, report
                    FROM promotions ORDER BY id
                    """
            ).map(Self.promotion)
        }
    }

    /// Keeps a step and, in the same transaction, which releases answer from now on.
    ///
    /// - Parameter changes: what was and is to be; nil where the step was refused. Nothing is kept where `from` is no longer
    ///   so.
    /// - Returns: whether it was.
    package func keepPromotion(
        _ record: PromotionRecord, changing changes: (from: LiveReleases, to: LiveReleases)? = nil
    ) async throws -> Bool {
        let (from, to) = (changes?.from, changes?.to)
        return try await write { database in
            if let from, let to {
                guard try Self.live(database) == from else { return false }
                try database.execute(
                    sql: """
                        INSERT INTO live_releases (place, live, previous, candidate, stage, changed)
                        VALUES (1, ?, ?, ?, ?, ?)
                        ON CONFLICT (place) DO UPDATE SET live = excluded.live, previous = excluded.previous,
                            candidate = excluded.candidate, stage = excluded.stage, changed = excluded.changed
                        """,
                    arguments: [to.live, to.previous, to.candidate, to.stage?.rawValue, record.at])
            }
            try database.execute(
                sql: """
                    INSERT INTO promotions (action, release, incumbent, stage, verdict, accepted, decision, who, promoted,
                        report)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    record.action.rawValue, record.release, record.incumbent, record.stage.rawValue, record.verdict,
                    record.isAccepted, record.decision, record.who, record.at, record.report.canonicalText,
                ])
            return true
        }
    }

    private static func releases(_ database: Database, where condition: String) throws -> [ReleaseRecord] {
        try Row.fetchAll(
            database, sql: "SELECT number, hash, created FROM releases WHERE \(condition) ORDER BY number"
        ).map { row in
            let hex: String = try row.decode(forColumn: "hash")
            guard let hash = ContentHash(hex: hex) else { throw DamagedRow(description: "`\(hex)` is no hash") }
            return ReleaseRecord(
                number: try row.decode(forColumn: "number"), hash: hash, created: try row.decode(forColumn: "created"))
        }
    }

    private static func live(_ database: Database) throws -> LiveReleases {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT live, previous, candidate, stage FROM live_releases WHERE place = 1")
        else { return LiveReleases() }
        let stage: String? = try row.decode(forColumn: "stage")
        return LiveReleases(
            live: try row.decode(forColumn: "live"), previous: try row.decode(forColumn: "previous"),
            candidate: try row.decode(forColumn: "candidate"), stage: stage.flatMap(ReleaseStage.init))
    }

    private static func promotion(_ row: Row) throws -> PromotionRecord {
        let (action, stage): (String, String) = (
            try row.decode(forColumn: "action"), try row.decode(forColumn: "stage")
        )
        guard let action = PromotionRecord.Action(rawValue: action), let stage = ReleaseStage(rawValue: stage) else {
            throw DamagedRow(description: "`\(action)` at `\(stage)` is no step of a release")
        }
        return PromotionRecord(
            id: try row.decode(forColumn: "id"), action: action, release: try row.decode(forColumn: "release"),
            incumbent: try row.decode(forColumn: "incumbent"), stage: stage,
            verdict: try row.decode(forColumn: "verdict"), isAccepted: try row.decode(forColumn: "accepted"),
            decision: try row.decode(forColumn: "decision"), who: try row.decode(forColumn: "who"),
            at: try row.decode(forColumn: "promoted"),
            report: try JSONValue(parsing: try row.decode(String.self, forColumn: "report")))
    }
}

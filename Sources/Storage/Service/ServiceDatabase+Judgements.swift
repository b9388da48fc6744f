package import Base
internal import GRDB

/// What a judge said of an answer that somebody got.
package struct JudgementRecord: Sendable, Hashable {
    /// The request.
    package var request: String
    /// When it was judged, in seconds since 1970.
    package var time: Double
    package var release: Int?
    package var judge: String
    /// What it was judged by: `faithfulness` or `relevance`.
    package var criterion: String
    /// From 0 to 1; nil where the judge gave no verdict.
    package var score: Double?
    /// Names question and answer, so that one with a person's label is not counted twice.
    package var answer: ContentHash

    /// A judgement.
    package init(
        request: String, time: Double, release: Int?, judge: String, criterion: String, score: Double?,
        answer: ContentHash
    ) {
        self.request = request
        self.time = time
        self.release = release
        self.judge = judge
        self.criterion = criterion
        self.score = score
        self.answer = answer
    }
}

extension ServiceDatabase {
    /// Keeps a judgement.
    package func add(_ record: JudgementRecord) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO judgements (request, time, release, judge, criterion, score, answer)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    record.request, record.time, record.release, record.judge, record.criterion, record.score,
                    record.answer.hex,
                ])
        }
    }

    /// What was judged since a time, the oldest first.
    package func judgements(since time: Double, limit: Int = 100_000) async throws -> [JudgementRecord] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM judgements WHERE time >= ? ORDER BY time LIMIT ?",
                arguments: [time, limit]
            ).compactMap { row in
                guard let answer = ContentHash(hex: try row.decode(forColumn: "answer")) else { return nil }
                return JudgementRecord(
                    request: try row.decode(forColumn: "request"), time: try row.decode(forColumn: "time"),
                    release: try row.decode(Int?.self, forColumn: "release"),
                    judge: try row.decode(forColumn: "judge"), criterion: try row.decode(forColumn: "criterion"),
                    score: try row.decode(Double?.self, forColumn: "score"), answer: answer)
            }
        }
    }
}

internal import Base
internal import GRDB
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension CallRecord {
    /// Adds a row.
    func insert(in database: Database, lease: String?) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO calls (
                    started, project, study, trial, role, endpoint, model, outcome, code, cache_hit, input_tokens,
                    cached_input_tokens, cache_creation_tokens, output_tokens, reasoning_tokens, estimated, price, dollars,
                    milliseconds, first_piece_milliseconds, lease, search)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                started.timestamp, purpose.project, purpose.study, purpose.trial, purpose.role, endpoint, model,
                outcome.word, outcome.code, isCacheHit, usage?.inputTokens, usage?.cachedInputTokens,
                usage?.cacheCreationInputTokens, usage?.outputTokens, usage?.reasoningTokens,
                usage?.isEstimated ?? false, price?.canonicalText, dollars, milliseconds, firstPieceMilliseconds, lease,
                purpose.search,
            ])
        return database.lastInsertedRowID
    }

    /// Writes down how the call of a row ended.
    func update(_ id: Int64, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE calls SET
                    outcome = ?, code = ?, input_tokens = ?, cached_input_tokens = ?, cache_creation_tokens = ?,
                    output_tokens = ?, reasoning_tokens = ?, estimated = ?, dollars = ?, milliseconds = ?,
                    first_piece_milliseconds = ?, lease = NULL
                WHERE id = ? AND outcome = 'open'
                """,
            arguments: [
                outcome.word, outcome.code, usage?.inputTokens, usage?.cachedInputTokens,
                usage?.cacheCreationInputTokens, usage?.outputTokens, usage?.reasoningTokens,
                usage?.isEstimated ?? false, dollars, milliseconds, firstPieceMilliseconds, id,
            ])
    }

    /// From the columns of the table.
    init(row: Row) throws {
        let date: String = try row.decode(forColumn: "started")
        let word: String = try row.decode(forColumn: "outcome")
        guard let started = try? Date(date, strategy: .iso8601),
            let outcome = CallOutcome(word: word, code: try row.decode(forColumn: "code"))
        else { throw DamagedRow(description: "a call began at `\(date)` and ended as `\(word)`") }
        self.init(
            purpose: CallPurpose(
                project: try row.decode(forColumn: "project"), search: try row.decode(forColumn: "search"),
                study: try row.decode(forColumn: "study"), trial: try row.decode(forColumn: "trial"),
                role: try row.decode(forColumn: "role")),
            endpoint: try row.decode(forColumn: "endpoint"), model: try row.decode(forColumn: "model"),
            started: started, outcome: outcome)
        isCacheHit = try row.decode(forColumn: "cache_hit")
        if let input: Int = try row.decode(forColumn: "input_tokens"),
            let output: Int = try row.decode(forColumn: "output_tokens")
        {
            usage = TokenUsage(
                inputTokens: input, cachedInputTokens: try row.decode(forColumn: "cached_input_tokens"),
                cacheCreationInputTokens: try row.decode(forColumn: "cache_creation_tokens"), outputTokens: output,
                reasoningTokens: try row.decode(forColumn: "reasoning_tokens"),
                isEstimated: try row.decode(forColumn: "estimated"))
        }
        price = try (row.decode(String?.self, forColumn: "price")).map { try JSONValue(parsing: $0) }
        dollars = try row.decode(forColumn: "dollars")
        milliseconds = try row.decode(forColumn: "milliseconds")
        firstPieceMilliseconds = try row.decode(forColumn: "first_piece_milliseconds")
    }
}

extension CallOutcome {
    fileprivate var word: String {
        switch self {
        case .open: "open"
        case .ok: "ok"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .lost: "lost"
        }
    }

    fileprivate var code: String? {
        if case .failed(let code) = self { code } else { nil }
    }

    fileprivate init?(word: String, code: String?) {
        switch word {
        case "open": self = .open
        case "ok": self = .ok
        case "failed": self = .failed(code ?? "")
        case "cancelled": self = .cancelled
        case "lost": self = .lost
        default: return nil
        }
    }
}

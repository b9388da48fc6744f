package import Base
internal import GRDB

/// What a system that is not Neo's answered to one question.
package struct StoredReply: Sendable, Hashable {
    /// The answer, as it came.
    package var reply: JSONValue
    /// How long it took.
    package var milliseconds: Double

    package init(reply: JSONValue, milliseconds: Double) {
        self.reply = reply
        self.milliseconds = milliseconds
    }
}

extension NeoDatabase {
    /// Writes down an answer; of two answers of one system to one question the first counts.
    ///
    /// - Parameters:
    ///   - system: names the system and its version.
    ///   - question: names what it was asked.
    package func recordReply(_ reply: StoredReply, of system: ContentHash, to question: ContentHash) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO external_replies (system, question, reply, milliseconds) VALUES (?, ?, ?, ?)
                    ON CONFLICT (system, question) DO NOTHING
                    """,
                arguments: [system.hex, question.hex, reply.reply.canonicalText, reply.milliseconds]
            )
        }
    }

    /// The answer of a system to a question, or nil where none was written down.
    package func reply(of system: ContentHash, to question: ContentHash) async throws -> StoredReply? {
        try await read { database in
            try Row.fetchOne(
                database, sql: "SELECT reply, milliseconds FROM external_replies WHERE system = ? AND question = ?",
                arguments: [system.hex, question.hex]
            ).map { row in
                StoredReply(
                    reply: try JSONValue(parsing: row.decode(String.self, forColumn: "reply")),
                    milliseconds: try row.decode(forColumn: "milliseconds"))
            }
        }
    }
}

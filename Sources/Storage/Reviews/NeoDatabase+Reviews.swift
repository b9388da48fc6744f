internal import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension NeoDatabase {
    /// Writes a comment down and gives its number.
    package func comment(
        on target: CommentTarget, quote: String, text: String, author: String, at now: Date
    ) async throws -> Int64 {
        let created = now.timestamp
        return try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO comments (kind, target, quote, text, author, created) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [target.kind.rawValue, target.id, quote, text, author, created])
            return database.lastInsertedRowID
        }
    }

    /// The comments, the oldest first.
    ///
    /// - Parameters:
    ///   - isOpen: only those that are open, or only those that are settled; all where nil.
    ///   - target: only those about it.
    package func comments(isOpen: Bool? = nil, about target: CommentTarget? = nil) async throws -> [ReviewComment] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, kind, target, quote, text, author, created, resolved FROM comments
                    WHERE (:open IS NULL OR (resolved IS NULL) = :open)
                        AND (:kind IS NULL OR kind = :kind) AND (:target IS NULL OR target = :target)
                    ORDER BY id
                    """,
                arguments: ["open": isOpen, "kind": target?.kind.rawValue, "target": target?.id]
            ).map { row in
                let word: String = try row.decode(forColumn: "kind")
                guard let kind = CommentTarget.Kind(rawValue: word) else {
                    throw DamagedRow(description: "`\(word)` is nothing that is commented on")
                }
                return ReviewComment(
                    id: try row.decode(forColumn: "id"),
                    target: CommentTarget(kind, try row.decode(forColumn: "target")),
                    quote: try row.decode(forColumn: "quote"), text: try row.decode(forColumn: "text"),
                    author: try row.decode(forColumn: "author"), created: try row.decode(forColumn: "created"),
                    resolved: try row.decode(forColumn: "resolved"))
            }
        }
    }

    /// Settles a comment; whether there is one of that number. One that is settled stays as it was settled.
    package func resolveComment(_ id: Int64, at now: Date) async throws -> Bool {
        let resolved = now.timestamp
        return try await write { database in
            try database.execute(
                sql: "UPDATE comments SET resolved = coalesce(resolved, ?) WHERE id = ?", arguments: [resolved, id])
            return database.changesCount > 0
        }
    }

    /// Writes down that a person agreed to a content of a document; of two approvals of one content the first counts.
    ///
    /// - Parameter text: the content, so that a later one can be compared with it.
    package func approve(_ approval: ApprovalRecord, text: String) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO approved_texts (hash, text) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
                arguments: [approval.hash, text])
            try database.execute(
                sql: """
                    INSERT INTO approvals (document, hash, who, how, approved) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (document, hash) DO NOTHING
                    """,
                arguments: [approval.document, approval.hash, approval.who, approval.how, approval.approved])
        }
    }

    /// What a document said when it was approved; nil where that was not kept.
    package func approvedText(_ hash: String) async throws -> String? {
        try await read {
            try String.fetchOne($0, sql: "SELECT text FROM approved_texts WHERE hash = ?", arguments: [hash])
        }
    }

    /// The approvals of a document, the newest first.
    package func approvals(of document: String) async throws -> [ApprovalRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT document, hash, who, how, approved FROM approvals WHERE document = ?
                    ORDER BY approved DESC, hash
                    """,
                arguments: [document]
            ).map { row in
                ApprovalRecord(
                    document: try row.decode(forColumn: "document"), hash: try row.decode(forColumn: "hash"),
                    who: try row.decode(forColumn: "who"), how: try row.decode(forColumn: "how"),
                    approved: try row.decode(forColumn: "approved"))
            }
        }
    }
}

extension NeoDatabase {
    /// When the last call of a model began; nil where there was none.
    package func lastCallStarted() async throws -> String? {
        try await read { try String.fetchOne($0, sql: "SELECT max(started) FROM calls") }
    }
}

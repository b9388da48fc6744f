internal import Base
internal import GRDB

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A batch of items that people label.
package struct LabelBatch: Sendable, Hashable {
    /// Its name: `b3`.
    package let id: String
    package let created: String
    /// Who made it.
    package let author: String
    /// How many people label each item.
    package let people: Int
    /// Dollars for a minute of theirs.
    package let minutePrice: Double
}

/// An item of a batch; the content is kept as it was when the batch was made.
package struct LabelItem: Sendable, Hashable {
    package let id: String
    /// A JSON object, which is not looked into here.
    package let content: String
    /// What was decided where people differ; nil while nothing was.
    package let verdict: String?
    package let judge: String?
}

/// What one person says of an item.
package struct ItemLabel: Sendable, Hashable {
    package let item: String
    /// Which of the people, from 1.
    package let place: Int
    package let category: String
    package let comment: String
    package let seconds: Double
    package let labelled: String

    /// A label.
    package init(
        item: String, place: Int, category: String, comment: String, seconds: Double, labelled: String
    ) {
        self.item = item
        self.place = place
        self.category = category
        self.comment = comment
        self.seconds = seconds
        self.labelled = labelled
    }
}

/// Somebody who labels.
package struct Labeller: Sendable, Hashable {
    package let batch: String
    package let place: Int
    /// Who said that they are it; nil before the link is first used.
    package let name: String?
    /// When a page was last shown to them.
    package let shown: String?
}

/// What became of a label that was sent.
package enum LabelOutcome: Sendable, Hashable {
    case kept
    /// This person has labelled the item before; what is there stays.
    case already(category: String)
    /// The item is not of this batch.
    case unknown
}

extension NeoDatabase {
    /// Makes a batch.
    ///
    /// - Parameters:
    ///   - items: their names and contents, in the order in which they are shown.
    ///   - tokens: the SHA-256 of each person's token.
    /// - Returns: the batch's name.
    package func makeBatch(
        items: [(id: String, content: String)], tokens: [String], author: String, minutePrice: Double, at now: Date
    ) async throws -> String {
        let created = now.timestamp
        return try await write { database in
            let number = try Int.fetchOne(database, sql: "SELECT coalesce(max(number), 0) + 1 FROM label_batches") ?? 1
            let id = "b\(number)"
            try database.execute(
                sql: """
                    INSERT INTO label_batches (id, number, created, author, people, minute_price)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [id, number, created, author, tokens.count, minutePrice])
            for (position, item) in items.enumerated() {
                try database.execute(
                    sql: "INSERT INTO label_items (batch, item, position, content) VALUES (?, ?, ?, ?)",
                    arguments: [id, item.id, position, item.content])
            }
            try Self.setTokens(tokens, batch: id, database)
            return id
        }
    }

    /// Gives the people of a batch new tokens; the old ones are void. Names stay.
    package func renewTokens(_ tokens: [String], batch: String) async throws {
        try await write { try Self.setTokens(tokens, batch: batch, $0) }
    }

    private static func setTokens(_ tokens: [String], batch: String, _ database: Database) throws {
        for (offset, token) in tokens.enumerated() {
            try database.execute(
                sql: """
                    INSERT INTO labellers (batch, place, token) VALUES (?, ?, ?)
                    ON CONFLICT (batch, place) DO UPDATE SET token = excluded.token
                    """,
                arguments: [batch, offset + 1, token])
        }
    }

    /// All batches, the oldest first.
    package func batches() async throws -> [LabelBatch] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM label_batches ORDER BY number").map { row in
                LabelBatch(
                    id: try row.decode(forColumn: "id"), created: try row.decode(forColumn: "created"),
                    author: try row.decode(forColumn: "author"), people: try row.decode(forColumn: "people"),
                    minutePrice: try row.decode(forColumn: "minute_price"))
            }
        }
    }

    /// The items of a batch, in their order.
    package func items(ofBatch batch: String) async throws -> [LabelItem] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM label_items WHERE batch = ? ORDER BY position", arguments: [batch]
            ).map { row in
                LabelItem(
                    id: try row.decode(forColumn: "item"), content: try row.decode(forColumn: "content"),
                    verdict: try row.decode(forColumn: "verdict"), judge: try row.decode(forColumn: "judge"))
            }
        }
    }

    /// The labels of a batch, in the order of items and people.
    package func labels(ofBatch batch: String) async throws -> [ItemLabel] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT labels.* FROM labels JOIN label_items USING (batch, item) WHERE batch = ?
                    ORDER BY position, place
                    """,
                arguments: [batch]
            ).map { row in
                ItemLabel(
                    item: try row.decode(forColumn: "item"), place: try row.decode(forColumn: "place"),
                    category: try row.decode(forColumn: "category"), comment: try row.decode(forColumn: "comment"),
                    seconds: try row.decode(forColumn: "seconds"), labelled: try row.decode(forColumn: "labelled"))
            }
        }
    }

    /// The people of a batch.
    package func labellers(ofBatch batch: String) async throws -> [Labeller] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM labellers WHERE batch = ? ORDER BY place", arguments: [batch]
            ).map { try Labeller(row: $0) }
        }
    }

    /// Whose token this is, by its SHA-256.
    package func labeller(token: String) async throws -> Labeller? {
        try await read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM labellers WHERE token = ?", arguments: [token])
                .map { try Labeller(row: $0) }
        }
    }

    /// Notes that a page was shown, from which the time of the next label is counted.
    package func showed(_ labeller: Labeller, at now: Date) async throws {
        let shown = now.timestamp
        try await write { database in
            try database.execute(
                sql: "UPDATE labellers SET shown = ? WHERE batch = ? AND place = ?",
                arguments: [shown, labeller.batch, labeller.place])
        }
    }

    /// Gives a link to the first who says who they are.
    ///
    /// - Returns: whose it is now.
    package func claim(_ labeller: Labeller, name: String) async throws -> String {
        try await write { database in
            try database.execute(
                sql: "UPDATE labellers SET name = coalesce(name, ?) WHERE batch = ? AND place = ?",
                arguments: [name, labeller.batch, labeller.place])
            return try String.fetchOne(
                database, sql: "SELECT name FROM labellers WHERE batch = ? AND place = ?",
                arguments: [labeller.batch, labeller.place]) ?? name
        }
    }

    /// Keeps a label and what it cost, both or none. A second label of the same person changes nothing.
    ///
    /// - Parameter cost: the call by which the ledger knows the person's time.
    package func keep(
        _ label: ItemLabel, batch: String, cost: CallRecord
    ) async throws -> LabelOutcome {
        try await write { database in
            guard
                try Bool.fetchOne(
                    database, sql: "SELECT true FROM label_items WHERE batch = ? AND item = ?",
                    arguments: [batch, label.item]) == true
            else { return .unknown }
            if let category = try String.fetchOne(
                database, sql: "SELECT category FROM labels WHERE batch = ? AND item = ? AND place = ?",
                arguments: [batch, label.item, label.place])
            {
                return .already(category: category)
            }
            try database.execute(
                sql: """
                    INSERT INTO labels (batch, item, place, category, comment, seconds, labelled)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    batch, label.item, label.place, label.category, label.comment, label.seconds, label.labelled,
                ])
            _ = try cost.insert(in: database, lease: nil)
            return .kept
        }
    }

    /// Writes down what was decided of an item; whether there is one. A later decision takes the place of an earlier one.
    package func adjudicate(_ item: String, batch: String, as verdict: String, by judge: String) async throws -> Bool {
        try await write { database in
            try database.execute(
                sql: "UPDATE label_items SET verdict = ?, judge = ? WHERE batch = ? AND item = ?",
                arguments: [verdict, judge, batch, item])
            return database.changesCount > 0
        }
    }
}

extension Labeller {
    fileprivate init(row: Row) throws {
        self.init(
            batch: try row.decode(forColumn: "batch"), place: try row.decode(forColumn: "place"),
            name: try row.decode(forColumn: "name"), shown: try row.decode(forColumn: "shown"))
    }
}

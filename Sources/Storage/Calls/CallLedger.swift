internal import Base
internal import GRDB
internal import Synchronization

/// Every call of a model, with what it cost, and the budgets that calls may not exceed: in the project's database.
///
/// A call is written down before it is made, with the most that it may cost, and again when it has ended. So nothing is
/// forgotten: a process that is killed in between leaves an open row, and whoever opens the ledger next, or runs into a
/// budget, settles it at its estimate.
package final class CallLedger: Sendable {
    /// The database's file.
    package var path: String { database.path }
    let database: NeoDatabase
    let lease: CallLease
    private let settling = Mutex(Settling())

    private struct Settling {
        var number = 0
        var tasks: [Int: Task<Void, Never>] = [:]
    }

    /// The ledger in a project's database; settles what processes left that are no more.
    ///
    /// - Throws: ``StorageError``.
    package init(_ database: NeoDatabase) async throws {
        self.database = database
        do {
            lease = try CallLease(folder: directory(of: database.path) + "/leases")
        } catch {
            throw StorageError(error, path: database.path)
        }
        try await settleLost()
        // A process that was killed while no call was under way leaves its file only.
        lease.sweep()
    }

    /// Writes down a call that has ended and cost nothing that was reserved: one from a recording.
    package func record(_ call: CallRecord) async throws {
        try await database.write { _ = try call.insert(in: $0, lease: nil) }
    }

    /// All calls, in the order in which they began.
    package func calls() async throws -> [CallRecord] {
        try await database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM calls ORDER BY id").map { try CallRecord(row: $0) }
        }
    }

    /// Runs work that must be done also when the caller is cancelled, or has gone; ``drain()`` waits for it.
    package func settle(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        settling.withLock { state in
            let number = state.number
            state.number += 1
            let task = Task {
                await work()
                self.settling.withLock { $0.tasks[number] = nil }
            }
            state.tasks[number] = task
            return task
        }
    }

    /// Waits until all is written down that has ended.
    package func drain() async {
        while let task = settling.withLock({ $0.tasks.values.first }) { await task.value }
    }

    /// Settles the calls of processes that are no more at what was reserved for them.
    package func settleLost() async throws {
        let open = try await database.read { database in
            try String.fetchAll(database, sql: "SELECT DISTINCT lease FROM calls WHERE outcome = 'open'")
        }
        let dead = open.filter { lease.isDead($0) }
        guard !dead.isEmpty else { return }
        try await database.write { database in
            for lease in dead {
                try Self.settle(
                    "call IN (SELECT id FROM calls WHERE outcome = 'open' AND lease = ?)", [lease], in: database)
                try database.execute(
                    sql: """
                        UPDATE calls SET outcome = 'lost', estimated = 1, lease = NULL
                        WHERE outcome = 'open' AND lease = ?
                        """,
                    arguments: [lease])
            }
        }
        lease.sweep()
    }
}

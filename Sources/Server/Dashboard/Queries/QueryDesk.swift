internal import Base
internal import HTTPTypes
internal import Synchronization
internal import Tracking

/// Answers the queries of people who look at the dashboard: few at a time and none for long, so that a browser cannot fill
/// the machine.
final class QueryDesk: Sendable {
    /// So many run at once.
    static let most = 2
    /// The longest that one may take.
    static let timeLimitSeconds = 20.0
    /// The longest query; a longer one has no room in an address.
    static let longest = 6000
    /// The most that a result may have on disk before it is read.
    static let mostBytes = 16 << 20

    private let find: @Sendable () -> DuckDB?
    private let running = Mutex(0)

    /// - Parameter find: DuckDB, where it is installed: looking at a page installs nothing.
    init(find: @escaping @Sendable () -> DuckDB? = { DuckDBInstallation().found }) { self.find = find }

    /// The first rows of a query's result.
    ///
    /// - Throws: ``RequestFailure`` where DuckDB is not there or has no time; `TrackingError` with what it said of the query.
    func rows(of sql: String, in store: RunStore, limit: Int) async throws -> QueryRows {
        guard sql.utf8.count <= Self.longest else {
            throw RequestFailure.invalid(
                "The query has more than \(Self.longest) bytes, which is too much for an address; `neo query` takes it."
            )
        }
        guard let duckDB = find() else { throw Self.missing }
        return try await inTurn {
            try await ProjectQueries(store, with: duckDB, timeLimitSeconds: Self.timeLimitSeconds)
                .rows(of: sql, limit: limit, maximumBytes: Self.mostBytes)
        }
    }

    /// Does something unless too many do already.
    func inTurn<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let isFree = running.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        guard isFree else {
            throw RequestFailure(
                .serviceUnavailable, code: "too_many_queries",
                "\(Self.most) queries run already, so this one was not begun; run it again in a moment.",
                headers: [.retryAfter: "5"])
        }
        defer { running.withLock { $0 -= 1 } }
        return try await body()
    }

    private static let missing = RequestFailure(
        .serviceUnavailable, code: "no_duckdb",
        "DuckDB, which answers queries, is not installed on this machine. `neo query \"SHOW TABLES\"`, run once in the "
            + "project's folder, installs it.")
}

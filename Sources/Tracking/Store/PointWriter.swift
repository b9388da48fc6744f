internal import Base
internal import GRDB
internal import GRDBSQLite

/// Writes points within one transaction: what is known of runs, names and series is kept in memory until ``finish()``.
///
/// SQLite's C interface is called for the points themselves, and for nothing else: a statement's arguments as an array
/// cost more than the row.
struct PointWriter {
    /// What `series` says of one metric of one run.
    private struct Series {
        var count: Int
        var lastStep: Int
        var lastTime: Double
        var lastValue: Double
        var minimum: Double
        var maximum: Double
    }

    private struct SeriesKey: Hashable {
        var run: Int64
        var metric: Int64
    }

    private struct MetricName: Hashable {
        var name: String
        var isSystem: Bool
    }

    private let database: Database
    private let insertion: Statement
    private var metrics: [MetricName: Int64] = [:]
    private var series: [SeriesKey: Series] = [:]
    private var counts: [Int64: Int] = [:]

    init(_ database: Database) throws {
        self.database = database
        insertion = try database.cachedStatement(
            sql: "INSERT INTO points (run, metric, number, step, time, value) VALUES (?, ?, ?, ?, ?, ?)")
    }

    /// Adds a point behind the others of its series.
    mutating func add(
        _ value: Double, metric name: String, isSystem: Bool, run: Int64, step: Int, time: Double
    ) throws {
        let metric = try number(of: MetricName(name: name, isSystem: isSystem))
        let key = SeriesKey(run: run, metric: metric)
        var state = try series[key] ?? read(key)
        let statement = insertion.sqliteStatement
        sqlite3_bind_int64(statement, 1, run)
        sqlite3_bind_int64(statement, 2, metric)
        sqlite3_bind_int64(statement, 3, Int64(state.count))
        sqlite3_bind_int64(statement, 4, Int64(step))
        sqlite3_bind_double(statement, 5, time)
        // NaN becomes NULL.
        sqlite3_bind_double(statement, 6, value)
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        state.count += 1
        (state.lastStep, state.lastTime, state.lastValue) = (step, time, value)
        if !value.isNaN {
            state.minimum = state.minimum.isNaN ? value : min(state.minimum, value)
            state.maximum = state.maximum.isNaN ? value : max(state.maximum, value)
        }
        series[key] = state
        counts[run, default: 0] += 1
    }

    /// Writes what was kept.
    mutating func finish() throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO series (run, metric, count, last_step, last_time, last_value, minimum, maximum)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (run, metric) DO UPDATE SET count = excluded.count, last_step = excluded.last_step,
                    last_time = excluded.last_time, last_value = excluded.last_value, minimum = excluded.minimum,
                    maximum = excluded.maximum
                """)
        for (key, state) in series {
            try statement.execute(arguments: [
                key.run, key.metric, state.count, state.lastStep, state.lastTime, state.lastValue.orNull,
                state.minimum.orNull, state.maximum.orNull,
            ])
        }
        for (run, count) in counts {
            try database.execute(
                sql: "UPDATE runs SET points = points + ? WHERE number = ?", arguments: [count, run])
        }
        series = [:]
        counts = [:]
    }

    private func read(_ key: SeriesKey) throws -> Series {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count, last_step, last_time, last_value, minimum, maximum FROM series
                WHERE run = ? AND metric = ?
                """, arguments: [key.run, key.metric])
        guard let row else {
            return Series(count: 0, lastStep: 0, lastTime: 0, lastValue: .nan, minimum: .nan, maximum: .nan)
        }
        return Series(
            count: row["count"], lastStep: row["last_step"], lastTime: row["last_time"],
            lastValue: row["last_value"] ?? .nan, minimum: row["minimum"] ?? .nan, maximum: row["maximum"] ?? .nan)
    }

    private mutating func number(of metric: MetricName) throws -> Int64 {
        if let known = metrics[metric] { return known }
        let found =
            try Int64.fetchOne(
                database,
                sql: """
                    INSERT INTO metrics (name, is_system) VALUES (?, ?)
                    ON CONFLICT (name, is_system) DO UPDATE SET name = name RETURNING id
                    """, arguments: [metric.name, metric.isSystem]) ?? 0
        metrics[metric] = found
        return found
    }
}

extension Double {
    /// NaN is NULL, as SQLite has no NaN.
    var orNull: Double? { isNaN ? nil : self }
}

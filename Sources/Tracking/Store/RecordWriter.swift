internal import Base
internal import GRDB

/// Applies records to the tables, within one transaction.
struct RecordWriter {
    /// What a record needs to know of its run.
    private struct Known {
        var number: Int64
        var lastStep: Int?
        var lastLogged: Double
        var changed = false

        /// As Trackio counts: a record without a step comes one step after the last.
        mutating func takeStep(_ given: Int?) -> Int {
            let step = given ?? lastStep.map { $0 + 1 } ?? 0
            lastStep = max(step, lastStep ?? step)
            return step
        }
    }

    private let database: Database
    private let project: String
    private let now: Double
    private var points: PointWriter
    private var runs: [RunID: Known] = [:]
    /// The run of the last line: lines of one run come in a row.
    private var last: (bytes: [UInt8], id: RunID)?

    /// - Parameters:
    ///   - project: The project of runs that name none.
    ///   - now: The time of records that name none, in seconds since 1970.
    init(_ database: Database, project: String, now: Double) throws {
        self.database = database
        self.project = project
        self.now = now
        points = try PointWriter(database)
    }

    /// Applies one record.
    mutating func apply(_ record: LogRecord) throws {
        var run = try runs[record.run] ?? find(record)
        let time = record.time ?? now
        run.lastLogged = max(run.lastLogged, time)
        run.changed = true
        switch record.content {
        case .run(let facts): try update(run.number, record, facts)
        case .metrics(let values):
            let step = run.takeStep(record.step)
            for (name, value) in values {
                try points.add(value, metric: name, isSystem: false, run: run.number, step: step, time: time)
            }
        case .systemMetrics(let values):
            for (name, value) in values {
                try points.add(value, metric: name, isSystem: true, run: run.number, step: record.step ?? 0, time: time)
            }
        case .entry(let entry):
            try database.execute(
                sql: """
                    INSERT INTO entries (run, kind, key, step, time, content, hash, bytes, media_type)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run.number, entry.kind.rawValue, entry.key, record.step, time, entry.content, entry.hash?.hex,
                    entry.bytes, entry.mediaType,
                ])
        case .alert(let alert):
            try database.execute(
                sql: "INSERT INTO alerts (run, time, step, level, title, text, rule) VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    run.number, time, record.step, alert.level.rawValue, alert.title, alert.text, alert.rule,
                ])
        case .end(let status, let failure):
            try database.execute(
                sql: "UPDATE runs SET status = ?, failure = ?, ended = ? WHERE number = ?",
                arguments: [status.rawValue, failure, time, run.number])
        }
        runs[record.run] = run
    }

    /// Applies a line of figures.
    ///
    /// - Returns: false where it is for ``LogRecord`` to read after all; nothing was written then.
    mutating func apply(_ line: MetricLine) throws -> Bool {
        // The first line of a run makes it.
        guard let id = id(of: line.run), var run = runs[id] else { return false }
        var names: [(text: String, value: Double)] = []
        names.reserveCapacity(line.values.count)
        for (name, value) in line.values {
            guard let text = String(validating: name, as: UTF8.self) else { return false }
            names.append((text, value))
        }
        let time = line.time ?? now
        run.lastLogged = max(run.lastLogged, time)
        run.changed = true
        let step = line.isSystem ? line.step ?? 0 : run.takeStep(line.step)
        for (name, value) in names {
            try points.add(value, metric: name, isSystem: line.isSystem, run: run.number, step: step, time: time)
        }
        runs[id] = run
        return true
    }

    private mutating func id(of bytes: UnsafeRawBufferPointer) -> RunID? {
        if let last, last.bytes.elementsEqual(bytes) { return last.id }
        guard let text = String(validating: bytes, as: UTF8.self), let id = try? RunID(text) else { return nil }
        last = (Array(bytes), id)
        return id
    }

    /// Writes what was kept in memory.
    mutating func finish() throws {
        try points.finish()
        for run in runs.values where run.changed {
            try database.execute(
                sql: "UPDATE runs SET last_logged = ?, last_step = ? WHERE number = ?",
                arguments: [run.lastLogged, run.lastStep, run.number])
        }
        runs = [:]
    }

    /// The run of a record; one of which nobody has heard begins now.
    private func find(_ record: LogRecord) throws -> Known {
        let row = try Row.fetchOne(
            database, sql: "SELECT number, last_step, last_logged FROM runs WHERE id = ?",
            arguments: [record.run.text])
        if let row { return Known(number: row["number"], lastStep: row["last_step"], lastLogged: row["last_logged"]) }
        let time = record.time ?? now
        try database.execute(
            sql: """
                INSERT INTO runs (id, project, kind, name, status, configuration, tags, command, started, last_logged)
                VALUES (?, ?, 'run', ?, 'running', '{}', '[]', '[]', ?, ?)
                """,
            arguments: [record.run.text, record.project ?? project, record.name ?? record.run.text, time, time])
        return Known(number: database.lastInsertedRowID, lastStep: nil, lastLogged: time)
    }

    /// What the facts are silent about stays; configurations are merged.
    private func update(_ run: Int64, _ record: LogRecord, _ facts: RunFacts) throws {
        if let new = facts.configuration?.object {
            let text = try String.fetchOne(
                database, sql: "SELECT configuration FROM runs WHERE number = ?", arguments: [run])
            let old = try text.map { try JSONValue(parsing: $0) }?.object ?? [:]
            let merged = JSONValue.object(old.merging(new) { _, new in new })
            try database.execute(
                sql: "UPDATE runs SET configuration = ? WHERE number = ?", arguments: [merged.canonicalText, run])
        }
        let origin = facts.origin
        try database.execute(
            sql: """
                UPDATE runs SET name = ifnull(?, name), project = ifnull(?, project), kind = ifnull(?, kind),
                    "group" = ifnull(?, "group"), parent = ifnull(?, parent), tags = ifnull(?, tags),
                    git_commit = ifnull(?, git_commit), git_dirty = ifnull(?, git_dirty), host = ifnull(?, host),
                    hardware = ifnull(?, hardware), command = ifnull(?, command), seed = ifnull(?, seed),
                    notes = ifnull(?, notes), writer = ifnull(?, writer),
                    -- A process takes it up, perhaps again.
                    status = iif(? IS NULL, status, 'running'), ended = iif(? IS NULL, ended, NULL),
                    failure = iif(? IS NULL, failure, NULL)
                WHERE number = ?
                """,
            arguments: [
                record.name, record.project, facts.kind, facts.group, facts.parent?.text,
                facts.tags.map { JSONValue.array($0.map { .string($0) }).canonicalText }, origin.commit, origin.isDirty,
                origin.host, origin.hardware?.canonicalText,
                origin.command.isEmpty
                    ? nil : JSONValue.array(origin.command.map { .string($0) }).canonicalText,
                origin.seed.map { String($0) }, facts.notes, facts.writer,
                facts.writer, facts.writer, facts.writer, run,
            ])
    }
}

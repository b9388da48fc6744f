internal import Base
internal import GRDB
internal import Storage

/// Writes runs into the databases that Trackio reads.
///
/// What was written before is found again by its `log_id`, so that writing twice leaves one of each, and a corrected value
/// replaces the old one. Runs that did not change since are passed over.
package struct TrackioExport: Sendable {
    /// What was written.
    package struct Summary: Sendable, Hashable {
        /// Runs that were written, parts of others included.
        package var runs = 0
        /// Rows of metrics, of the machine's ones as well.
        package var rows = 0
        /// Runs that Trackio has as they are.
        package var unchanged = 0
        /// The databases.
        package var files: [String] = []
    }

    private let folder: TrackioFolder

    package init(to folder: TrackioFolder) { self.folder = folder }

    /// Writes the runs of a store that changed since they were last written: all, or one and its parts.
    package func write(_ store: RunStore, of run: RunID? = nil) async throws -> Summary {
        var query = RunQuery()
        (query.limit, query.parent) = (.max, run)
        var all = try await store.runs(query)
        if let run { all.append(try await store.run(run.text)) }
        var summary = Summary()
        for (project, runs) in Dictionary(grouping: all, by: \.project).sorted(by: { $0.key < $1.key }) {
            let path = folder.database(of: project)
            summary.files.append(path)
            // As they began: Trackio lists runs in the order of their rows.
            let ordered = runs.reversed() as [Run]
            summary = try await store.database.read { [folder, summary] database in
                var summary = summary
                try folder.withLock(of: project) {
                    let target: DatabaseQueue
                    do {
                        target = try Self.open(path)
                        // Asked at once: of a thousand trials of a search that goes on, one or two are new.
                        let known = try target.read { try TrackioRun.versions($0) }
                        let corrections = try TrackioRun.corrections(database)
                        for run in ordered {
                            let version = TrackioRun.version(of: run, corrections: corrections[run.id.text] ?? 0)
                            guard known[run.id.text] != version else {
                                summary.unchanged += 1
                                continue
                            }
                            summary.runs += 1
                            summary.rows += try target.write {
                                try TrackioRun(run, from: database, to: $0).write(as: version)
                            }
                        }
                        try target.close()
                    } catch let error as DatabaseError {
                        throw TrackingError(
                            .fileSystem,
                            "Trackio's database \(path) cannot be written: \(error.message ?? "\(error.resultCode)").",
                            cause: error)
                    }
                }
                return summary
            }
        }
        return summary
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
        }
        try queue.write { try TrackioSchema.make($0) }
        return queue
    }
}

internal import Base
internal import GRDB
internal import Storage

/// The runs of a project: what was logged, and what people said of it since.
package final class RunStore: Sendable {
    /// What came from the inbox.
    package struct Refreshed: Sendable, Hashable {
        /// How many lines were taken.
        package var records = 0
        /// How many could not be read; they are kept in ``rejections(limit:)``.
        package var rejected = 0
        /// Why the inbox was left as it is, where it was.
        package var failure: String?
    }

    /// The project's state, `.neo`.
    package let folder: String
    let database: RunDatabase
    let project: String

    private init(folder: String, project: String, database: RunDatabase) {
        self.folder = folder
        self.project = project
        self.database = database
    }

    /// Opens the runs of a project, which need not have any.
    ///
    /// - Parameters:
    ///   - folder: its `.neo`.
    ///   - project: its name, which runs get that name none.
    /// - Throws: `StorageError` where the database is damaged, or of a newer version. One that may not be written is opened
    ///   for reading.
    package static func open(_ folder: String, project: String) throws -> RunStore {
        let path = folder + "/runs.db"
        do {
            return RunStore(folder: folder, project: project, database: try RunDatabase(path: path))
        } catch let error where error.code == .fileSystem {
            guard let database = try? RunDatabase(readingOnly: path) else { throw error }
            return RunStore(folder: folder, project: project, database: database)
        }
    }

    /// `.neo/inbox`.
    package var inbox: String { folder + "/inbox" }

    /// Takes what programs have logged since. Everything that reads calls it first.
    ///
    /// Another process that does the same is waited for. Where the database may not be written or is locked, what was
    /// taken before can still be read, and the reason is returned.
    package func refresh() async throws -> Refreshed {
        guard !database.isReadOnly else {
            return Refreshed(failure: "\(database.path) may not be written, so what was logged since is not in it.")
        }
        guard !InboxFolder(path: inbox).writers().isEmpty else { return Refreshed() }
        do {
            let taken = try await withPatience { try await self.ingestion.run() }
            return Refreshed(records: taken.records, rejected: taken.rejected)
        } catch let error as StorageError where [.busy, .fileSystem, .diskFull].contains(error.code) {
            return Refreshed(failure: error.message)
        }
    }

    private var ingestion: Ingestion {
        Ingestion(database: database, inbox: inbox, project: project, now: Wall.seconds)
    }

    private func withPatience<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        for _ in 0..<250 {
            do {
                return try await withExclusiveLock(at: inbox + "/.lock", purpose: "Reading the inbox of runs", body)
            } catch let error as StorageError where error.code == .busy {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        return try await withExclusiveLock(at: inbox + "/.lock", purpose: "Reading the inbox of runs", body)
    }
}

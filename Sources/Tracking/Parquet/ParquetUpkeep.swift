internal import Base
internal import Processes
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Keeps the Parquet files of runs that have ended as they should be, in a process of its own: who sees a run end starts it
/// and does not wait for it.
///
/// Of several, one works: it holds `.neo/parquet.lock`, which the system gives back however it dies. What it saw last stands
/// in `.neo/parquet.json`, so that none is started where nothing has ended since. It ends when all is written, and when the
/// project's folder is gone. It installs nothing: without DuckDB there is none.
package struct ParquetUpkeep: Sendable {
    private let program: [String]
    private let duckDB: @Sendable () -> DuckDB?

    /// - Parameters:
    ///   - program: the program, and what stands before the project's folder among its arguments, that calls
    ///     ``run(on:with:pauseSeconds:)``.
    ///   - duckDB: where DuckDB is; nil where it is not.
    package init(program: [String], duckDB: @escaping @Sendable () -> DuckDB? = { DuckDBInstallation().found }) {
        self.program = program
        self.duckDB = duckDB
    }

    static func lockPath(_ state: String) -> String { state + "/parquet.lock" }

    /// Starts it where runs have ended since it last looked.
    package func start(for store: RunStore) async {
        guard duckDB() != nil, (try? await Self.isDue(store)) == true else { return }
        await start(in: store.folder)
    }

    /// Starts it where a run has just ended that nobody has read yet. A search is not disturbed: its own end is one, too.
    ///
    /// - Parameter state: the project's `.neo`.
    package func start(in state: String) async {
        guard let file = program.first, duckDB() != nil, lockHolder(at: state + "/search.lock") == nil,
            !isLockHeld(at: Self.lockPath(state))
        else { return }
        let project = state.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        // Where it cannot be started, the next one who sees a run end tries again.
        try? await ChildProcess(executable: file, arguments: program.dropFirst() + [project])
            .startDetached(appendingTo: "/dev/null")
    }

    /// Why a run that has ended has no files.
    ///
    /// - Parameter isOff: whether `neo.yaml` says that there are to be none.
    package func reason(_ store: RunStore, isOff: Bool) -> String {
        if isOff { return "`tracking: {parquet: false}` in neo.yaml" }
        guard duckDB() != nil else { return "DuckDB is not on this machine; `neo export parquet` installs it" }
        return Memory.read(store.folder)?.failure ?? "they are written in a moment"
    }

    // MARK: - In the process

    /// Writes what is missing, and looks again until nothing is.
    ///
    /// - Parameter pauseSeconds: how long it waits before it begins, so that what ends together is written together.
    /// - Returns: how many runs were written; 0 also where another process does it.
    package static func run(on store: RunStore, with duckDB: DuckDB, pauseSeconds: Double = 0) async throws -> Int {
        try await whileThere(store.folder) {
            var written = 0
            var attempts = 0
            while true {
                do {
                    written += try await withExclusiveLock(at: lockPath(store.folder), purpose: "This") {
                        try await Task.sleep(for: .seconds(pauseSeconds))
                        return try await settle(store, duckDB)
                    }
                    // Who saw the lock held a moment ago started no other one.
                    guard try await isDue(store) else { return written }
                } catch let error as StorageError where error.code == .busy {
                    // Who only looks whether the lock is held, holds it for a moment.
                    attempts += 1
                    guard attempts < 5 else { return written }
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        } ?? 0
    }

    private static func settle(_ store: RunStore, _ duckDB: DuckDB) async throws -> Int {
        var written = 0
        while let stamp = try await unseen(store) {
            do {
                written += try await ParquetArchive(store, with: duckDB).writeMissingAlone().count
            } catch {
                // Not again for the same runs: `neo runs show` says why, and `neo export parquet` tries.
                if !(error is CancellationError), !Task.isCancelled {
                    try Memory(seen: stamp, failure: sentence(for: error)).write(store.folder)
                }
                throw error
            }
            try Memory(seen: stamp, failure: nil).write(store.folder)
        }
        return written
    }

    private static func isDue(_ store: RunStore) async throws -> Bool {
        guard let stamp = try await ParquetArchive.stamp(of: store) else { return false }
        return stamp != Memory.read(store.folder)?.seen
    }

    /// What there is to be written, after what was logged until now was taken in; nil where nothing is.
    private static func unseen(_ store: RunStore) async throws -> String? {
        _ = try await store.refresh()
        guard let stamp = try await ParquetArchive.stamp(of: store) else { return nil }
        return stamp != Memory.read(store.folder)?.seen ? stamp : nil
    }

    /// Runs the body while the folder is the one that it was; nil where it was taken away meanwhile.
    private static func whileThere<Value: Sendable>(
        _ folder: String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        guard let number = number(of: folder) else { return nil }
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while self.number(of: folder) == number { try await Task.sleep(for: .milliseconds(500)) }
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private static func number(of folder: String) -> Int? {
        let facts = try? FileManager.default.attributesOfItem(atPath: folder)
        return facts?[.systemFileNumber] as? Int
            ?? (facts?[.systemFileNumber] as? UInt64).map { Int(truncatingIfNeeded: $0) }
    }

    /// What was done last: `.neo/parquet.json`.
    private struct Memory {
        /// What there was, as ``ParquetArchive/stamp(of:)`` says it.
        var seen: String
        /// Why it could not be written.
        var failure: String?

        private static func path(_ state: String) -> String { state + "/parquet.json" }

        static func read(_ state: String) -> Memory? {
            guard let data = FileManager.default.contents(atPath: path(state)), data.count < 1 << 16,
                let value = try? JSONValue(parsing: data), let seen = value["seen"]?.string
            else { return nil }
            return Memory(seen: seen, failure: value["failure"]?.string)
        }

        func write(_ state: String) throws {
            let value: JSONValue = ["seen": .string(seen), "failure": failure.map { .string($0) } ?? .null]
            try WholeFile.write(Array((value.canonicalText + "\n").utf8), to: Self.path(state))
        }
    }
}

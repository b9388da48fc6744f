package import Base
internal import Synchronization

/// Keeps what a stage computed, by the hash of all that went into it, for later trials, runs and processes.
///
/// Callers of one key share one computation. The cache is an optimisation only: whatever is wrong with its files is
/// reported, and the value is computed.
///
/// ```swift
/// let chunks = try await cache.value(forKey: key) { try await chunk(documents).encoded }
/// ```
package final class StageCache: Sendable {
    private typealias Waiter = CheckedContinuation<[UInt8], any Error>

    /// One computation and those who wait for it.
    private struct Flight {
        let number: Int
        let task: Task<Void, Never>
        var waiters: [Int: Waiter]
    }

    private struct State {
        var flights: [ContentHash: Flight] = [:]
        var statistics = CacheStatistics()
        var reported = false
        private var last = 0

        /// A number for a waiter or a flight.
        mutating func number() -> Int {
            last += 1
            return last
        }
    }

    private let folder: CacheFolder
    private let diagnostics: DiagnosticCollector
    private let state = Mutex(State())

    /// A cache in a directory, which is made when the first value is written.
    ///
    /// - Parameters:
    ///   - directory: `.neo/cache`; it may be deleted at any time.
    ///   - limitBytes: How large all files may be together; beyond that the longest unused ones are removed.
    ///   - diagnostics: Hears of damaged entries, and once of a disk that cannot be written.
    ///   - time: Where the time of use comes from.
    package convenience init(
        directory: String,
        limitBytes: Int = 4 << 30,
        diagnostics: DiagnosticCollector,
        time: TimeSource = .system
    ) {
        self.init(
            directory: directory, limitBytes: limitBytes, diagnostics: diagnostics, time: time, write: writeFile)
    }

    init(
        directory: String,
        limitBytes: Int,
        diagnostics: DiagnosticCollector,
        time: TimeSource,
        write: @escaping CacheFolder.FileWriter
    ) {
        folder = CacheFolder(directory, limitBytes: limitBytes, time: time, write: write)
        self.diagnostics = diagnostics
    }

    /// What was done so far.
    package var statistics: CacheStatistics { state.withLock { $0.statistics } }

    /// The value of a key: from the disk, from another caller who is computing it now, or computed.
    ///
    /// A caller that is cancelled leaves at once; the computation itself is cancelled when nobody waits for it any
    /// longer. What it throws is thrown to all who wait, and nothing is kept.
    package func value(
        forKey key: ContentHash,
        compute: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        let number = state.withLock { $0.number() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                join(key, number, waiter, compute)
                // A cancellation before the line above found nobody to wake.
                if Task.isCancelled { leave(key, number) }
            }
        } onCancel: {
            leave(key, number)
        }
    }

    /// The value of a key if it is on the disk; nothing is computed.
    package func kept(forKey key: ContentHash) -> [UInt8]? {
        stored(key)
    }

    /// Puts a value in the place of the one that a key has: for lists of what else is kept.
    package func replace(_ value: [UInt8], forKey key: ContentHash) {
        store(value, for: key)
    }

    private func join(
        _ key: ContentHash, _ number: Int, _ waiter: Waiter, _ compute: @escaping @Sendable () async throws -> [UInt8]
    ) {
        state.withLock { state in
            guard state.flights[key] == nil else {
                state.flights[key]?.waiters[number] = waiter
                state.statistics.shared += 1
                return
            }
            let flight = state.number()
            // The computation outlives a caller that is cancelled, so it is no child of any; `leave` supervises it.
            let task = Task { await fly(key, flight, compute) }
            state.flights[key] = Flight(number: flight, task: task, waiters: [number: waiter])
        }
    }

    private func leave(_ key: ContentHash, _ number: Int) {
        let (waiter, abandoned) = state.withLock { state -> (Waiter?, Task<Void, Never>?) in
            guard let waiter = state.flights[key]?.waiters.removeValue(forKey: number) else { return (nil, nil) }
            guard let flight = state.flights[key], flight.waiters.isEmpty else { return (waiter, nil) }
            state.flights[key] = nil
            return (waiter, flight.task)
        }
        abandoned?.cancel()
        waiter?.resume(throwing: CancellationError())
    }

    @concurrent
    private func fly(
        _ key: ContentHash, _ number: Int, _ compute: @escaping @Sendable () async throws -> [UInt8]
    ) async {
        let result: Result<[UInt8], any Error>
        do {
            result = .success(try await find(key, compute))
        } catch {
            result = .failure(error)
        }
        let waiters = state.withLock { state -> [Waiter] in
            // Everybody may have left, and somebody else begun anew.
            guard state.flights[key]?.number == number else { return [] }
            return state.flights.removeValue(forKey: key).map { Array($0.waiters.values) } ?? []
        }
        for waiter in waiters {
            waiter.resume(with: result)
        }
    }

    private func find(
        _ key: ContentHash, _ compute: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> [UInt8] {
        if let value = stored(key) { return value }
        let value = try await compute()
        state.withLock { $0.statistics.misses += 1 }
        store(value, for: key)
        return value
    }
}

extension StageCache {
    /// The value on the disk, if it is there and intact.
    private func stored(_ key: ContentHash) -> [UInt8]? {
        do {
            switch try folder.read(key) {
            case .missing:
                return nil
            case .value(let value):
                state.withLock {
                    $0.statistics.hits += 1
                    $0.statistics.bytesRead += value.count
                }
                return value
            case .damaged:
                folder.remove(key)
                state.withLock { $0.statistics.damaged += 1 }
                diagnostics.add(
                    Diagnostic(
                        .warning,
                        "This cache entry was damaged; it was removed and is computed again. If this happens often, check "
                            + "the disk.",
                        file: folder.file(of: key)
                    )
                )
                return nil
            }
        } catch {
            reportOnce("A cache entry could not be read and is computed again: \(error).", key)
            return nil
        }
    }

    private func store(_ value: [UInt8], for key: ContentHash) {
        do {
            guard let removed = try folder.store(value, for: key) else { return }
            state.withLock {
                $0.statistics.bytesWritten += value.count
                $0.statistics.evictions += removed
            }
        } catch {
            let remedy = error.isDiskFull ? "The disk is full; make room." : "Check the folder."
            reportOnce("The cache could not be written, so all is computed again next time: \(error). \(remedy)", key)
        }
    }

    /// One sentence is enough for what will go wrong at every entry.
    private func reportOnce(_ message: String, _ key: ContentHash) {
        let isFirst = state.withLock { state in
            defer { state.reported = true }
            return !state.reported
        }
        if isFirst { diagnostics.add(Diagnostic(.warning, message, file: folder.file(of: key))) }
    }
}

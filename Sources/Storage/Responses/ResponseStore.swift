package import Base
internal import GRDB
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What models answered, by what they were asked: an SQLite file of its own, which may be deleted at any time.
///
/// Nothing that happens to it stops the work. A damaged file is put aside, once and with a warning, and a new one begun;
/// where no file can be opened, every look finds nothing. Several processes may use one file at the same time (WAL). It
/// grows to `limitBytes`; then what was used longest ago is thrown out.
package final class ResponseStore: Sendable {
    /// The file.
    package let path: String
    /// How large the file may become.
    let limitBytes: Int
    /// How old an answer may be; nil where it never expires.
    let lifetimeSeconds: Double?
    let time: TimeSource
    private let diagnostics: DiagnosticCollector
    private let state = Mutex(State())

    private struct State {
        var open: OpenedStore?
        var hasReported = false
    }

    /// Opens the file, or makes a new one, with all folders above it.
    package init(
        path: String, limitBytes: Int = 1 << 30, lifetimeSeconds: Double? = nil, time: TimeSource = .system,
        diagnostics: DiagnosticCollector
    ) {
        self.path = path
        self.limitBytes = limitBytes
        self.lifetimeSeconds = lifetimeSeconds
        self.time = time
        self.diagnostics = diagnostics
        reopen(unless: nil)
    }

    /// Reads in one transaction; nil where that cannot be done.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async -> Value? {
        await use { try await $0.read(body) }
    }

    /// Writes in one transaction; nil where that cannot be done.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async -> Value? {
        await use { try await $0.write(body) }
    }

    private func use<Value>(_ body: (DatabasePool) async throws -> Value) async -> Value? {
        guard let open = state.withLock({ $0.open }) else { return nil }
        do {
            return try await body(open.pool)
        } catch {
            // A task that is cancelled interrupts its statement.
            guard !Task.isCancelled else { return nil }
            if OpenedStore.isDamage(error) {
                reopen(unless: open)
            } else {
                reportOnce(StorageError(error, path: path))
            }
            return nil
        }
    }

    /// Opens the file anew; one that is damaged is put aside, unless another task or process has done so already.
    private func reopen(unless damaged: OpenedStore?) {
        state.withLock { state in
            guard state.open === damaged else { return }
            do {
                let (open, aside) = try OpenedStore.open(path, damaged: damaged)
                state.open = open
                if let aside {
                    diagnostics.add(
                        Diagnostic(
                            .warning,
                            "The cache of models' answers was damaged; it was put aside as \(aside) and begun anew. What was "
                                + "in it is asked again. If this happens often, check the disk.",
                            file: path))
                }
            } catch {
                state.open = nil
                diagnostics.add(Diagnostic(.warning, Self.sentence(error, path), file: path))
            }
        }
    }

    /// One sentence is enough for what will go wrong at every answer.
    private func reportOnce(_ error: any Error) {
        let isFirst = state.withLock { state in
            defer { state.hasReported = true }
            return !state.hasReported
        }
        if isFirst { diagnostics.add(Diagnostic(.warning, Self.sentence(error, path), file: path)) }
    }

    private static func sentence(_ error: any Error, _ path: String) -> String {
        "Answers of models cannot be kept, so that all of them are asked for: \(StorageError(error, path: path).message)"
    }
}

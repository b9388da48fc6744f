package import Base
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Keeps the rows of a run's network: the first ones, and how many more there were.
package final class EgressLog: Sendable {
    private struct State {
        var rows: [EgressConnection] = []
        var leftOut = 0
        var lookups: Set<String> = []
    }

    /// A row that is still being written.
    struct Entry: Sendable {
        var row: EgressConnection
        let startNanoseconds: UInt64
    }

    private let state = Mutex(State())
    private let most: Int
    private let time: TimeSource
    private let observer: (@Sendable (EgressConnection) -> Void)?

    /// A log.
    ///
    /// - Parameters:
    ///   - most: how many rows are kept.
    ///   - observer: hears every row, also those that are not kept; it must not wait.
    package init(
        most: Int = 1_000, time: TimeSource = .system, observer: (@Sendable (EgressConnection) -> Void)? = nil
    ) {
        self.most = most
        self.time = time
        self.observer = observer
    }

    func begin(_ kind: EgressConnection.Kind, host: String, port: Int, method: String? = nil) -> Entry {
        Entry(
            row: EgressConnection(
                kind: kind, host: host, port: port, serverName: nil, method: method, bytesOut: 0, bytesIn: 0,
                start: time.now(), durationSeconds: 0,
                verdict: .denied(EgressRefusal(.badRequest, "The connection ended before it was judged."))),
            startNanoseconds: time.nanoseconds())
    }

    func end(_ entry: Entry) {
        var row = entry.row
        row.durationSeconds = Double(time.nanoseconds() - entry.startNanoseconds) / 1e9
        state.withLock { state in
            if state.rows.count < most { state.rows.append(row) } else { state.leftOut += 1 }
        }
        observer?(row)
    }

    /// A refused question for a name; the same name is one row.
    func refusedLookup(_ name: String, _ refusal: EgressRefusal) {
        let isNew = state.withLock { $0.lookups.count < most && $0.lookups.insert(name).inserted }
        guard isNew else { return }
        var entry = begin(.lookup, host: name, port: 53)
        entry.row.verdict = .denied(refusal)
        end(entry)
    }

    /// The rows so far, and how many were left out.
    package var connections: (rows: [EgressConnection], leftOut: Int) {
        state.withLock { ($0.rows, $0.leftOut) }
    }
}

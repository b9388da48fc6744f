internal import Base
internal import GRDB
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What an import of runs did.
package struct RunImportSummary: Sendable, Hashable {
    /// Runs that came.
    package var runs = 0
    /// Lines of them.
    package var records = 0
    /// Runs that were there already, and stay as they are.
    package var known = 0
    /// Lines that could not be read.
    package var rejected = 0

    package init() {}
}

/// Takes runs from a file of lines as the inbox has them.
package struct LineImport: Sendable {
    private let path: String

    /// - Parameter path: a file of records, one a line (docs/runs.md); Trackio's inbox has the same.
    package init(_ path: String) { self.path = path }

    /// Takes the runs that a store does not have yet; a run that the file does not end counts as finished.
    package func take(into store: RunStore) async throws -> RunImportSummary {
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else {
            throw TrackingError(.notFound, "There is no file \(path) that could be read.")
        }
        let incoming = IncomingRuns(known: try await store.ids(), inbox: store.inbox)
        for line in data.split(separator: UInt8(ascii: "\n")) where !line.allSatisfy({ $0 <= 0x20 }) {
            guard let members = (try? JSONValue(parsing: Data(line)))?.object,
                (try? LogRecord.records(members)) != nil
            else {
                incoming.reject()
                continue
            }
            try incoming.add(members)
        }
        return try await incoming.finish(store)
    }
}

/// Runs on their way into a store: those that it has are left out.
final class IncomingRuns: Sendable {
    private struct State {
        var summary = RunImportSummary()
        var writer: InboxWriter?
        var new: Set<String> = []
        var old: Set<String> = []
        var ended: Set<String> = []
        /// When each run last said something.
        var last: [String: JSONValue] = [:]
        var lines = ""
    }

    private let known: Set<String>
    private let inbox: String
    private let state = Mutex(State())

    init(known: Set<String>, inbox: String) {
        self.known = known
        self.inbox = inbox
    }

    func reject() { state.withLock { $0.summary.rejected += 1 } }

    func add(_ members: [String: JSONValue]) throws {
        guard let run = members["run_id"]?.string ?? members["run"]?.string else { return reject() }
        try state.withLock { state in
            guard !known.contains(run) else {
                state.old.insert(run)
                return
            }
            state.new.insert(run)
            if members["kind"] == "end" { state.ended.insert(run) }
            if let time = members["timestamp"] { state.last[run] = time }
            state.summary.records += 1
            state.lines += JSONValue.object(members).canonicalText + "\n"
            if state.lines.utf8.count > 1 << 20 { try flush(&state) }
        }
    }

    /// Ends what has no end, and waits until all is in the store.
    func finish(_ store: RunStore) async throws -> RunImportSummary {
        let summary = try state.withLock { state in
            for run in state.new.subtracting(state.ended).sorted() {
                var end: [String: JSONValue] = ["v": 1, "kind": "end", "run_id": .string(run)]
                end["timestamp"] = state.last[run]
                state.lines += JSONValue.object(end).canonicalText + "\n"
            }
            try flush(&state)
            state.writer = nil
            state.summary.runs = state.new.count
            state.summary.known = state.old.count
            return state.summary
        }
        let taken = try await store.refresh()
        if let failure = taken.failure { throw TrackingError(.fileSystem, failure) }
        var complete = summary
        complete.rejected += taken.rejected
        return complete
    }

    private func flush(_ state: inout State) throws {
        guard !state.lines.isEmpty else { return }
        let writer = try state.writer ?? InboxWriter(inbox: inbox, name: "import-\(UUID().uuidString)")
        state.writer = writer
        try writer.append(state.lines)
        state.lines = ""
    }
}

extension RunStore {
    /// The ids of all runs.
    func ids() async throws -> Set<String> {
        try await database.read { try String.fetchSet($0, sql: "SELECT id FROM runs") }
    }
}

package import Base
internal import Storage
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Logs one run from the process that does its work.
///
/// A call returns when the line is in the inbox's file: it waits for no database and no other process, and `kill -9` loses
/// nothing of it. A logger that cannot write says so once, in ``failure``, and the work goes on: what is measured matters
/// more than its diary.
///
/// ```swift
/// let result = try await RunLogger.with(.init(name: "nightly", kind: "benchmark"), in: store) { run in
///     for step in 0..<100 { run.log(["loss": train(step)], step: step) }
/// }
/// ```
package final class RunLogger: Sendable {
    package let id: RunID
    private let writer: InboxWriter
    private let folder: String
    private let trouble = Mutex<String?>(nil)
    private let now: @Sendable () -> Double

    /// Begins a run.
    ///
    /// - Parameters:
    ///   - state: the project's `.neo`.
    ///   - id: the run; a run that was begun before goes on.
    /// - Throws: ``TrackingError`` where the inbox cannot be written.
    package init(
        in state: String, project: String, name: String, facts: RunFacts, id: RunID = RunID(at: Date()),
        now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
    ) throws {
        self.id = id
        folder = state
        self.now = now
        let own = "\(ProcessInfo.processInfo.processIdentifier)-\(id.folderName.prefix(100))"
        writer = try InboxWriter(inbox: state + "/inbox", name: own)
        var facts = facts
        facts.writer = writer.name
        write(LogRecord(run: id, name: name, project: project, time: now(), content: .run(facts)))
    }

    /// Why something could not be logged, where that happened.
    package var failure: String? { trouble.withLock { $0 } }

    /// Logs figures; NaN and infinities are figures. Without a step it is one more than the last.
    package func log(_ metrics: [String: Double], step: Int? = nil) {
        write(LogRecord(run: id, step: step, time: now(), content: .metrics(metrics)))
    }

    /// Logs figures of the machine.
    package func logSystem(_ metrics: [String: Double]) {
        guard !metrics.isEmpty else { return }
        write(LogRecord(run: id, time: now(), content: .systemMetrics(metrics)))
    }

    /// Logs words.
    package func log(text: String, key: String = "log", step: Int? = nil) {
        write(
            LogRecord(run: id, step: step, time: now(), content: .entry(RunEntry(kind: .text, key: key, content: text)))
        )
    }

    /// Logs a table.
    package func log(table columns: [String], rows: [[JSONValue]], key: String, step: Int? = nil) {
        let content: JSONValue = [
            "columns": .array(columns.map { .string($0) }), "rows": .array(rows.map { .array($0) }),
        ]
        write(
            LogRecord(
                run: id, step: step, time: now(),
                content: .entry(RunEntry(kind: .table, key: key, content: content.canonicalText))))
    }

    /// Keeps a file under the hash of its bytes, and logs its name.
    package func log(file path: String, key: String, mediaType: String? = nil) throws {
        write(
            LogRecord(
                run: id, time: now(),
                content: .entry(try RunEntry(keeping: path, key: key, state: folder, mediaType: mediaType))))
    }

    /// Tells people something.
    package func alert(
        _ title: String, text: String? = nil, level: RunAlert.Level = .warn, rule: String? = nil, step: Int? = nil
    ) {
        write(
            LogRecord(
                run: id, step: step, time: now(),
                content: .alert(RunAlert(level: level, title: title, text: text, rule: rule))))
    }

    /// Adds facts about the run as a whole.
    package func add(_ facts: RunFacts) {
        write(LogRecord(run: id, time: now(), content: .run(facts)))
    }

    /// The time now, as it is logged.
    package var time: Double { now() }

    /// Logs a part of this run, such as a trial, as a run of its own that has ended: all of it, or nothing.
    ///
    /// - Parameter began: when it began, by ``time``; now, where nobody knows.
    package func log(
        part: RunID, name: String, facts: RunFacts, began: Double? = nil, metrics: [String: Double],
        status: Run.Status = .finished, failure: String? = nil
    ) {
        var facts = facts
        facts.parent = id
        let time = now()
        write([
            LogRecord(run: part, name: name, time: min(began ?? time, time), content: .run(facts)),
            LogRecord(run: part, step: 0, time: time, content: .metrics(metrics)),
            LogRecord(run: part, time: time, content: .end(status, failure: failure)),
        ])
    }

    /// Ends the run.
    package func finish(_ status: Run.Status = .finished, failure: String? = nil) {
        write(LogRecord(run: id, time: now(), content: .end(status, failure: failure)))
        writer.synchronize()
    }

    private func write(_ record: LogRecord) { write([record]) }

    private func write(_ records: [LogRecord]) {
        do {
            var lines = ""
            for record in records {
                lines += record.line
                lines += "\n"
            }
            try writer.append(lines)
        } catch {
            trouble.withLock { $0 = $0 ?? sentence(for: error) }
        }
    }
}

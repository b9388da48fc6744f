package import Base
internal import RAG
internal import Statistics
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Looks at a service again and again: rules over its requests, golden questions, drift, documents. What it knows stands
/// in `service.db`, so that the next process goes on where this one ended.
package actor ServiceWatch {
    /// What it needs from outside.
    package struct Ports: Sendable {
        /// Whether the service is ready, and why not; nil where nobody looks from outside.
        package var heartbeat: (@Sendable () async -> String?)?
        /// Asks the service a golden question; nil where it cannot be asked.
        package var ask: (@Sendable (_ id: String, _ question: String) async throws -> ProbeReply)?
        /// Vectors of questions, in which near means alike; nil where they cannot be had for nothing.
        package var meaning: (@Sendable (_ questions: [String]) async throws -> [[Float]]?)?
        /// Makes a changed document's index and puts it in the place of the old one; nil where somebody else does.
        package var reindex: (@Sendable () async throws -> Void)?
        /// Sends a message.
        package var deliver: AlertDispatch.Port
        /// Keeps what a month was like for other projects; nil where nothing is to be kept.
        package var keeper: OutcomeKeeper?

        package init(
            heartbeat: (@Sendable () async -> String?)? = nil,
            ask: (@Sendable (_ id: String, _ question: String) async throws -> ProbeReply)? = nil,
            reindex: (@Sendable () async throws -> Void)? = nil, deliver: @escaping AlertDispatch.Port
        ) {
            self.heartbeat = heartbeat
            self.ask = ask
            self.reindex = reindex
            self.deliver = deliver
        }
    }

    /// Clocks that are farther apart than this were set.
    static let clockTolerance = 60.0
    /// Days of traffic that what comes in is compared with, and how many of the latest are no part of them.
    static let monthDays = 30.0
    static let recentDays = 7.0

    let project: Project
    let records: ServiceRecords
    let ports: Ports
    let time: TimeSource
    let course: AlertCourse
    /// Says what people should know and no rule tells.
    let note: @Sendable (String) -> Void
    let start: (wall: Double, ticks: UInt64)
    var due: [String: Double] = [:]
    var nextProbe = 0
    var hasClockBeenSet = false
    var leastSimilarity: Double?
    /// Of the questions that were compared last; another release may see them otherwise.
    var meanings = QuestionMeanings()

    /// A watch over a project's service.
    package init(
        _ project: Project, records: ServiceRecords, ports: Ports, course: AlertCourse = AlertCourse(),
        time: TimeSource = .system, note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.project = project
        self.records = records
        self.ports = ports
        self.course = course
        self.time = time
        self.note = note
        start = (time.now().timeIntervalSince1970, time.nanoseconds())
    }

    var database: ServiceDatabase { records.database }
    var policy: MonitoringSetting { records.policy }

    /// Whether something is to be done that is done every so many seconds. By the clock that never goes back.
    private func isDue(_ name: String, every seconds: Double) -> Bool {
        guard seconds > 0 else { return false }
        let now = Double(time.nanoseconds() &- start.ticks) / 1e9
        guard now >= due[name] ?? 0 else { return false }
        due[name] = now + seconds
        return true
    }

    /// Looks once: does what is due, judges all rules, and sends what is to be told.
    package func look() async throws -> WatchReport {
        let now = time.now().timeIntervalSince1970
        noteClock(now)
        if let heartbeat = ports.heartbeat { try await beat(heartbeat) }
        var findings: [String: RuleFinding] = [:]
        if isDue("documents", every: policy.reindexSeconds) { try await watchDocuments(at: now) }
        if isDue("probes", every: policy.probeMinutes * 60), let ask = ports.ask {
            try await probe(nil, asking: ask)
        }
        if isDue("drift", every: policy.driftMinutes * 60) { try await measureDrift(at: now) }
        if isDue("age", every: 3600), !hasClockBeenSet {
            // Before anything is deleted: a month is kept as it was.
            await keepMonth(at: now)
            _ = try await database.forget(before: now - Double(policy.keepDays) * 86_400)
        }
        for rule in policy.rules {
            findings[rule.name] = try await finding(rule, at: now)
        }
        findings.merge(try await otherFindings(at: now)) { first, _ in first }
        try await settle(findings, at: now)
        try await AlertDispatch(database, channels: policy.channels, port: ports.deliver).sendDue(at: now)
        return try await standing()
    }

    /// What was found so far, by whoever looked: nothing is done for it, and nobody is told.
    package func standing() async throws -> WatchReport {
        let now = time.now().timeIntervalSince1970
        return WatchReport(
            time: now, alerts: try await database.alerts([.pending, .firing]),
            hour: try await database.counts(
                from: now - 3600, to: now + Self.clockTolerance,
                slowMilliseconds: slowMilliseconds),
            drift: try await database.latestDrift(), deliveries: try await database.deliveries(limit: 20),
            leastSimilarity: leastSimilarity, judged: try await LiveJudgement.of(database, in: project, at: now))
    }

    private var slowMilliseconds: Double {
        policy.rules.first { $0.measure == .latency }?.limitMilliseconds ?? 2000
    }

    private func keepMonth(at now: Double) async {
        do {
            try await ports.keeper?.keepMonth(at: now, of: database, slowMilliseconds: slowMilliseconds)
        } catch {
            note("This month is not kept in this machine's knowledge: \(sentence(for: error))")
        }
    }

    /// Looks until the task is cancelled. What goes wrong is said once in a row and tried again.
    package func run(_ heard: @Sendable (WatchReport) async -> Void = { _ in }) async {
        var lastFailure = ""
        while !Task.isCancelled {
            do {
                await heard(try await look())
                lastFailure = ""
            } catch is CancellationError {
                return
            } catch {
                let words = sentence(for: error)
                if words != lastFailure { note("The watch could not look: \(words)") }
                lastFailure = words
            }
            do { try await Task.sleep(for: .seconds(policy.intervalSeconds)) } catch { return }
        }
    }

    /// Notes that the wall clock was set: nothing is deleted by age then, until somebody has started the watch again.
    func noteClock(_ now: Double) {
        let passed = Double(time.nanoseconds() &- start.ticks) / 1e9
        guard abs(now - start.wall - passed) > Self.clockTolerance, !hasClockBeenSet else { return }
        hasClockBeenSet = true
        note(
            "The clock was set by \(Rounding.text(now - start.wall - passed, digits: 0)) s while the watch ran. Nothing is "
                + "deleted by its age until the watch is started again.")
    }
}

package import Base
internal import RAG
internal import Statistics
package import Storage

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
        /// Makes a changed document's index and puts it in the place of the old one; nil where somebody else does.
        package var reindex: (@Sendable () async throws -> Void)?
        /// Sends a message.
        package var deliver: AlertDispatch.Port

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
    private let start: (wall: Double, ticks: UInt64)
    private var due: [String: Double] = [:]
    private var nextProbe = 0
    private var hasClockBeenSet = false
    private var leastSimilarity: Double?

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

    private var database: ServiceDatabase { records.database }
    private var policy: MonitoringSetting { records.policy }

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
                slowMilliseconds: policy.rules.first { $0.measure == .latency }?.limitMilliseconds ?? 2000),
            drift: try await database.latestDrift(), deliveries: try await database.deliveries(limit: 20),
            leastSimilarity: leastSimilarity)
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

    // MARK: Rules

    private func finding(_ rule: AlertRule, at now: Double) async throws -> RuleFinding? {
        var counts: [Double: ServiceCounts] = [:]
        for seconds in Set(rule.windows.flatMap { [$0.longSeconds, $0.shortSeconds] }) {
            counts[seconds] = try await database.counts(
                from: now - seconds, to: now + Self.clockTolerance, slowMilliseconds: rule.limitMilliseconds)
        }
        guard var finding = rule.finding({ counts[$0] ?? ServiceCounts() }) else { return nil }
        let outcome: ServiceRequest.Outcome?? =
            switch rule.measure {
            case .errors: .some(.failed)
            case .abstentions: .some(.abstained)
            case .latency: .some(nil)
            default: nil
            }
        if let outcome, case .object(var members) = finding.evidence {
            let ids = try await database.examples(
                of: outcome, slowerThan: outcome == nil ? rule.limitMilliseconds : nil,
                from: now - finding.window.longSeconds, to: now + Self.clockTolerance)
            members["requests"] = .array(ids.map { .string($0) })
            finding.evidence = .object(members)
        }
        return finding
    }

    /// What is found beside rates: drift, documents under the golden set, rows of the future.
    private func otherFindings(at now: Double) async throws -> [String: RuleFinding] {
        var findings: [String: RuleFinding] = [:]
        let window = AlertRule.Window(long: 0, short: 0, factor: 1, severity: .ticket)
        let drifted = try await database.latestDrift().filter(\.hasDrifted)
        if let worst = drifted.first {
            let names = Set(drifted.map { "\($0.feature) against \($0.reference)" }).sorted()
            findings["drift"] = RuleFinding(
                severity: .ticket,
                title: "Questions have changed: \(names.joined(separator: "; ")). \(worst.detail ?? "")",
                evidence: [
                    "measure": "drift",
                    "rows": .array(
                        drifted.map {
                            [
                                "feature": .string($0.feature), "reference": .string($0.reference),
                                "measure": .string($0.measure), "value": .number($0.value),
                                "threshold": .number($0.threshold), "p": $0.p.map { .number($0) } ?? .null,
                                "reference_count": .integer($0.referenceCount),
                                "current_count": .integer($0.currentCount), "detail": .string($0.detail ?? ""),
                            ]
                        }),
                ], window: window)
        }
        if let touched = try await database.fact("golden documents"), let list = touched["documents"]?.array,
            !list.isEmpty
        {
            let names = list.compactMap(\.string)
            findings["documents"] = RuleFinding(
                severity: .ticket,
                title: "Documents under the golden questions were changed or removed: "
                    + "\(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? " and \(names.count - 5) more" : "").",
                evidence: touched, window: window)
        }
        let future = try await database.requests(after: now + Self.clockTolerance)
        if future > 0 {
            findings["clock"] = RuleFinding(
                severity: .ticket,
                title: "\(future) requests claim to come later than now: a clock was set back. No window counts them "
                    + "before their time has come.",
                evidence: ["measure": "clock", "rows": .integer(future)], window: window)
        }
        return findings
    }

    private func command(_ name: String) -> String {
        let folder = ShellWord.quoted(project.folder)
        if let rule = policy.rules.first(where: { $0.name == name }) { return rule.command(project.folder) }
        return switch name {
        case "drift": "neo query \"FROM drift ORDER BY time DESC LIMIT 40\" --project \(folder)"
        case "documents": "neo check \(folder)"
        default: "timedatectl"
        }
    }

    private func settle(_ findings: [String: RuleFinding], at now: Double) async throws {
        let open = Dictionary(
            try await database.alerts([.pending, .firing]).map { ($0.rule, $0) },
            uniquingKeysWith: { first, _ in first })
        var changes: [(alert: ServiceAlert, messages: [AlertDelivery])] = []
        for name in Set(open.keys).union(findings.keys).sorted() {
            let found = findings[name].map {
                ServiceAlert(
                    rule: name, severity: $0.severity, state: .pending, began: now, title: $0.title,
                    evidence: $0.evidence, command: command(name))
            }
            switch course.step(open[name], found: found, at: now) {
            case .none: break
            case .keep(let alert): changes.append((alert, []))
            case .tell(let alert, let event):
                let message = AlertMessage.json(alert, event, project: project.file.name)
                changes.append(
                    (
                        alert,
                        policy.channels.map {
                            AlertDelivery(alert: nil, channel: $0.name, event: event, message: message, due: now)
                        }
                    ))
            }
        }
        try await database.keep(changes)
    }

    // MARK: Clocks

    /// Notes that the wall clock was set: nothing is deleted by age then, until somebody has started the watch again.
    private func noteClock(_ now: Double) {
        let passed = Double(time.nanoseconds() &- start.ticks) / 1e9
        guard abs(now - start.wall - passed) > Self.clockTolerance, !hasClockBeenSet else { return }
        hasClockBeenSet = true
        note(
            "The clock was set by \(Rounding.text(now - start.wall - passed, digits: 0)) s while the watch ran. Nothing is "
                + "deleted by its age until the watch is started again.")
    }

    // MARK: Probes

    private func beat(_ heartbeat: @Sendable () async -> String?) async throws {
        let begin = time.nanoseconds()
        let failure = await heartbeat()
        try Task.checkCancellation()
        try await database.add([
            ProbeRecord(
                time: time.now().timeIntervalSince1970, question: ProbeRecord.heartbeat, hasPassed: failure == nil,
                milliseconds: Double(time.nanoseconds() &- begin) / 1e6, detail: failure ?? "ready")
        ])
    }

    /// What a release found first is what it is held to.
    private var baselineName: String { "probe baseline \(records.release ?? 0)" }

    private func goldenProbes() -> [GoldenProbe] {
        let set = try? GoldenSet(path: project.path(project.file.golden), diagnostics: DiagnosticCollector())
        return set.map(GoldenProbe.all) ?? []
    }

    /// Asks golden questions, and notes which of them find less than they did first.
    ///
    /// - Parameter documents: those whose evidence stands in these; a round of all, where nil.
    private func probe(
        _ documents: Set<String>?, asking ask: @Sendable (_ id: String, _ question: String) async throws -> ProbeReply
    ) async throws {
        let all = goldenProbes()
        guard !all.isEmpty else { return }
        var chosen: [GoldenProbe] = []
        if let documents {
            chosen = all.filter { $0.stands(on: documents) }
        } else {
            for step in 0..<min(policy.probes, all.count) { chosen.append(all[(nextProbe + step) % all.count]) }
            nextProbe = (nextProbe + chosen.count) % all.count
        }
        var baseline = try await database.fact(baselineName)?.object ?? [:]
        var kept: [ProbeRecord] = []
        for probe in chosen {
            let begin = time.nanoseconds()
            var record = ProbeRecord(
                time: time.now().timeIntervalSince1970, question: probe.question.id, hasPassed: false, milliseconds: 0,
                detail: "")
            do {
                let reply = try await ask(probe.question.id, probe.question.question)
                let (found, parts) = probe.found(in: reply)
                let before = baseline[probe.question.id]?.integer ?? found
                baseline[probe.question.id] = .integer(before)
                record.hasPassed = found >= before
                record.milliseconds = reply.milliseconds
                record.detail = "\(found) of \(parts) parts of the evidence; \(before) when it was first asked"
            } catch {
                try Task.checkCancellation()
                record.milliseconds = Double(time.nanoseconds() &- begin) / 1e6
                record.detail = "not answered: \(sentence(for: error))"
            }
            kept.append(record)
        }
        try await database.add(kept)
        try await database.keep(.object(baseline), as: baselineName)
        try await clear(Set(kept.filter(\.hasPassed).map(\.question)))
    }

    /// A golden question that finds what it did although its documents changed needs nobody's attention.
    private func clear(_ passed: Set<String>) async throws {
        guard case .object(var touched)? = try await database.fact("golden documents"),
            let questions = touched["questions"]?.array?.compactMap(\.string)
        else { return }
        let left = questions.filter { !passed.contains($0) }
        guard left.count < questions.count else { return }
        touched["questions"] = .array(left.map { .string($0) })
        if left.isEmpty { touched["documents"] = [] }
        try await database.keep(.object(touched), as: "golden documents")
    }

    // MARK: Documents

    /// Looks for documents that changed; makes the index anew where that is this process' part, and asks the golden
    /// questions again whose evidence stands in them.
    private func watchDocuments(at now: Double) async throws {
        guard let before = WatchedDocuments(json: try await database.fact("documents")) else {
            return try await database.keep(WatchedDocuments(project).json, as: "documents")
        }
        let current = WatchedDocuments(project, before: before)
        let changes = current.changes(since: before)
        guard !changes.isEmpty else { return }
        try await ports.reindex?()
        let touched = Set(changes.changed + changes.removed)
        let golden = goldenProbes().filter { $0.stands(on: touched) }
        if !golden.isEmpty {
            let documents = touched.filter { name in golden.contains { $0.stands(on: [name]) } }.sorted()
            try await database.keep(
                [
                    "measure": "documents", "documents": .array(documents.map { .string($0) }),
                    "questions": .array(golden.map { .string($0.question.id) }), "seen": .number(now),
                ], as: "golden documents")
            if let ask = ports.ask { try await probe(touched, asking: ask) }
        }
        // Last, so that what failed is done again at the next look.
        try await database.keep(current.json, as: "documents")
    }

    // MARK: Drift

    /// Compares the questions of the last day (of the last week, where those are too few) with the golden ones and with
    /// those of the month before.
    private func measureDrift(at now: Double) async throws {
        let day = 86_400.0
        let until = now + Self.clockTolerance
        var rows = try await database.requests(.client, in: now - day..<until, limit: 5000).asked
        if rows.count < DriftCheck.least {
            rows = try await database.requests(.client, in: now - Self.recentDays * day..<until, limit: 5000).asked
        }
        let month = try await database.requests(
            .client, in: now - (Self.monthDays + Self.recentDays) * day..<now - Self.recentDays * day, limit: 5000
        ).asked
        let probes = Dictionary(
            try await database.requests(.probe, in: now - Self.monthDays * day..<until, limit: 20_000).map {
                ($0.golden ?? $0.id, $0)
            }, uniquingKeysWith: { first, _ in first }
        ).values.sorted { $0.id < $1.id }
        leastSimilarity = DriftCheck.leastSimilarity(of: probes)
        let check = DriftCheck(everyMinutes: policy.driftMinutes)
        let current = DriftCheck.Sample(rows: rows, texts: rows.compactMap(\.query))
        let golden = goldenProbes().map(\.question.question)
        try await database.add(
            check.records(current, against: .init(rows: probes, texts: golden), named: "golden", at: now)
                + check.records(
                    current, against: .init(rows: month, texts: month.compactMap(\.query)), named: "month", at: now))
    }
}

extension [ServiceRequest] {
    /// Those that asked something and got as far as an index.
    fileprivate var asked: [ServiceRequest] { filter { $0.passages != nil } }
}

/// What a look found.
package struct WatchReport: Sendable {
    /// Seconds since 1970.
    package var time: Double
    /// The alerts that are open.
    package var alerts: [ServiceAlert]
    /// What came in during the last hour.
    package var hour: ServiceCounts
    package var drift: [DriftRecord]
    /// The latest messages.
    package var deliveries: [AlertDelivery]
    /// Below it lie 5 % of the golden questions; nil where too few were asked.
    package var leastSimilarity: Double?
}

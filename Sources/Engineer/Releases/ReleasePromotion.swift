package import Base
package import Storage

/// Puts releases into service, and takes them out again: `neo release promote` and `rollback`.
package struct ReleasePromotion: Sendable {
    /// What is asked for.
    package struct Request: Sendable {
        package var release: Int
        package var stage = ReleaseStage.full
        /// How much worse it may be; nil for what the requirements say.
        package var margin: Double?
        /// Why a person wants it although the gate could not tell.
        package var decision: String?
        package var who: String

        /// A request.
        package init(release: Int, who: String) {
            self.release = release
            self.who = who
        }
    }

    /// What became of it.
    package struct Result: Sendable {
        /// Whether it was done.
        package let isDone: Bool
        /// What the gate found.
        package let gate: GateReport
        /// Whether that was found now, or when the release was looked at before.
        package let isMeasuredNow: Bool
        package let live: LiveReleases
    }

    private let project: Project
    private let ports: Workspace.Ports
    private let time: TimeSource
    private let onNote: @Sendable (String) -> Void
    /// Where what becomes of it is kept for other projects.
    package var keeper: OutcomeKeeper?

    /// Promotions in a project.
    package init(
        _ project: Project, ports: Workspace.Ports, time: TimeSource = .system,
        onNote: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.project = project
        self.ports = ports
        self.time = time
        self.onNote = onNote
    }

    /// The lock that one promotion holds: its gate may take minutes.
    static func lockPath(_ project: Project) -> String { project.path(".neo/promotion.lock") }

    /// Asks the gate, and puts the release into service where that allows it. Refused ones are kept, too.
    ///
    /// Nothing is changed before the last step, which is one transaction.
    @concurrent
    package func promote(_ request: Request) async throws -> Result {
        try project.prepareStateFolder()
        return try await withExclusiveLock(at: Self.lockPath(project), purpose: "A promotion") {
            let books = try await ReleaseBooks.read(project)
            let folder = try await intact(request.release, books)
            try folder.requireReaders(for: project)
            let live = books.live
            guard live.live != request.release else {
                throw EngineerError(
                    code: .invalidRequest, message: "Release \(request.release) is the one that is served already.")
            }
            guard request.stage == .full || live.live != nil else {
                throw EngineerError(
                    code: .invalidRequest,
                    message:
                        "No release is served yet, so there is none beside which \(request.release) could be tried: "
                        + "promote it without --stage.")
            }
            let known = earlier(request, books)
            let gate: GateReport
            if let known {
                gate = known
            } else {
                let incumbent: ReleaseFolder? =
                    if let number = live.live { try await intact(number, books) } else { nil }
                var asked = ReleaseGate(
                    project: project, candidate: folder, incumbent: incumbent, ports: ports, time: time, onNote: onNote)
                asked.margin = request.margin
                gate = try await asked.run()
            }
            let isDone =
                switch gate.outcome {
                case .feasible: true
                case .undetermined: request.decision != nil
                case .infeasible: false
                }
            var after = LiveReleases(live: request.release, previous: live.live)
            if request.stage != .full {
                after = live
                after.candidate = request.release
                after.stage = request.stage
            }
            let record = PromotionRecord(
                action: .promote, release: request.release, incumbent: live.live, stage: request.stage,
                verdict: gate.verdict.rawValue, isAccepted: isDone,
                decision: gate.outcome == .undetermined ? request.decision : nil, who: request.who,
                at: time.now().timestamp, report: gate.json)
            try await keep(record, isDone ? (live, after) : nil)
            return Result(
                isDone: isDone, gate: gate, isMeasuredNow: known == nil, live: isDone ? after : live)
        }
    }

    /// What the gate found before of the same two releases: the questions are not opened twice for one comparison.
    ///
    /// That is so for a release that is being tried, and for one that waits for a person's decision.
    private func earlier(_ request: Request, _ books: ReleaseBooks) -> GateReport? {
        guard books.live.candidate == request.release || request.decision != nil, request.margin == nil else {
            return nil
        }
        let last = books.steps.last {
            $0.action == .promote && $0.release == request.release && $0.incumbent == books.live.live
        }
        return try? last?.report.decoded(as: GateReport.self)
    }

    /// Goes back: ends the trial of a candidate, or else puts the release before into service.
    ///
    /// - Parameters:
    ///   - action: who decided it: a person, or the service itself.
    ///   - expected: what must be so; nil for whatever is.
    /// - Returns: what is served now; nil where `expected` was no longer so.
    package static func rollBack(
        _ project: Project, who: String, because: String?, action: PromotionRecord.Action = .rollback,
        expected: LiveReleases? = nil, report: JSONValue = [:], keeper: OutcomeKeeper? = nil,
        time: TimeSource = .system
    ) async throws -> LiveReleases? {
        let books = try await ReleaseBooks.read(project)
        let live = books.live
        guard expected == nil || expected == live else { return nil }
        var after = live
        let record: PromotionRecord
        if let candidate = live.candidate, let current = live.live {
            after.candidate = nil
            after.stage = nil
            record = PromotionRecord(
                action: action, release: current, incumbent: candidate, stage: live.stage ?? .canary, verdict: nil,
                isAccepted: true, decision: because, who: who, at: time.now().timestamp, report: report)
        } else {
            guard let current = live.live, let previous = live.previous else {
                throw EngineerError(
                    code: .invalidRequest,
                    message: live.live == nil
                        ? "No release is served, so there is none to go back from."
                        : "There is no release before \(live.live ?? 0) to go back to.")
            }
            guard let folder = books.entries.first(where: { $0.number == previous })?.folder,
                folder.identity.hash == books.record(previous)?.hash
            else {
                throw EngineerError(
                    code: .release,
                    message:
                        "Release \(previous) is not there as it was made, so nothing was changed. Restore it from a "
                        + "backup, or promote another one.")
            }
            try folder.requireReaders(for: project)
            let before = books.steps.last {
                $0.action == .promote && $0.isAccepted && $0.stage == .full && $0.release == previous
            }?.incumbent
            after = LiveReleases(live: previous, previous: before == current ? nil : before)
            record = PromotionRecord(
                action: action, release: previous, incumbent: current, stage: .full, verdict: nil, isAccepted: true,
                decision: because, who: who, at: time.now().timestamp, report: report)
        }
        let database = try NeoDatabase(path: project.databasePath)
        guard try await database.keepPromotion(record, changing: (live, after)) else {
            guard expected == nil else { return nil }
            throw Self.overtaken
        }
        await ReleaseStepNotes(project, keeper: keeper).note(record, at: time.now())
        return after
    }

    /// A release that is as it was made.
    private func intact(_ number: Int, _ books: ReleaseBooks) async throws -> ReleaseFolder {
        let folder = try ReleaseFolder(number, of: project)
        onNote("checking the files of release \(number)")
        try await ReleaseVerification.run(folder, known: books.record(number)?.hash).require()
        return folder
    }

    private func keep(_ record: PromotionRecord, _ changes: (from: LiveReleases, to: LiveReleases)?) async throws {
        let database = try NeoDatabase(path: project.databasePath)
        guard try await database.keepPromotion(record, changing: changes) else { throw Self.overtaken }
        await ReleaseStepNotes(project, keeper: keeper, onNote: onNote).note(record, at: time.now())
    }

    private static let overtaken = EngineerError(
        code: .release,
        message:
            "Somebody else changed meanwhile which release is served, so nothing was done. See `neo release list`, "
            + "and ask again.")
}

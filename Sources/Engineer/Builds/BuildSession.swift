package import Base
internal import Storage

/// A build from its design to the last milestone, or to the first gate that does not hold: the work of `neo build`.
///
/// What each milestone came to is in the project's database. A build that was stopped or killed goes on with the milestone
/// that it was at, and what its attempts took counts against the milestone's minutes.
package enum BuildSession {
    /// How a build stands.
    package struct Outcome: Sendable {
        package let milestones: [MilestoneStanding]
        /// What it stands on; nil where nothing was begun.
        package let approvals: ApprovalStatement?

        /// The milestone at which it stopped.
        package var stopped: MilestoneStanding? { milestones.first { $0.state == .failed } }
        /// Whether all of it is built.
        package var isDone: Bool { !milestones.isEmpty && milestones.allSatisfy { $0.state == .passed } }
    }

    /// How far a build is; nil where there is no design.
    package static func standing(_ project: Project) async throws -> Outcome? {
        guard FileState(project.path(ReviewedDocument.Kind.design.fileName)) != nil else { return nil }
        let design = try DesignFile(of: project)
        let database = FileState(project.databasePath) == nil ? nil : try NeoDatabase(path: project.databasePath)
        let records = BuildRecords(project: project, milestones: design.milestones)
        return Outcome(milestones: try await records.standings(database), approvals: nil)
    }

    /// Builds until a gate does not hold.
    ///
    /// - Throws: `EngineerError` where a document is not approved or cannot be read; `CancellationError` where it was
    ///   stopped.
    @concurrent
    package static func run(
        _ project: Project, options: BuildOptions, ports: Workspace.Ports,
        time: TimeSource = .system, onEvent: @escaping @Sendable (BuildEvent) -> Void = { _ in }
    ) async throws -> Outcome {
        let design = try DesignFile(of: project)
        let approvals = try await Approvals(project).statement(allowsUnapproved: options.allowsUnapproved)
        if let warning = approvals?.warning { onEvent(.note(warning)) }
        if let basis = try await DesignBasis.outdated(project) { onEvent(.note(basis.words)) }
        try project.prepareStateFolder()
        return try await withExclusiveLock(at: project.path(".neo/build.lock")) {
            let database = try NeoDatabase(path: project.databasePath)
            let records = BuildRecords(project: project, milestones: design.milestones)
            let worker = MilestoneWorker(
                project: project, options: options, ports: ports, time: time, onEvent: onEvent)
            while true {
                let standings = try await records.standings(database)
                guard let next = standings.first(where: { $0.state != .passed }) else {
                    try? await SpecFile.write(project, at: time.now())
                    return Outcome(milestones: standings, approvals: approvals)
                }
                onEvent(.began(next.milestone))
                let attempt = try await database.beginMilestone(
                    next.milestone.id, fingerprint: try MilestoneFingerprint.of(next.milestone, in: project),
                    design: design.hash, at: time.now())
                let left = next.milestone.minutes.map { max(1, $0 * 60 - next.seconds) }
                let (report, seconds) = try await counting(attempt, database, time) {
                    try await Self.report(on: next.milestone, left: left, worker)
                }
                try await database.endMilestone(
                    attempt, report.passes ? .passed : .failed, seconds: seconds,
                    report: try JSONValue(encoding: report), at: time.now())
                let after = try await records.standings(database)
                if let ended = after.first(where: { $0.milestone.id == next.milestone.id }) { onEvent(.ended(ended)) }
                guard report.passes else {
                    try? await SpecFile.write(project, at: time.now())
                    return Outcome(milestones: after, approvals: approvals)
                }
            }
        }
    }

    /// What came of a milestone; what went wrong in it is a part of that.
    private static func report(
        on milestone: Milestone, left: Double?, _ worker: MilestoneWorker
    ) async throws -> MilestoneReport {
        var report = MilestoneReport()
        do {
            let product = try await worker.run(milestone, left: left)
            (report.figures, report.summary) = (product.figures, product.summary)
            let asked = milestone.gates.contains { if case .requirement = $0 { true } else { false } }
            report.gates =
                GateCheck(
                    milestone: milestone, figures: product.figures,
                    verdicts: asked ? try await verdicts(of: worker.project) : [:]
                ).results
            if let objection = product.objection, report.unmet != nil || milestone.work == .search {
                report.failure = objection
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            report.failure = sentence(for: error)
        }
        return report
    }

    /// What the requirements' latest measured values say, by their names.
    private static func verdicts(of project: Project) async throws -> [String: RequirementVerdict] {
        let status = try await ProjectStatus(FoundProject(folder: project.folder))
        return Dictionary(status.verdicts.map { ($0.requirement.id, $0) }) { first, _ in first }
    }

    /// Writes down, again and again, how long something has worked: nobody says so when the process is killed.
    private static func counting(
        _ attempt: Int64, _ database: NeoDatabase, _ time: TimeSource,
        _ body: () async throws -> MilestoneReport
    ) async throws -> (MilestoneReport, Double) {
        let start = time.nanoseconds()
        let elapsed: @Sendable () -> Double = { Double(time.nanoseconds() &- start) / 1e9 }
        let ticking = Task {
            while true {
                try await Task.sleep(for: .seconds(2))
                try await database.spend(elapsed(), onMilestone: attempt)
            }
        }
        defer { ticking.cancel() }
        do {
            return (try await body(), elapsed())
        } catch {
            try? await database.spend(elapsed(), onMilestone: attempt)
            throw error
        }
    }
}

internal import AutoML
internal import Base
internal import RAG
internal import Statistics
internal import Storage

/// Compares a release with the one that is served, and measures the constraints on the machine that will serve it.
struct ReleaseGate {
    /// How much worse a release may be where nobody says otherwise: what counts as no difference elsewhere, too.
    static let usualMargin = 0.02

    let project: Project
    let candidate: ReleaseFolder
    let incumbent: ReleaseFolder?
    let ports: Workspace.Ports
    let time: TimeSource
    let onNote: @Sendable (String) -> Void
    /// What the caller allows; nil for what the requirements say, or the usual.
    var margin: Double?

    /// Measures.
    ///
    /// - Throws: where the release cannot be opened or the questions cannot be measured; each look at held-out questions was
    ///   counted before.
    @concurrent
    func run() async throws -> GateReport {
        onNote("reading release \(candidate.identity.number)")
        let side = try await MeasuredRelease(candidate, project, ports)
        let other: MeasuredRelease?
        if let incumbent {
            onNote("reading release \(incumbent.identity.number)")
            other = try await MeasuredRelease(incumbent, project, ports)
        } else {
            other = nil
        }
        let (margin, source) = allowed()
        var report = GateReport(
            verdict: .first, objective: side.golden.objective.metric, release: candidate.identity.number,
            incumbent: incumbent?.identity.number, questions: 0, isHeldOut: false, margin: margin, marginSource: source,
            constraints: [], machine: Manifest.machine, notes: [])
        let needsQuestions =
            other != nil
            || project.file.constraints.contains { constraint in
                switch constraint.quantity {
                case .metric, .cost: true
                case .latency, .indexSize: false
                }
            }
        var measured: [Measurement] = []
        if needsQuestions {
            let ids = try await open(side, other, &report)
            onNote("asking \(ids.count) questions")
            measured = try await side.measurements(ids)
            if let other { try await compare(side, measured, other, ids, &report) }
        }
        report.constraints = try await constraints(side, measured)
        return report
    }

    /// The questions, and that they are opened.
    private func open(_ side: MeasuredRelease, _ other: MeasuredRelease?, _ report: inout GateReport) async throws
        -> [String]
    {
        let known = side.golden.items.map(\.id) + (other?.golden.items.map(\.id) ?? [])
        let measurable = Set(known)
        var seen = Set<String>()
        let all = known.filter { seen.insert($0).inserted }
        let held = try HeldOutQuestions(side.workspace, golden: side.golden)
        let results = try? ReportArchive.read(project)
        let ids = (results?.questions ?? []).filter { $0.heldOut && measurable.contains($0.id) }.map(\.id)
        report.questions = ids.isEmpty ? all.count : ids.count
        guard !ids.isEmpty else {
            report.notes.append(
                "The last search held no questions out, so the comparison is on questions that it has seen: it favours "
                    + "what was chosen by them. `neo search --holdout` holds some out.")
            return all
        }
        report.isHeldOut = true
        if let study = results?.study, study != candidate.manifest.study {
            report.notes.append(
                "The release comes from study \(candidate.manifest.study) and the held-out questions from study \(study): "
                    + "the one may have seen some of the other's.")
        }
        // Before anything is read from them: an opening that fails half-way is one all the same.
        report.openings = try await held.recordOpening(project, time: time)
        return ids
    }

    private func compare(
        _ side: MeasuredRelease, _ measured: [Measurement], _ other: MeasuredRelease, _ ids: [String],
        _ report: inout GateReport
    ) async throws {
        let first = ScoreTable(measured, objective: side.golden.objective)
        let second = try await other.measure(ids)
        let groups = side.golden.groups(of: ids)
        let differences = zip(first.scores, second.scores).map(-)
        let difference = ScoreTable.estimate(differences: differences, groups: groups)
        report.candidateScore = first.estimate(groups: groups)
        report.incumbentScore = second.estimate(groups: groups)
        report.difference = difference
        if first.failures > 0 {
            report.notes.append(
                "\(ReportText.count(first.failures, "question")) could not be measured with release "
                    + "\(report.release), and count as the worst.")
        }
        if doesTheSame(side, other) {
            report.verdict = .notWorse
            report.notes.append(
                "Both have the same configuration, documents and models, so no question could tell them apart.")
            return
        }
        report.verdict = Self.verdict(difference, margin: report.margin)
        guard report.verdict == .undetermined else { return }
        report.moreQuestions = Self.moreQuestions(differences, groups: groups, margin: report.margin)
    }

    /// What an interval says of a difference that may be so much below 0.
    static func verdict(_ difference: SearchResults.Estimate, margin: Double) -> GateReport.Verdict {
        if difference.lower >= -margin { return .notWorse }
        return difference.upper < -margin ? .worse : .undetermined
    }

    /// How many more questions like these would show on which side of the margin the difference lies, in four of five
    /// cases; nil where that cannot be said.
    static func moreQuestions(_ differences: [Double], groups: [String]?, margin: Double) -> Int? {
        let beyond = differences.map { $0 + margin }
        let count = differences.count
        if let needed = try? itemsToTell(beyond, groups: groups) {
            return needed == .max ? nil : max(needed - count, 1)
        }
        // All differences are alike: the interval is the one of a share of which nothing was seen, z² ∕ (n + z²).
        guard let mean = beyond.first, mean > 0, mean < 1 else { return nil }
        let z = normalQuantile(0.975)
        return max(Int((z * z * (1 / mean - 1)).rounded(.up)) - count, 1)
    }

    private func doesTheSame(_ side: MeasuredRelease, _ other: MeasuredRelease) -> Bool {
        let (first, second) = (side.folder.manifest, other.folder.manifest)
        return ["configuration", "documents"].allSatisfy { first.hashes[$0] == second.hashes[$0] }
            && first.models.map(\.weights) == second.models.map(\.weights) && first.generator == second.generator
            && first.language == second.language
    }

    /// The margin, and who says so.
    private func allowed() -> (margin: Double, source: String) {
        if let margin { return (margin, "--margin") }
        let document = try? RequirementsFile(of: project).document
        for requirement in document?.requirements ?? []
        where requirement.metric.lowercased() == "release margin" {
            let unit = MeasurementUnit(requirement.criterion?.unit ?? "")
            if let threshold = requirement.criterion?.threshold, (0..<1).contains(threshold * unit.factor) {
                return (threshold * unit.factor, "requirement \(requirement.id)")
            }
        }
        return (
            Self.usualMargin, "the default; a requirement with the metric release margin, or --margin, says another"
        )
    }

    /// The project's constraints, measured anew.
    private func constraints(_ side: MeasuredRelease, _ measured: [Measurement]) async throws -> [Decision.Finding] {
        let constraints = project.file.constraints
        guard !constraints.isEmpty else { return [] }
        let golden = side.golden
        let checks = ConstraintChecks(
            constraints: constraints, groups: { golden.groups(of: $0) },
            cost: ServingCost(project.file).dollarsPerThousand)
        let retrieval = try await Release.uncachedRetrieval(side.workspace, configuration: side.configuration)
        let exact = checks.means(measured, of: side.configuration) + checks.size(retrieval.indexBytes)
        guard constraints.contains(where: \.readsClock) else {
            return Decision.Candidate(trial: candidate.manifest.trial, evidence: exact).findings
        }
        let options = FinalistOptions()
        let shown = await AgentView.questions(of: project)
        let questions = golden.items.filter { shown.contains($0.id) }.map(\.question)
        var latency = InterleavedLatency(
            questions: questions.isEmpty ? golden.items.map(\.question) : questions,
            seconds: options.constrainedSeconds, nanoseconds: time.nanoseconds)
        let lane = InterleavedLatency.Lane(trial: candidate.manifest.trial) {
            _ = try await retrieval.retrieve(Query($0))
        }
        try await latency.warm([lane])
        var found: [Decision.Finding] = []
        for _ in 0...options.moreRounds {
            onNote("measuring \(options.requests) requests on this machine")
            try await latency.measure([lane], requests: options.requests)
            let candidate = Decision.Candidate(
                trial: lane.trial, evidence: exact + checks.latency(latency.samples[lane.trial] ?? .init()),
                // Looking again and again would find something by chance.
                alpha: 0.05 / Double(1 + options.moreRounds))
            found = candidate.findings
            if candidate.outcome != .undetermined { break }
        }
        return found
    }
}

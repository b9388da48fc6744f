internal import AutoML
internal import Base
internal import RAG

/// Does what a milestone says.
struct MilestoneWorker: Sendable {
    /// What was measured, and a line about it.
    struct Product: Sendable {
        var figures: [String: Double]
        var summary: String
        /// What else has to hold, and does not: a sentence.
        var objection: String?
    }

    /// So many questions a service is asked.
    private static let asked = 20

    let project: Project
    let options: BuildOptions
    let ports: Workspace.Ports
    let time: TimeSource
    let onEvent: @Sendable (BuildEvent) -> Void

    /// - Parameter left: how many seconds it may take; nil where that is not bounded.
    @concurrent
    func run(_ milestone: Milestone, left: Double?) async throws -> Product {
        switch milestone.work {
        case .questions: try await questions()
        case .baseline: try await baseline()
        case .search: try await search(milestone, left: left)
        case .answers: try await answers()
        case .service: try await service()
        }
    }

    private func questions() async throws -> Product {
        let review = try await GoldenReview.run(project)
        let errors = review.findings.filter { $0.severity == .error }
        return Product(
            figures: [
                "golden questions": Double(review.questions), "answerable questions": Double(review.answerable),
                "rows with errors": Double(errors.count),
            ],
            summary: "\(ReportText.count(review.questions, "question")), \(review.answerable) of them answerable",
            objection: errors.first.map { ReportText.shortened($0.message) })
    }

    private func baseline() async throws -> Product {
        let workspace = try await Workspace.open(project, ports: ports)
        let evaluation = try await Evaluation.run(workspace, configuration: try workspace.space().default)
        let failed = evaluation.measurements.count { $0.failure != nil }
        let score = evaluation.score
        return Product(
            figures: ["failed questions": Double(failed)],
            summary: "\(evaluation.objective.metric) \(Rounding.text(score.value)) (\(Rounding.text(score.lower)) to "
                + "\(Rounding.text(score.upper))) on \(ReportText.count(evaluation.measurements.count, "question"))")
    }

    private func search(_ milestone: Milestone, left: Double?) async throws -> Product {
        var search = SearchOptions()
        search.trials = options.trials ?? milestone.trials
        search.seconds = left
        search.maxCost = options.maxCost
        search.jobs = options.jobs
        search.allowsUnapproved = options.allowsUnapproved
        search.knowledge = options.knowledge
        search.reader = options.reader
        search.commandLine = options.commandLine
        search.version = options.version
        let onEvent = onEvent
        let results = try await SearchSession.run(project, options: search, ports: ports, time: time) {
            onEvent(.search($0))
        }
        let ended = results.trials.count { $0.state != .failed }
        return Product(
            figures: ["trials": Double(ended), "failed trials": Double(results.trials.count - ended)],
            summary: "\(results.objective.metric) \(Rounding.text(results.verdict.winner.value)) "
                + "(\(Rounding.text(results.verdict.winner.lower)) to \(Rounding.text(results.verdict.winner.upper))), "
                + "trial \(results.winner) of \(results.trials.count)",
            objection: DecisionWords.unmet(results))
    }

    private func answers() async throws -> Product {
        let workspace = try await Workspace.open(project, ports: ports)
        guard let configuration = try MeasuredSystem(named: "winner", workspace: workspace).configuration else {
            throw EngineerError(code: .noResults, message: "There is no winner yet: the search comes first.")
        }
        let evaluation = try await AnswerEvaluation.run(workspace, configuration: configuration, generator: nil)
        try await evaluation.keep(in: project, configuration: configuration, generator: nil, at: time.now())
        return Product(
            figures: ["questions asked": Double(evaluation.measurements.count)],
            summary: "\(ReportText.count(evaluation.measurements.count, "question")) asked, quotes scored")
    }

    private func service() async throws -> Product {
        let workspace = try await Workspace.open(project, ports: ports)
        let release = try await Release.open(workspace)
        let golden = try GoldenRows.read(project)?.questions.filter(\.isAnswerable).prefix(Self.asked) ?? []
        var times: [Double] = []
        var failures: [String] = []
        for question in golden {
            try Task.checkCancellation()
            let start = time.nanoseconds()
            do {
                _ = try await release.answer(Query(question.question))
                times.append(Double(time.nanoseconds() &- start) / 1e6)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                failures.append("\(question.id): \(sentence(for: error))")
            }
        }
        times.sort()
        let worst = times.isEmpty ? nil : times[Int((0.95 * Double(times.count)).rounded(.up)) - 1]
        var figures = ["questions asked": Double(golden.count), "failed questions": Double(failures.count)]
        figures["latency p95"] = worst
        return Product(
            figures: figures,
            summary: "\(ReportText.count(times.count, "question")) of \(golden.count) answered"
                + (worst.map { ", 95 of 100 within \(QuantityWords.milliseconds($0))" } ?? ""),
            objection: failures.first.map { ReportText.shortened($0) })
    }
}

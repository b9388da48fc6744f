internal import AutoML
internal import Statistics

/// What is said of a system that is not Neo's.
struct ExternalWords {
    let name: String
    /// How many it was asked.
    let questions: Int

    func failures(_ failures: [SearchResults.ExternalResult.Failure], more: Int = 0) -> String? {
        let count = failures.count + more
        guard count > 0 else { return nil }
        let shown = failures.prefix(5).map { "\($0.id): \($0.reason)" }.joined(separator: " ")
        return "\(name) failed on \(count) of \(ReportText.count(questions, "question")), which count 0. \(shown)"
            + (count > 5 || failures.isEmpty ? " …" : "")
    }

    func unplaced(_ unplaced: Int, of passages: Int) -> String? {
        guard unplaced > 0 else { return nil }
        return
            "\(unplaced) of \(ReportText.count(passages, "passage")) of \(name) stand nowhere in the documents: they "
            + "cover no evidence, and take up context."
    }

    func abstentions(_ count: Int) -> String? {
        count > 0 ? "\(name) had no passage for \(ReportText.count(count, "question"))." : nil
    }

    func latency(_ latency: ExternalLatency) -> String {
        "\(name) took \(Self.milliseconds(latency.p50.estimate)) a question in the median, p95 "
            + "\(Self.milliseconds(latency.p95.estimate))."
    }

    static func milliseconds(_ value: Double) -> String {
        "\(Rounding.text(value, digits: value < 10 ? 2 : 0)) ms"
    }

    /// Winner against another system, as far as the questions can tell.
    static func judgement(_ result: SearchResults.ExternalResult, of results: SearchResults) -> String {
        let ours = (results.decision?.outcome ?? .feasible) == .feasible ? "the winner" : "Neo's configuration"
        let sign: Double = results.objective.direction == .maximize ? 1 : -1
        let ends = [result.difference.lower * sign, result.difference.upper * sign]
        if ends.allSatisfy({ $0 > 0 }) { return "\(ours) is better" }
        if ends.allSatisfy({ $0 < 0 }) { return "\(result.name) is better than \(ours)" }
        return "not distinguishable from \(ours) on these questions"
    }

    /// Whether another system is better than what the search found, and the questions leave no doubt.
    static func isBetter(_ result: SearchResults.ExternalResult, _ objective: Objective) -> Bool {
        objective.direction == .maximize ? result.difference.upper < 0 : result.difference.lower > 0
    }
}

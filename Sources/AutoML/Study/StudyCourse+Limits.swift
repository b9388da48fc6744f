extension StudyCourse {
    /// Whether a trial certainly needs more measurements than are left; never the first one.
    func exceedsEvaluations(_ trial: Trial) -> Bool {
        guard trial.number > 0, let limit = study.limits.evaluations else { return false }
        // Of those that may still be measured only what they need at least is known, whenever they are looked at.
        let used = begun.enumerated().reduce(0) { sum, next in
            let isKnown = next.offset < told(for: trial.number)
            return sum + (isKnown ? ended[next.element.number]?.measurements.count ?? 0 : leastItems(next.element))
        }
        return used + leastItems(trial) > limit
    }

    /// Why a trial does not fit into what is left of time and money; nil where it does.
    mutating func refusal(of trial: Trial, _ budget: StudyBudget) -> StudyBudget.Refusal? {
        guard budget.secondsLeft != nil || budget.costLeft != nil else { return nil }
        for other in begun where kinds[other.number] == nil {
            kinds[other.number] = study.evaluator.kinds(of: other.configuration)
        }
        return budget.refusal(
            of: study.evaluator.kinds(of: trial.configuration),
            complete: begun.filter { ended[$0.number]?.trial.state == .complete }
                .map { ($0.number, kinds[$0.number] ?? []) },
            running: begun.filter { ended[$0.number] == nil }.map { kinds[$0.number] ?? [] })
    }

    /// On how many items a trial is measured at least.
    private func leastItems(_ trial: Trial) -> Int {
        guard let racing = study.racing, trial.number > 0, !study.evaluator.isCheap(trial.configuration) else {
            return study.items.count
        }
        return racing.counts(of: study.items.count).first?.count ?? study.items.count
    }
}

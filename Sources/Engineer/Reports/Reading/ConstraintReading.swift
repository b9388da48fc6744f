/// How to read what constraints say, for readers who know more or less of the matter.
struct ConstraintReading {
    let results: SearchResults

    private var heldOut: Bool { !(results.decision?.heldOut ?? []).isEmpty }
    private var requests: Int { results.finalists?.requests ?? 0 }

    var text: LeveledText {
        LeveledText(
            newcomer:
                "A constraint is a limit of yours in neo.yaml, such as an answer within 50 ms. Feasible means that the "
                + "measurements are good enough to say that it is kept; infeasible, that they show it is not; undetermined, that "
                + "they show neither. Undetermined is no half yes: do not build on it.\n\nWhat can go wrong: the times were "
                + "measured on this machine with one question at a time. On a slower machine, or with many users at once, "
                + "they are longer.",
            practitioner:
                "A verdict is at 95 %: the measurements, and not the mean alone, have to be on one side of the limit. "
                + "Latencies are of \(requests) requests a configuration; sizes are exact, and so is a cost of 0; metrics are "
                + "means over the questions of the search"
                + (heldOut ? ", said again above for the held-out ones, which count more. " : ". ")
                + "Of the feasible configurations the best by quality is taken; nothing is relaxed.\n\nWhat to do about "
                + "undetermined: more requests (--latency-requests) for a time, more questions for a metric, or a limit "
                + "further away. About infeasible: a wider search space, or another limit.",
            expert:
                "Each limit on something that varies gets two one-sided p-values: for percentiles of latency from the binomial "
                + "(Conover 1999, free of the distribution; below 59 requests nothing can show a p95), for means from their "
                + "interval's test by clusters of questions. Holm over the tested constraints of one configuration, at 0.05 for either "
                + "side; exact quantities are compared as they are. Configurations are looked at in the order of their quality, and "
                + "nothing is corrected for how many were looked at before one was feasible.\n\nA metric's test is on the "
                + "questions that also chose, so selection is in it; a latency's is not, but assumes that requests are "
                + "independent and the machine stays as it was. The rows: results.json (decision.candidates, "
                + "decision.heldOut).")
    }
}

/// How to read the table of finalists and its front, for readers who know more or less of the matter.
struct FrontReading {
    let results: SearchResults
    let measured: FinalistMeasurement

    /// So many requests are slower than a p99.
    private var behindP99: String { ReportText.count(max(1, measured.requests / 100), "request") }

    var text: LeveledText {
        LeveledText(
            newcomer:
                "No configuration is best in everything: what finds more is often slower or larger. Any that is not "
                + "marked \"front\" can be replaced by one that is, at no loss; among those that are, it is your choice what "
                + "counts. p95 is the time within which 95 of 100 questions were answered: the slow ones, of which users "
                + "complain, and not the mean.\n\nWhat can go wrong: these are times on this machine, one question after "
                + "the other, and of finding only. Many users at once, or a model that writes answers, make them longer.",
            practitioner:
                "Begin with the time and the size that you can afford, and take the best score among the rest. Where "
                + "the intervals of two scores overlap widely, take the faster one; chance may have decided who is on the "
                + "front. p99 rests on the slowest \(behindP99) of \(measured.requests), so trust p95 more.\n\nTo bind the choice, "
                + "write it down as constraints: in neo.yaml and search again: what was measured is remembered. "
                + "--latency-requests asks for more requests.",
            expert:
                "The front (Pareto's) is of point estimates: score on the search's questions, −p95, −bytes, −cost; no uncertainty "
                + "enters, and scores have the optimism of selection. Requests of the finalists alternate, so that a machine "
                + "that slows down slows all of them; clocks that went back are left out. Intervals of percentiles lie between "
                + "order statistics, from the binomial and free of the distribution (Hahn, Meeker 1991, 5.2); they assume "
                + "independent requests, which a warm cache of the processor is not quite. Failed requests are not in the "
                + "percentiles.\n\nThe rows: results.json (timings.finalists, in milliseconds and bytes).")
    }
}

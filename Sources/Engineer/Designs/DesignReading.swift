internal import AutoML

/// How to read parts of the design, for readers who know more or less of the matter; what is written out is Markdown.
struct DesignReading {
    private let input: DesignInput

    init(_ input: DesignInput) {
        self.input = input
    }

    private var file: ProjectFile { input.project.file }
    private var estimate: DesignEstimate { input.estimate }
    private var size: String {
        switch input.space.size {
        case nil: "endlessly many configurations"
        case Int.max?: "more configurations than can be counted"
        case let size?: ReportText.count(size, "configuration")
        }
    }

    // MARK: - Search space

    var space: LeveledText {
        LeveledText(
            newcomer:
                "Each line is a choice that nobody can make well by thinking alone, because it depends on your documents "
                + "and questions. The search tries \(file.trials) combinations out of \(size) and measures each on the same "
                + "questions.\n\nWhat can go wrong: the best of many tries is partly lucky. That is why the final number comes "
                + "from questions that did not choose, where there are enough of them, and why the default, with which the search "
                + "begins, stands beside it.",
            practitioner:
                "Where you know the answer, say it: `space:` in neo.yaml fixes a parameter to a value or shortens its "
                + "list, and each trial then counts for more. Give more trials where the curve of the best so far "
                + "(report.html) still climbs; `neo search --seed-from FILE` begins with a configuration of your own. Values that only "
                + "make it slower are better left out than bound by a constraint.",
            expert:
                "\(ReportText.count(input.space.parameters.count, "parameter")), some of them conditional: what belongs to a "
                + "choice that was not made is inactive, and counts no further in \(size). The sampler is \(file.sampler.rawValue); the default is "
                + "trial 0, configurations from other projects follow (at most a fifth of the trials, `--cold` leaves them out). Trials "
                + "race on blocks of the same questions, so the comparison is paired. Seed \(file.seed); the study is known by the hash "
                + "of documents, questions, space, objective, sampler and seed, not by the number of trials, and so can be "
                + "continued.\n\nThe rows: the tables `trials` and `measurements` of `neo query`.")
    }

    // MARK: - Failure modes

    var failures: LeveledText {
        LeveledText(
            newcomer:
                "The harm that hurts most is no crash: it is an answer that looks right and is not. So answers come with "
                + "the place that they rest on: look there where it matters. An answer that says \"the documents do not tell\" is "
                + "the system working as it should; many of them mean that documents are missing.\n\nThe table says how each "
                + "trouble shows, so that you need not wait until a user complains.",
            practitioner:
                "Look from the front to the back: report.md counts where evidence is lost first (parsing, cutting, "
                + "finding, ordering), and no later stage brings back what an earlier one lost. In service, watch the share of "
                + "abstentions and the latency on the release's page; when documents change, `neo status` says outdated: search "
                + "again, for which what is cut and encoded already is kept. Ask for users' questions that went wrong, and make them golden "
                + "(`neo golden`).",
            expert:
                "A loss is put down to the first stage at which a piece of evidence is gone; ceilings assume that all "
                + "behind a stage is perfect (results.json, `causes`). Abstention is a threshold on evidence scores that comes "
                + "with Neo and was not fitted to these documents: `neo eval winner --answers` measures precision and recall of "
                + "it, also with the documents withheld that hold the evidence. Not modelled: many requests at once, drift of "
                + "what users ask, documents written to be found, and losses that two stages share.")
    }

    // MARK: - Estimate

    var time: LeveledText {
        let probe = input.probe
        let isAsking = estimate.asking >= estimate.indexing
        return LeveledText(
            newcomer:
                "This is a guess from a few seconds of trial work on this machine, so it is written as a range: half to twice. You "
                + "may stop the search at any moment, and the same command goes on from there. \(moneyForNewcomers)\n\nWhat can go "
                + "wrong: another program that uses the machine makes everything longer; "
                + "after \(Rounding.text(estimate.limit, digits: 0)) minutes a build begins no new configuration.",
            practitioner:
                "Most of it is \(isAsking ? "asking: fewer trials or fewer questions" : "indexes and vectors: fewer ways of cutting (`space: {chunk.size: 256}`)\(input.probe.encoder == nil ? "" : " or a smaller encoder")") "
                + "make it shorter in proportion. What was parsed and encoded before comes from the cache, so a second search is "
                + "quicker than this says. Rerankers and written answers come on top: give them `--budget` and `--max-cost`.",
            expert:
                "With d documents read in r seconds, c ways of cutting that the trials reach, p passages a way, i seconds an index "
                + "without vectors, e seconds a passage, t trials, q questions and a seconds a question: r + c·(i + p·e) + t·q·a, here "
                + "\(Rounding.text(probe.reading, digits: 2)) + \(estimate.reached)·(\(Rounding.text(probe.indexing, digits: 3)) + "
                + "\(probe.passages)·\(Rounding.text(probe.encoding, digits: 5))) + "
                + "\(estimate.trials)·\(estimate.questions)·\(Rounding.text(probe.asking, digits: 5)) s. Every way of cutting is taken to have as many "
                + "passages as the default, no trial to be stopped early, and nothing to be cached; the first errs low where passages "
                + "are small, the others err high. Halved and doubled for that, which is a judgement and no interval.\n\nThe "
                + "probe: `.neo/design.json`.")
    }

    private var moneyForNewcomers: String {
        guard input.asksElsewhere else { return "It costs no money: every model runs on this machine." }
        return file.maxCost == nil
            ? "It may cost money, and nothing bounds that yet: set `max_cost` before you begin."
            : "It may cost money, up to the limit in the table, where it stops."
    }

    // MARK: - Acceptance tests

    /// - Parameter count: how many requirements are held to a test.
    func acceptance(_ count: Int) -> LeveledText {
        // Where some are held back, those alone judge.
        let judging = estimate.questions < 100 ? estimate.questions : estimate.questions * 2 / 5
        let half = Rounding.text(100 * 1.96 * (0.9 * 0.1 / Double(judging)).squareRoot(), digits: 0)
        return LeveledText(
            newcomer:
                "Each line is a promise with a number. When the system is built, the number is measured, and Neo says whether "
                + "the promise is met, is not met, or cannot be told yet. \"By hand\" means that nobody measures it: somebody "
                + "has to look.\n\nWhat can go wrong: a test can be met while people are unhappy, if it asks for something else "
                + "than they need. Read each as if nothing but that were promised.",
            practitioner:
                "A gate lets a build go on only where the whole 95 % interval is on the right side of the threshold; "
                + "not met and undetermined both stop it, with what can be done. With "
                + "\(ReportText.count(judging, "question")) that judge a share near 90 % has an interval of about ±\(half) "
                + "points, so a threshold nearer than that to what you expect will stay undetermined: write more questions, or "
                + "choose it further away. `neo status ID` follows one to its questions, `neo gate` is for your CI.",
            expert:
                "Each is a test by inclusion of the two-sided 95 % interval, so a wrong \"met\" has at most 2.5 %, for each alone: "
                + "with \(count) on their thresholds up to \(Rounding.text(min(100, 2.5 * Double(count)), digits: 1)) % for any, as no "
                + "correction is made. Means are on held-out questions, else cross-fitted; what was measured on the "
                + "questions that chose is never met. Percentiles lie between order statistics. A value is held only to the "
                + "text that stood there when it was measured (fingerprints in manifest.json); an edit makes it stale. The ±\(half) "
                + "of the practitioners' text is the normal approximation for a share.\n\nThe rows: the table `verdicts` of "
                + "`neo query`, with its history.")
    }
}

internal import AutoML

/// How to read the result of a search, for readers who know more or less of the matter.
struct VerdictReading {
    let results: SearchResults

    private var verdict: SearchResults.Verdict { results.verdict }
    private var isMaximized: Bool { results.objective.direction == .maximize }
    private var chosen: String { DecisionWords.chosen(results) }
    private var questions: String { ReportText.count(verdict.questions, "question") }

    var text: LeveledText {
        LeveledText(
            newcomer: [meaning, worth, comparison].joined(separator: "\n\n"),
            practitioner: [measured, floor, action].compactMap { $0 }.joined(separator: "\n\n"),
            expert: [estimator, assumptions, rows].joined(separator: "\n\n"))
    }

    // MARK: - New to this

    private var meaning: String {
        let worse = Rounding.text(isMaximized ? verdict.winner.lower : verdict.winner.upper)
        return
            "\(results.objective.metric) tells how well the system does what the questions ask of it; below stands what exactly "
            + "is counted. It was measured on \(questions), so it is an estimate: with other questions of the same kind it would "
            + "have come out a little differently. The interval says by how much: of 100 intervals made in this way about 95 "
            + "hold the true value. Plan with its worse end, \(worse), and not with its middle."
    }

    private var worth: String {
        switch verdict.kind {
        case .heldOut:
            "What can go wrong: the questions were held back, so the number is fair for questions like them. Where your "
                + "users ask other things than these questions do, it says nothing of those."
        case .crossFitted:
            "What can go wrong: there were too few questions to keep some back, so each had to help choosing and "
                + "judging in turns. That is fair, but rough; more questions make it finer."
        case .search:
            "What can go wrong: the same questions chose and judged, as if pupils had seen the exam before. Expect less "
                + "of it with real users."
        }
    }

    private var comparison: String {
        guard results.winner != results.baseline else {
            return "The default came out best: there is nothing to change, and that is a result, too."
        }
        guard isTold else {
            return
                "The interval of the difference holds 0, so the gain over the default may be none at all: what looks like "
                + "one can be luck with these questions."
        }
        return isGain
            ? "The whole interval of the difference is on the good side of 0: with other questions the \(chosen) would do "
                + "better as well, though perhaps by less than \(Rounding.text(abs(verdict.difference.value)))."
            : "The whole interval of the difference is on the wrong side of 0: what looked good while searching was luck. Keep "
                + "the default."
    }

    // MARK: - For practitioners

    private var measured: String {
        "How it was measured: the \(chosen) and the default answered the same \(questions), and the difference was taken "
            + "question by question before it was averaged. So what makes a question hard for both falls out, and the interval "
            + "of the difference is mostly narrower than the two intervals beside each other suggest."
    }

    /// What these questions can show at all; the interval of a cross-fitted difference is none of that kind.
    private var floor: String? {
        let half = (verdict.difference.upper - verdict.difference.lower) / 2
        guard verdict.kind != .crossFitted, results.winner != results.baseline, half.isFinite, half > 0 else {
            return nil
        }
        return
            "The noise floor: on these questions a difference of less than \(Rounding.text(half)) cannot be told from none, "
            + "and a true one of about \(Rounding.text(1.43 * half)) is found four times in five. Half of that takes about "
            + "four times the questions."
    }

    private var action: String {
        let more = "neo golden worth says how wide the interval would be with more questions"
        guard results.winner != results.baseline else {
            return
                "What to do: keep the default. Other parameters in space: or better documents may bring more than more "
                + "trials; \(more)."
        }
        guard isTold else {
            return "What to do: keep the default, unless latency, size or cost speak for the \(chosen). \(more); "
                + "the table of what cannot be told apart, below, says how many would tell."
        }
        return isGain
            ? "What to do: read the worst questions, below, before you take it; then neo serve. \(more)."
            : "What to do: keep the default, and search with more questions. \(more)."
    }

    // MARK: - For experts

    private var estimator: String {
        guard verdict.kind != .crossFitted else {
            return
                "Estimator: bootstrap bias-corrected cross-validation (Tsamardinos, Greasidou, Borboudakis 2018, algorithm "
                + "4): questions, or their clusters, are drawn with replacement, the best trial on those drawn is scored on "
                + "those that were not; mean and 2.5 and 97.5 % quantiles of these scores, of chosen, default and difference on "
                + "the same draws. It judges the selection, not the one configuration, and each draw rests on about a third of "
                + "the questions, so it is rather too wide."
        }
        return
            "Estimator: the mean over questions. Its interval is Wilson's, carried over to means of scores from 0 to 1: the "
            + "standard error is √(μ(1 − μ)) at the mean asked for, times an estimated design factor; variance by clusters of "
            + "questions with CR2 (Bell, McCaffrey 2002), t quantiles with Satterthwaite's degrees of freedom, which allow for the "
            + "residuals' kurtosis. The difference is the paired mean with t standard errors to either side; the power in the text "
            + "for practitioners is the normal approximation of it (2.80 standard errors)."
    }

    private var assumptions: String {
        let luck =
            switch verdict.kind {
            case .heldOut:
                "Selection took place on the other \(results.searchQuestions) questions, so nothing of the choice is in this "
                    + "number; each later look at the held-out ones (neo compare --held-out, neo status ID) takes something "
                    + "of that away."
            case .crossFitted: "The draws repeat the choice among finished trials, not the sampler's way to them."
            case .search: "The maximum over trials is in it: an upward bias that no width of the interval covers."
            }
        return
            "Assumed: questions, or their clusters, are independent draws from what users will ask; the documents do not "
            + "change; a question that could not be measured counts as the worst. Default and difference are no further tests "
            + "to be corrected for; a type of question is. \(luck)"
    }

    private var rows: String {
        let split = verdict.kind == .heldOut ? " AND split = 'held-out'" : " AND trial = \(results.winner)"
        return
            "The rows: results.json (verdict, questions), and question by question neo query \"SELECT item, metrics FROM "
            + "measurements WHERE study LIKE '\(results.study)%'\(split)\"."
    }

    /// Whether the interval of the difference says which is better.
    private var isTold: Bool { verdict.difference.lower > 0 || verdict.difference.upper < 0 }
    private var isGain: Bool { isMaximized == (verdict.difference.lower > 0) }
}

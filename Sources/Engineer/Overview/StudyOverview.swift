package import AutoML
package import Base
package import Storage

/// A study as it stands in the database, while it runs and afterwards.
package struct StudyOverview: Sendable {
    /// A trial of it.
    package struct Trial: Sendable {
        package let figures: TrialFigures
        /// Its configuration, as people read it.
        package let words: String
        /// The mean of the metric with its 95 % interval; nil where nothing was measured.
        package let score: SearchResults.Estimate?

        package var number: Int { figures.number }
        package var state: AutoML.Trial.State { figures.state }
    }

    /// The name of its definition.
    package let id: ContentHash
    /// When it was first opened.
    package let created: String
    /// What it is for: `search`, `baseline`, `answers`.
    package let purpose: String
    /// Who chose the configurations.
    package let sampler: String
    /// What is made as large as possible.
    package let metric: String
    /// The ids of its questions.
    package let questions: [String]
    package let trials: [Trial]
    /// Why questions could not be measured, and how often.
    package let failures: [(reason: String, count: Int)]
    /// What the search found in the end; nil while it runs, and of other studies than the last search.
    package let results: SearchResults?
    /// Which choices matter, as far as the trials that have ended tell; nil where they are too few or all alike.
    package let importance: SearchResults.Importance?

    /// The best of the trials that measured every question.
    package var best: Trial? {
        trials.filter { $0.state == .complete }.max { left, right in
            let (first, second) = (left.score?.value ?? -1, right.score?.value ?? -1)
            return first == second ? left.number > right.number : first < second
        }
    }

    /// How many trials are in a state.
    package func count(_ state: AutoML.Trial.State) -> Int { trials.count { $0.state == state } }
}

/// A study in a line of a list.
package struct StudyGlance: Sendable {
    package let id: ContentHash
    package let created: String
    package let purpose: String
    package let sampler: String
    package let metric: String
    package let questions: [String]

    init(_ record: StudyRecord, sampler usual: NamedSampler) {
        let definition = record.definition
        id = record.id
        created = record.created
        metric = definition["objective"]?.string ?? ""
        questions = (definition["search"] ?? definition["questions"])?.array?.compactMap(\.string) ?? []
        if definition["answers"] != nil {
            sampler = "–"
            purpose = "answers"
        } else {
            sampler = definition["sampler"]?.string ?? "–"
            purpose = sampler == usual.rawValue ? "search" : "baseline"
        }
    }
}

extension StudyOverview.Trial {
    /// A trial with the interval that its sums allow: that of `meanInterval` with the normal's quantile in place of t. The
    /// report's interval knows more, such as which questions belong together; it takes its place when the search has ended.
    init(_ figures: TrialFigures, final: SearchResults.Estimate?) {
        self.figures = figures
        words = ConfigurationWords.short(figures.configuration)
        guard final == nil, figures.measured > 0 else {
            score = final
            return
        }
        let count = Double(figures.measured)
        let mean = figures.sum / count
        let variance = max(0, figures.squares / count - mean * mean)
        // Scores that are all alike say nothing of the variance; they then count as answered or not.
        let factor = variance > 0 && mean > 0 && mean < 1 ? variance / (mean * (1 - mean)) : 1
        let reach = 1.96 * 1.96 * factor / count
        let centre = mean + reach / 2
        let half = (reach * mean * (1 - mean) + reach * reach / 4).squareRoot()
        score = SearchResults.Estimate(
            value: mean, lower: max(0, (centre - half) / (1 + reach)), upper: min(1, (centre + half) / (1 + reach)))
    }
}

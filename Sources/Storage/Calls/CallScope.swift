internal import AutoML

/// What a search asks models for at present. It is bound to the search's task, so that embedders, rerankers and language
/// models write down what their calls belong to without being told; the trial is what the study binds.
package struct CallScope: Sendable {
    /// The scope of this task; nil outside of searches.
    @TaskLocal package static var current: CallScope?

    /// The search that causes calls: the id of its study.
    package let search: String
    /// The study that calls belong to: the search's, or that of its baselines or answers.
    package private(set) var study: String
    /// The budgets that its calls count against, besides those of the project.
    package let budgets: [String]
    /// What the search has spent in this process.
    package let tally = CallTally()

    /// The scope of a search.
    package init(search: String, budgets: [String] = []) {
        self.search = search
        study = search
        self.budgets = budgets
    }

    /// The same search, at another of its studies.
    package func at(study: String) -> CallScope {
        var scope = self
        scope.study = study
        return scope
    }
}

extension CallPurpose {
    /// The purpose with the search, the study and the trial that the present task works on.
    package var inScope: CallPurpose {
        guard let scope = CallScope.current else { return self }
        var purpose = self
        purpose.search = scope.search
        purpose.study = scope.study
        purpose.trial = MeasuredTrial.number
        return purpose
    }
}

/// What a report says of a cross-fitted number.
enum ReportCrossFitting {
    /// What the number is worth, and what a careless one would have been.
    static func honesty(naive: String, chosen: String) -> String {
        "The naive number would have been \(naive): what the \(chosen) scored on the questions that chose it, too good on "
            + "average. There are too few questions to hold some back, so the number above is cross-fitted: again and again "
            + "the questions are drawn anew, the best configuration on those drawn is chosen, and it is scored on "
            + "those that were not drawn. So it says how well the choosing does on new questions, not only this \(chosen), "
            + "and its interval is rather too wide than too narrow. With 100 questions or more Neo holds some back, and "
            + "measures the \(chosen) on those."
    }

    /// What the other metrics of the winner were measured on.
    static let metricQuestions = "the questions that chose it, so they are too good on average"

    /// What to do about it.
    static let nextStep =
        "Write more questions: from 100 on, Neo holds some back, and measures the winner itself on them."
}

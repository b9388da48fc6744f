extension JudgePrompt {
    /// The task and the scale of a criterion.
    static func words(_ criterion: JudgeCriterion) -> (task: String, scale: [Verdict]) {
        switch criterion {
        case .correctness:
            (
                "Compare the answer with the golden answers: does it say what one of them says? Other words, more detail "
                    + "and another order do not matter. Your own knowledge does not count.",
                [
                    Verdict(label: "correct", score: 1, meaning: "it says what a golden answer says."),
                    Verdict(label: "partly_correct", score: 0.5, meaning: "it says only a part of it."),
                    Verdict(
                        label: "incorrect", score: 0,
                        meaning: "it says something else, contradicts it, or does not answer."),
                ]
            )
        case .faithfulness:
            (
                "Compare the answer with the passages: does every statement of it follow from them? Whether it is true, "
                    + "or answers the question, does not count.",
                [
                    Verdict(label: "supported", score: 1, meaning: "every statement follows from the passages."),
                    Verdict(
                        label: "partly_supported", score: 0.5, meaning: "some statements follow, and others do not."),
                    Verdict(
                        label: "unsupported", score: 0, meaning: "nothing that matters follows, or they contradict it."),
                ]
            )
        case .relevance:
            (
                "Read the question and the answer: does the answer address what was asked? Whether it is true does not "
                    + "count.",
                [
                    Verdict(label: "relevant", score: 1, meaning: "it answers the question, and little else."),
                    Verdict(
                        label: "partly_relevant", score: 0.5,
                        meaning: "it answers a part of it, or is mostly about other things."),
                    Verdict(label: "irrelevant", score: 0, meaning: "it does not answer the question."),
                ]
            )
        case .citations:
            (
                "The passages are those that the answer cites. Compare it with them: do they say what the answer says "
                    + "where it cites them?",
                [
                    Verdict(
                        label: "supported", score: 1, meaning: "the passages cited say all that they are cited for."),
                    Verdict(label: "partly_supported", score: 0.5, meaning: "they say a part of it."),
                    Verdict(label: "unsupported", score: 0, meaning: "they do not say it, or say the opposite."),
                ]
            )
        }
    }
}

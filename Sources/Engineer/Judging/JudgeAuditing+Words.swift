package import Base
internal import RAG

extension JudgeAuditing.Outcome {
    /// The outcome as one object.
    package var json: JSONValue {
        [
            "criterion": .string(audit.criterion.rawValue), "judge": .string(audit.judge),
            "prompt": .string(audit.prompt), "date": .string(audit.date),
            "judged_own_answers": .bool(audit.judgedOwnAnswers), "figures": audit.figures,
            "judged": .number(judged), "corrected": JudgeAudit.json(corrected), "judge_weight": .number(weight),
            "unlabelled": .integer(unlabelled),
            "verdicts": .array(verdicts.map(\.json)),
        ]
    }

    /// The outcome for people.
    package var text: String {
        let basis =
            unlabelled == 0
            ? "from the labels alone, as no further answers were given"
            : "from \(audit.pairs.count) labels and the judge's scores of \(unlabelled) further answers"
        return audit.text + "\n\n"
            + "The judge gives \(Rounding.text(judged)) on average. People would give "
            + "\(JudgeAudit.words(corrected)), \(basis)."
    }
}

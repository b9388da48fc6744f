package import Base
internal import LanguageModels
package import RAG
package import Statistics

/// What a judge said of a configuration's answers, and what that is worth.
package struct AnswerJudgement: Sendable, Hashable {
    /// The judge's name.
    package var judge: String
    /// The verdicts.
    package var scores: JudgeScores
    /// Whether the judge was audited.
    package var standing: JudgeAuditFile.Standing
    /// What people would say on average, by the audit.
    package var corrected: Interval?
    /// Whether it judged answers that it wrote itself.
    package var judgesItself: Bool

    /// Judges the answers to answerable questions; abstentions are no answers.
    ///
    /// - Parameters:
    ///   - writer: the identity of the model that wrote them; nil where they are quotes.
    ///   - insists: whether the judge may have written them itself.
    /// - Throws: `RAGError` where it did, and nobody insists.
    @concurrent
    package static func of(
        _ measurements: [AnswerMeasurement], by judge: Judge, criterion: JudgeCriterion, project: Project,
        writer: String? = nil, insists: Bool = false,
        onVerdict: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws -> AnswerJudgement {
        let items = measurements.filter { $0.isAnswerable && $0.isAnswered }.compactMap(\.item)
            .filter(criterion.applies)
        let judgeName = ModelName(identity: judge.model.identity)
        let judgesItself = try judgeName.judgesItself(
            writer.map { [ModelName(identity: $0)] } ?? [], insists: insists)
        let name = judgeName.text
        let standing = try JudgeAuditFile(project)
            .standing(of: name, prompt: JudgePrompt(criterion).version, criterion: criterion)
        let scores = JudgeScores(criterion, try await judge.judge(items, by: criterion, onVerdict: onVerdict))
        var corrected: Interval?
        if case .audited(let audit) = standing {
            let judged = zip(items, scores.scores).map { (hash: JudgedAnswer($0).hash, score: $1) }
            corrected = try audit.corrected(judged).interval()
        }
        return AnswerJudgement(
            judge: name, scores: scores, standing: standing, corrected: corrected,
            judgesItself: judgesItself)
    }

    /// The judgement as one object.
    package var json: JSONValue {
        var row: [String: JSONValue] = [
            "criterion": .string(scores.criterion.rawValue), "judge": .string(judge),
            "prompt": .string(JudgePrompt(scores.criterion).version),
            "score": scores.mean.map { .number($0) } ?? .null, "answers": .integer(scores.verdicts.count),
            "failures": .integer(scores.failures), "failure_rate": scores.failureRate.map { .number($0) } ?? .null,
            "corrected": JudgeAudit.json(corrected), "own_answers": .bool(judgesItself),
        ]
        switch standing {
        case .audited(let audit):
            row["audited"] = true
            row["audit"] = .string(audit.date)
            row["audit_of_own_answers"] = .bool(audit.judgedOwnAnswers)
        case .unaudited(let reason):
            row["audited"] = false
            row["audit"] = .string(reason)
        }
        row["verdicts"] = .array(scores.verdicts.map(\.json))
        return .object(row)
    }

    /// The judgement for people.
    package var text: String {
        guard let mean = scores.mean else { return "  no answer could be judged by \(scores.criterion.rawValue)" }
        var line =
            "  \(Rounding.text(mean))  judged_\(scores.criterion.rawValue): \(judge) on \(scores.verdicts.count) answers"
        if scores.failures > 0 {
            line += "; \(scores.failures) without a verdict, \(Rounding.text(scores.failureRate ?? 0)), count as 0"
        }
        if judgesItself { line += "\n         it wrote these answers itself, and models find better what they wrote" }
        switch standing {
        case .audited(let audit):
            line +=
                "\n         people would give \(corrected.map(JudgeAudit.words) ?? "what is not known"), by the audit of "
                + "\(audit.date) with \(audit.pairs.count) labels"
            if audit.judgedOwnAnswers { line += ", some of the judge's own answers" }
        case .unaudited(let reason): line += "\n         unaudited. \(reason)"
        }
        return line
    }
}

extension JudgeVerdict {
    /// The verdict as one object.
    package var json: JSONValue {
        [
            "id": .string(id), "score": score.map { .number($0) } ?? .null,
            "reason": reason.map { .string($0) } ?? .null, "failure": failure.map { .string($0) } ?? .null,
            "cut": .bool(isCut),
        ]
    }
}

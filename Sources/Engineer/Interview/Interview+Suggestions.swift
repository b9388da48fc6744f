internal import Base

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension Interview {
    /// Answers every open question with what is suggested; where nothing is, with "I don't know", and who approves with who
    /// says so.
    ///
    /// - Returns: how many were answered.
    package mutating func takeSuggestions(
        by source: InterviewState.Source, into file: InterviewFile, at now: Date
    ) throws -> Int {
        var taken: [InterviewState.Answer] = []
        // Conflicts are asked about again; answered the same, they are meant.
        for _ in 0..<(4 * questionnaire.questions.count) {
            guard let step = next else { break }
            let value = step.suggestion?.value ?? (step.question.id == "approver" ? .string(source.name) : nil)
            let answer = try answer(step.question.id, value, by: source, at: now)
            state.answers.append(answer)
            taken.append(answer)
        }
        if !taken.isEmpty { state = try file.add(taken, kind: questionnaire.kind) }
        return taken.count
    }
}

internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Asks at a terminal, one question at a time, and keeps each answer before the next question.
struct InterviewTerminal {
    let file: InterviewFile
    let source: InterviewState.Source
    /// Where it is noted what the answers tell of the person as a reader.
    var reader: ReaderFile?

    /// Asks until enough is known, or the input ends.
    ///
    /// - Throws: `CancellationError` at Ctrl-C.
    func run(_ interview: inout Interview) async throws {
        output(
            "Enter takes what is suggested, ? is \"I don't know\", back asks the last question again, Ctrl-D leaves.\n")
        var asked: [String] = []
        var again: Interview.Step?
        while let step = again ?? interview.next {
            again = nil
            output(Terminal.harmless(InterviewText.question(step)))
            guard let line = try await Terminal.askUnlessCancelled("> ") else {
                output("")
                return
            }
            let typed = line.drop(while: \.isWhitespace)
            if typed == "back" {
                guard let last = asked.popLast() else {
                    output("This is the first question of this sitting.\n")
                    again = step
                    continue
                }
                again = interview.step(try interview.anyQuestion(last))
                continue
            }
            guard !typed.isEmpty || step.suggestion != nil else {
                output("Nothing is suggested here: type an answer, or ?\n")
                again = step
                continue
            }
            do {
                let given =
                    typed.isEmpty ? step.suggestion?.value : typed == "?" ? Optional.none : .string(String(typed))
                let answer = try interview.answer(step.question.id, given, by: source, at: Date())
                interview.state = try file.add([answer], kind: interview.questionnaire.kind)
                // Whoever takes what is suggested says nothing of themselves; and none of it is a reason to fail.
                if !typed.isEmpty { _ = try? reader?.change { $0.estimate.note(answer: answer.value) } }
                asked.append(step.question.id)
                output("")
            } catch let error as EngineerError where error.code == .invalidRequest {
                output(Terminal.harmless(error.message) + "\n")
                again = step
            }
        }
    }

    private func output(_ text: String) { Terminal.printError(text) }
}

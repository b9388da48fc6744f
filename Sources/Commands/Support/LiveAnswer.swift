internal import RAG
internal import Synchronization

/// An answer on a terminal while a model writes it.
///
/// The text stands there once: what came is continued with what was still missing, and the sources follow.
final class LiveAnswer: Sendable {
    private let isShown: Bool
    private let shown = Mutex("")

    /// - Parameter isShown: whether somebody watches; else the answer is only waited for.
    init(isShown: Bool) {
        self.isShown = isShown
    }

    /// Shows the text as it comes, and gives back the whole.
    func answer(
        from events: AsyncThrowingStream<AnswerEvent, any Error>, clearing progress: ProgressLine
    ) async throws -> Answer {
        do {
            var whole: Answer?
            // To the very end: what a collector is told of the answer is complete only then.
            for try await event in events {
                switch event {
                case .text(let text):
                    guard isShown else { continue }
                    progress.finish()
                    shown.withLock { $0 += text }
                    try Terminal.printResult(Terminal.harmless(text))
                case .completed(let answer): whole = answer
                }
            }
            if let whole { return whole }
            // The events of a task that was cancelled end without an error.
            throw CancellationError()
        } catch {
            // What is said next begins a line; Ctrl-C has ended this one.
            let isEnded = error is CancellationError && Terminal.isInteractive
            if !isEnded, !shown.withLock({ $0.isEmpty }) { try? Terminal.printResult("\n") }
            throw error
        }
    }

    /// Adds what is missing of the text, and its sources; false where nothing of it was shown.
    func finish(_ answer: Answer) throws -> Bool {
        let shown = shown.withLock { $0 }
        guard !shown.isEmpty else { return false }
        let text = answer.generated?.text ?? ""
        guard let generated = answer.generated, text.utf8.starts(with: shown.utf8) else {
            // It cannot be taken back.
            try Terminal.printResult("\n\nThat is not the answer:\n\n\(AnswerText.whole(answer))\n")
            return true
        }
        // By bytes: a letter and its accent may have come one after the other.
        let rest = String(decoding: text.utf8.dropFirst(shown.utf8.count), as: UTF8.self)
        try Terminal.printResult("\(Terminal.harmless(rest))\n\n\(AnswerText.sources(answer, generated))\n")
        return true
    }
}

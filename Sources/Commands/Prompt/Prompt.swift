internal import CTerminal
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What somebody at a prompt wants.
enum PromptEvent: Sendable, Hashable {
    /// A text was written to its end.
    case line(String)
    /// Ctrl-C. Questions that were open have no answer.
    case interrupt
    /// Ctrl-D at an empty text.
    case end
    /// The terminal is gone.
    case hangup
}

/// A prompt at the bottom of the terminal, above which output goes on: the one reader of standard input.
///
/// All that is printed goes through `Terminal.harmless`. The terminal is given back when the scope ends, and by
/// `neo_terminal_end` wherever the process does.
final class Prompt: Sendable {
    /// A question that waits for its answer.
    struct Question: Sendable {
        let number: Int
        let label: String
        let continuation: CheckedContinuation<String?, Never>
    }

    struct State: Sendable {
        var decoder = KeyDecoder()
        var editor: LineEditor
        /// What was being written when a question came.
        var draft: String?
        var questions: [Question] = []
        var nextNumber = 0
        var partial = ""
        var status = ""
        /// Where the cursor stands in what is drawn; nil where nothing is.
        var cursorRow: Int?
        var isOpen = false
        var isEnded = false
    }

    static let label = "> "
    let state: Mutex<State>
    private let completions: @Sendable (String) -> [String]
    private let onEvent: @Sendable (PromptEvent) -> Void

    private init(
        history: [String], completions: @escaping @Sendable (String) -> [String],
        onEvent: @escaping @Sendable (PromptEvent) -> Void
    ) {
        state = Mutex(State(editor: LineEditor(history: history)))
        self.completions = completions
        self.onEvent = onEvent
    }

    /// Takes the terminal while `body` works. Nothing is drawn before `open`.
    ///
    /// - Parameters:
    ///   - completions: what a word may become, for Tab.
    ///   - onEvent: hears what the user wants, on a thread of its own.
    /// - Throws: what `body` throws; `OutputError` where standard input is no terminal.
    static func with<Result: Sendable>(
        history: [String] = [], completions: @escaping @Sendable (String) -> [String] = { _ in [] },
        onEvent: @escaping @Sendable (PromptEvent) -> Void, _ body: (Prompt) async throws -> Result
    ) async throws -> Result {
        guard neo_terminal_begin(STDIN_FILENO) == 0 else { throw OutputError(number: errno) }
        let prompt = Prompt(history: history, completions: completions, onEvent: onEvent)
        let queue = DispatchQueue(label: "neo.prompt", qos: .userInteractive)
        let keys = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: queue)
        keys.setEventHandler { if !prompt.read() { keys.cancel() } }
        let signals = [SIGWINCH, SIGCONT].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { prompt.returned(isContinued: number == SIGCONT) }
            return source
        }
        keys.resume()
        for source in signals { source.resume() }
        defer {
            for source in signals { source.cancel() }
            keys.cancel()
            prompt.close()
            neo_terminal_end()
        }
        return try await body(prompt)
    }

    // MARK: Keys

    /// Reads what was typed; false at the end of the input.
    private func read() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return true }
        guard count > 0 else {
            if state.withLock({ state in
                defer { state.isEnded = true }
                return !state.isEnded
            }) {
                onEvent(.hangup)
            }
            return false
        }
        let keys = state.withLock { $0.decoder.keys(bytes.prefix(count)) }
        for key in keys { press(key) }
        return true
    }

    private func press(_ key: Key) {
        var event: PromptEvent?
        var answered: [(Question, String?)] = []
        var suspends = false
        state.withLock { state in
            Self.erase(&state)
            switch state.editor.press(key) {
            case .changed: break
            case .submit(let text):
                if state.questions.isEmpty {
                    Self.note(Self.label + text, &state)
                    event = .line(text)
                } else {
                    let question = state.questions.removeFirst()
                    Self.note(question.label + text, &state)
                    state.editor.history.removeAll { $0 == text }
                    answered.append((question, text))
                }
            case .complete(let word):
                let found = state.questions.isEmpty ? completions(word) : []
                let shown = state.editor.complete(word, with: found)
                if !shown.isEmpty { Self.note(shown.prefix(40).joined(separator: "  "), &state) }
            case .interrupt:
                answered = state.questions.map { ($0, nil) }
                state.questions = []
                event = .interrupt
            case .end:
                if state.questions.isEmpty {
                    event = .end
                } else {
                    answered.append((state.questions.removeFirst(), nil))
                }
            case .clear: Terminal.draw("\u{1B}[H\u{1B}[2J")
            case .suspend: suspends = true
            case .quit: neo_terminal_quit()
            }
            Self.turnToQuestion(&state)
            if !suspends { Self.draw(&state) }
        }
        for (question, answer) in answered { question.continuation.resume(returning: answer) }
        if let event { onEvent(event) }
        if suspends {
            // All of the process stops here until the shell lets it go on.
            neo_terminal_suspend()
            returned(isContinued: false)
        }
    }

    /// The terminal has another size, or the process was stopped and goes on, when the shell may have changed its modes.
    private func returned(isContinued: Bool) {
        if isContinued {
            neo_terminal_end()
            _ = neo_terminal_begin(STDIN_FILENO)
        }
        state.withLock { state in
            // The shell has written since: only the row of the cursor is ours.
            if isContinued, state.cursorRow != nil { state.cursorRow = 0 }
            Self.erase(&state)
            Self.draw(&state)
        }
    }
}

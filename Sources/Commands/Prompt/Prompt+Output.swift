internal import CTerminal
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What is printed above the prompt, and the questions that take its place.
extension Prompt {
    /// Draws the prompt from now on.
    func open() {
        state.withLock { state in
            state.isOpen = true
            Self.draw(&state)
        }
    }

    /// Takes the prompt away; what was printed stays.
    func close() {
        let open = state.withLock { state in
            Self.erase(&state)
            Self.endLine(&state)
            state.isOpen = false
            defer { state.questions = [] }
            return state.questions
        }
        for question in open { question.continuation.resume(returning: nil) }
    }

    /// Prints lines.
    func print(_ text: String, isDim: Bool = false) {
        state.withLock { state in
            Self.erase(&state)
            Self.endLine(&state)
            let lines = Terminal.harmless(text)
            Terminal.draw((isDim ? Terminal.dim(lines) : lines) + "\n")
            Self.draw(&state)
        }
    }

    /// Prints a piece of a text that comes bit by bit.
    func stream(_ piece: String) {
        state.withLock { state in
            Self.erase(&state)
            state.partial += Terminal.harmless(piece)
            if let end = state.partial.lastIndex(of: "\n") {
                Terminal.draw(String(state.partial[...end]))
                state.partial = String(state.partial[state.partial.index(after: end)...])
            }
            // A line that would fill the screen is let go.
            let size = Self.size
            if PromptLayout.width(state.partial) > size.columns * max(1, size.rows / 2) { Self.endLine(&state) }
            Self.draw(&state)
        }
    }

    /// Says in a line of its own what goes on; an empty text takes it away.
    func show(status: String) {
        state.withLock { state in
            Self.erase(&state)
            state.status = Terminal.harmless(status).replacing("\n", with: " ")
            Self.draw(&state)
        }
    }

    /// Rings.
    func ring() { Terminal.draw("\u{07}") }

    /// Whether something is being written.
    var hasText: Bool { state.withLock { !$0.editor.text.isEmpty } }

    /// Replaces what is being written.
    func set(_ text: String) {
        state.withLock { state in
            Self.erase(&state)
            state.editor.set(text)
            Self.draw(&state)
        }
    }

    /// Asks the user, who is called; what was being written comes back afterwards.
    ///
    /// - Returns: the answer; nil where there is none: Ctrl-C, Ctrl-D, or the task was cancelled.
    func ask(_ label: String, about text: String) async -> String? {
        let number = state.withLock { state in
            defer { state.nextNumber += 1 }
            return state.nextNumber
        }
        print(text)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { state in
                    Self.erase(&state)
                    state.questions.append(
                        Question(number: number, label: Terminal.harmless(label), continuation: continuation))
                    Self.turnToQuestion(&state)
                    Self.draw(&state)
                }
                ring()
                // It may have been cancelled before there was a question to take back.
                if Task.isCancelled { withdraw(number) }
            }
        } onCancel: {
            withdraw(number)
        }
    }

    private func withdraw(_ number: Int) {
        let question = state.withLock { state -> Question? in
            guard let place = state.questions.firstIndex(where: { $0.number == number }) else { return nil }
            Self.erase(&state)
            defer {
                Self.turnToQuestion(&state)
                Self.draw(&state)
            }
            return state.questions.remove(at: place)
        }
        question?.continuation.resume(returning: nil)
    }

    // MARK: Drawing

    /// Puts what was being written aside where a question has come, and brings it back where there is none any more.
    static func turnToQuestion(_ state: inout State) {
        if state.questions.isEmpty {
            if let draft = state.draft { state.editor.set(draft) }
            state.draft = nil
        } else if state.draft == nil {
            state.draft = String(state.editor.text)
            state.editor.set("")
        }
    }

    /// Prints a line of the prompt's own, while it is taken away.
    static func note(_ text: String, _ state: inout State) {
        endLine(&state)
        Terminal.draw(Terminal.dim(Terminal.harmless(text)) + "\n")
    }

    static func endLine(_ state: inout State) {
        guard !state.partial.isEmpty else { return }
        Terminal.draw(state.partial + "\n")
        state.partial = ""
    }

    static func erase(_ state: inout State) {
        guard let row = state.cursorRow else { return }
        Terminal.draw("\r" + (row > 0 ? "\u{1B}[\(row)A" : "") + "\u{1B}[J")
        state.cursorRow = nil
    }

    static func draw(_ state: inout State) {
        guard state.isOpen else { return }
        let size = size
        let layout = PromptLayout(
            partial: state.partial, status: state.status, label: state.questions.first?.label ?? label,
            text: state.editor.text, cursor: state.editor.cursor, columns: size.columns, height: size.rows)
        var rows = layout.rows
        if let row = layout.statusRow, rows.indices.contains(row) { rows[row] = Terminal.dim(rows[row]) }
        let up = layout.rows.count - 1 - layout.cursorRow
        Terminal.draw(
            rows.joined(separator: "\r\n") + (up > 0 ? "\u{1B}[\(up)A" : "") + "\r"
                + (layout.cursorColumn > 0 ? "\u{1B}[\(layout.cursorColumn)C" : ""))
        state.cursorRow = layout.cursorRow
    }

    static var size: (columns: Int, rows: Int) {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard neo_terminal_size(STDERR_FILENO, &columns, &rows) == 0 else { return (80, 24) }
        return (Int(columns), Int(rows))
    }
}

/// A reviewer at a terminal: one key decides.
struct GoldenKeyboard: GoldenReviewer {
    let keys: KeyReader

    func show(_ text: String) async { Terminal.draw(text.replacing("\n", with: "\r\n")) }

    func key() async throws -> GoldenKey? {
        Terminal.draw(Terminal.dim("a accept  e edit  r reject  s skip  b back  q leave "))
        defer { Terminal.draw("\r\u{1B}[K") }
        guard let key = try await keys.next() else { return nil }
        return switch key {
        case .text(let letter): GoldenKey(letter)
        case .enter, .right, .down: .skip
        case .left, .up, .backspace: .back
        case .endOfInput: .quit
        default: .unknown
        }
    }

    /// Edits a text; Enter takes it, Ctrl-D gives up.
    func text(_ label: String, _ initial: String) async throws -> String? {
        var editor = LineEditor()
        editor.set(Terminal.harmless(initial))
        var row = 0
        func erase() { Terminal.draw((row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J") }
        while true {
            let size = Prompt.size
            let layout = PromptLayout(
                label: label, text: editor.text, cursor: editor.cursor, columns: size.columns, height: size.rows)
            Terminal.draw(layout.rows.joined(separator: "\r\n"))
            let below = layout.rows.count - 1 - layout.cursorRow
            if below > 0 { Terminal.draw("\u{1B}[\(below)A") }
            Terminal.draw("\r" + (layout.cursorColumn > 0 ? "\u{1B}[\(layout.cursorColumn)C" : ""))
            row = layout.cursorRow
            guard let key = try await keys.next(), key != .endOfInput else {
                erase()
                return nil
            }
            let effect = editor.press(key)
            erase()
            if case .submit(let text) = effect {
                Terminal.draw(label + text + "\r\n")
                return text
            }
        }
    }
}

/// A reviewer whose letters come as lines, from a file or a pipe.
struct GoldenLines: GoldenReviewer {
    func show(_ text: String) async { Terminal.printError(text) }

    func key() async throws -> GoldenKey? {
        guard let line = try await Terminal.askUnlessCancelled("a accept, e edit, r reject, s skip, b back, q leave: ")
        else { return nil }
        Terminal.printError("")
        return GoldenKey(String(line.filter { !$0.isWhitespace }))
    }

    /// An empty line takes what is there.
    func text(_ label: String, _ initial: String) async throws -> String? {
        guard let line = try await Terminal.askUnlessCancelled(label) else { return nil }
        Terminal.printError("")
        return line.contains { !$0.isWhitespace } ? line : initial
    }
}

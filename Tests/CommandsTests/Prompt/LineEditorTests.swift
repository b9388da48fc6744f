import Testing

@testable import Commands

/// Keys in, text and cursor out.
@Suite struct LineEditorTests {
    /// The text with `|` where the cursor stands, after these keys.
    private func after(_ keys: [Key], _ editor: LineEditor = LineEditor()) -> String {
        var editor = editor
        for key in keys { _ = editor.press(key) }
        return String(editor.text[..<editor.cursor]) + "|" + String(editor.text[editor.cursor...])
    }

    @Test(
        arguments: [
            ([.text("ab"), .left, .text("x")], "ax|b"),
            ([.text("ab"), .home, .delete, .delete, .delete], "|"),
            ([.text("one two"), .wordLeft, .wordLeft, .text("x")], "x|one two"),
            ([.text("one two"), .home, .wordRight, .text("x")], "onex| two"),
            ([.text("one two "), .deleteWord, .text("x")], "one x|"),
            ([.text("one two"), .deleteToStart, .yank, .yank], "one twoone two|"),
            ([.text("one two"), .home, .deleteToEnd, .text("x"), .yank], "xone two|"),
            ([.text("one two"), .home, .deleteNextWord], "| two"),
            ([.text("a"), .newline, .text("bc"), .up, .text("x")], "ax|\nbc"),
            ([.text("abc"), .newline, .text("d"), .up, .down, .text("x")], "abc\ndx|"),
            ([.text("a\\"), .enter, .text("b")], "a\nb|"),
            ([.paste("two\nlines"), .home, .deleteToStart], "two\n|lines"),
            ([.text("e"), .text("\u{301}"), .backspace], "|"),
            ([.text("a\u{1F468}\u{200D}\u{1F469}"), .backspace], "a|"),
            ([.backspace, .left, .right, .up, .down, .endOfInput, .deleteWord, .wordLeft, .wordRight], "|"),
        ] as [([Key], String)])
    func `keys edit as readline's do`(keys: [Key], expected: String) {
        #expect(after(keys) == expected)
    }

    @Test func `a text that is finished is submitted, and comes back from the history with what was being written`() {
        var editor = LineEditor(history: ["old"])
        _ = editor.press(.text("new"))
        #expect(editor.press(.enter) == .submit("new"))
        _ = editor.press(.text("draft"))
        #expect(after([.up], editor) == "new|" && after([.up, .up, .up], editor) == "old|")
        #expect(after([.up, .up, .down], editor) == "new|" && after([.up, .down, .down], editor) == "draft|")
        // The same text again is one.
        for _ in 0..<2 {
            editor.set("same")
            _ = editor.press(.enter)
        }
        #expect(editor.history == ["old", "new", "same"])
        editor.set("  ")
        #expect(editor.press(.enter) == .submit("  ") && editor.history.count == 3)
    }

    @Test func `keys that mean something else say so`() {
        var editor = LineEditor()
        #expect(editor.press(.endOfInput) == .end && editor.press(.interrupt) == .interrupt)
        _ = editor.press(.text("see @no"))
        #expect(editor.press(.endOfInput) == .changed && editor.press(.tab) == .complete("@no"))
    }

    @Test func `a word is completed as far as all candidates agree`() {
        var editor = LineEditor()
        editor.set("see @no")
        #expect(editor.complete("@no", with: ["@notes.md", "@notebook"]) == [])
        #expect(String(editor.text) == "see @note")
        #expect(editor.complete("@note", with: ["@notes.md", "@notebook"]) == ["@notes.md", "@notebook"])
        #expect(editor.complete("@note", with: []) == [] && editor.complete("@note", with: ["@notes.md"]) == [])
        #expect(String(editor.text) == "see @notes.md")
    }

    @Test func `a text has an end`() {
        var editor = LineEditor()
        for _ in 0..<3 { _ = editor.press(.paste(String(repeating: "x", count: 600_000))) }
        #expect(editor.text.count == LineEditor.longestText && editor.cursor == LineEditor.longestText)
    }
}

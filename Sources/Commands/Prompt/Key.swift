/// A key that was pressed, or a text that was pasted.
enum Key: Sendable, Hashable {
    /// Letters and other characters that can be shown.
    case text(String)
    /// What was pasted; it may hold ends of lines.
    case paste(String)
    case enter
    /// A new line in the text: Ctrl-J, or Alt with Enter.
    case newline
    case tab
    case backspace, delete
    case left, right, up, down, home, end
    case wordLeft, wordRight
    case deleteWord, deleteNextWord, deleteToStart, deleteToEnd, yank
    case previous, next
    case interrupt
    case endOfInput
    case clear
    case suspend
    case quit
}

/// A word of a command line, as far as it can be known before it runs.
struct ShellWord: Sendable, Hashable {
    /// What it says, without quotes.
    var text = ""
    /// Whether it holds something that only the shell knows: a variable, what a command prints, the names of files.
    var isOpaque = false
    /// Whether any of it was quoted, so that it is no keyword and no operator.
    var isQuoted = false
}

/// A piece of a command line.
enum ShellToken: Sendable, Hashable {
    case word(ShellWord)
    /// `&&`, `||`, `;`, `|`, `|&`, `&`, the end of a line.
    case separator
    case open
    case close
    /// `>`, `<` and the like; its target is the next word, where it has one.
    case redirection(String)
}

/// Why a line cannot be read.
struct ShellUnknown: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

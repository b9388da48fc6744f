internal import Base

/// What begins with a slash at the prompt of `neo agent`.
enum ConversationCommand: Sendable, Hashable {
    case help
    /// Asks another model from now on; nil to say which one is asked.
    case model(String?)
    case cost
    case undo
    case redo
    /// Replaces older messages, with what is to be kept above all.
    case compact(String?)
    case exit
    /// A sentence on what is wrong.
    case unknown(String)

    private static let names = ["help", "model", "cost", "undo", "redo", "compact", "exit", "quit"]

    static let helpText = """
        /model [NAME]    which model is asked, or another one from now on
        /cost            what the session has taken
        /undo            take back what you said last, what followed, and the files; /redo brings it again
        /compact [KEEP]  replace older messages by a summary, keeping above all what KEEP says
        /exit            end; the session is kept

        @FILE puts a file in. A line goes on after \\, Ctrl-J, or Alt with Enter. Tab completes, Up brings back what you
        wrote. Ctrl-C stops the work, twice ends; what you type while the agent works is said to it.
        """

    /// The command that a text is; nil where it is none. A path (`/etc/hosts`) is none.
    init?(_ text: String) {
        let text = text.trimmed
        guard text.hasPrefix("/"), !text.contains("\n") else { return nil }
        let parts = text.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        let name = parts.first.map(String.init) ?? ""
        guard !name.contains("/") else { return nil }
        let rest = parts.count > 1 ? String(parts[1]).trimmed : nil
        switch (name, rest) {
        case ("help", nil): self = .help
        case ("model", _): self = .model(rest)
        case ("cost", nil): self = .cost
        case ("undo", nil): self = .undo
        case ("redo", nil): self = .redo
        case ("compact", _): self = .compact(rest)
        case ("exit", nil), ("quit", nil): self = .exit
        case (_, _?) where Self.names.contains(name): self = .unknown("/\(name) takes nothing behind it.")
        default:
            let hint = nearest(to: name, in: Self.names).map { "Was /\($0) meant? " } ?? ""
            self = .unknown("There is no command /\(name). \(hint)/help lists them.")
        }
    }

    /// What a beginning may become.
    static func completions(of word: String) -> [String] {
        guard word.hasPrefix("/") else { return [] }
        return names.filter { $0 != "quit" }.map { "/" + $0 }.filter { $0.hasPrefix(word) }
    }
}

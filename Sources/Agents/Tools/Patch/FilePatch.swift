/// What a patch does to one file.
struct FilePatch: Sendable, Hashable {
    /// The kinds of changes.
    enum Kind: Sendable, Hashable {
        case add
        case delete
        case update
    }

    /// A line of a hunk, without its end.
    enum Line: Sendable, Hashable {
        case context(Substring)
        case removed(Substring)
        case added(Substring)

        /// What stood in the file; nil where the line is new.
        var old: Substring? {
            switch self {
            case .context(let text), .removed(let text): text
            case .added: nil
            }
        }
    }

    /// Lines that follow each other, some of which are changed.
    struct Hunk: Sendable, Hashable {
        /// The line, from 1, where the patch says that the hunk begins; nil where it says nothing.
        var start: Int?
        /// Lines above the hunk, each to be found after the one before: a class, then its function.
        var headings: [Substring] = []
        var lines: [Line] = []
        /// Whether it ends where the file ends.
        var isAtEnd = false
        /// Whether the file's last line has no end after the change; nil where the patch says nothing of it.
        var endsWithoutNewline: Bool?

        var old: [Substring] { lines.compactMap(\.old) }
    }

    var kind: Kind
    var path: String
    /// The file's new name.
    var destination: String?
    var hunks: [Hunk] = []
}

/// What is wrong with a patch.
struct PatchError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

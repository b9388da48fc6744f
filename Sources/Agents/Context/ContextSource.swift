/// Something that a model should know of where it works: instruction files, skills, a plan. It is said when a session
/// begins, and again, as it is then, when older messages have been replaced by a summary.
///
/// An implementation passes `ContextSourceConformance`: it says the same where nothing changed, sees what did change, and
/// keeps to its bound.
package protocol ContextSource: Sendable {
    /// What it is, for people: `instructions`.
    var name: String { get }

    /// The most bytes that it says.
    var limit: Int { get }

    /// What should be known now; nil where there is nothing. What cannot be read is left out, or said in it.
    func text() async -> String?
}

/// The project's instructions to agents: `AGENTS.md`, or `CLAUDE.md`.
package struct InstructionFilesSource: ContextSource {
    private let folder: String

    package init(folder: String) { self.folder = folder }

    package let name = "instructions"

    /// The files, and a heading for each.
    package var limit: Int { InstructionFiles.limit + (8 << 10) }

    package func text() async -> String? { InstructionFiles.text(for: folder) }
}

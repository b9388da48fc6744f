/// A skill: what somebody wrote down of how a kind of work is done, in the form of Agent Skills.
package struct Skill: Sendable, Hashable {
    /// Where skills come from; a project's count before the user's.
    package enum Origin: String, Sendable, Hashable, CaseIterable {
        case project, user
    }

    /// What its front matter says.
    package var matter: SkillFrontMatter
    /// The text behind the front matter.
    package var body: String
    /// Its folder, an absolute path without links.
    package var folder: String
    package var origin: Origin
    /// What was taken leniently, a sentence each.
    package var remarks: [String]

    /// The name that it is called by.
    package var name: String { matter.name }

    package init(
        matter: SkillFrontMatter, body: String, folder: String, origin: Origin, remarks: [String] = []
    ) {
        self.matter = matter
        self.body = body
        self.folder = folder
        self.origin = origin
        self.remarks = remarks
    }

    /// Bytes of `SKILL.md` that are read: what is longer is no description of a kind of work.
    package static let mostBytes = 256 << 10

    /// The names of the file, the usual one first.
    package static let fileNames = ["SKILL.md", "skill.md"]

    /// Lines and tokens that a body should stay below, as the specification says.
    package static let mostLines = 500
    package static let mostTokens = 5_000

    /// Text from a skill as XML's content: no name ends an element that Neo began.
    static func escaped(_ text: String) -> String {
        ToolText.harmless(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

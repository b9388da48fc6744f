/// What a comment is about.
package struct CommentTarget: Sendable, Hashable {
    /// The kinds of things that people review.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case project, requirements, design, golden, answer, transcript
    }

    /// What it is.
    package var kind: Kind
    /// Which one: a line of a document, the id of a question, `SESSION#EVENT`; empty for the project itself.
    package var id: String

    /// A target.
    package init(_ kind: Kind, _ id: String = "") {
        self.kind = kind
        self.id = id
    }
}

/// What a person says of something that they review.
package struct ReviewComment: Sendable, Hashable, Identifiable {
    /// The most characters of a comment.
    package static let longest = 10_000

    /// Its number in the project.
    package let id: Int64
    /// What it is about.
    package let target: CommentTarget
    /// The words that it is about, as they were then.
    package let quote: String
    /// What was said.
    package let text: String
    /// Who said it.
    package let author: String
    /// When: `2026-11-21T10:15:30Z`.
    package let created: String
    /// When it was settled; nil while it is open.
    package let resolved: String?
}

/// That a person agreed to what a document says: to these very bytes.
package struct ApprovalRecord: Sendable, Hashable {
    /// The document's name: `requirements.md`.
    package let document: String
    /// The SHA-256 of its content.
    package let hash: String
    /// Who agreed.
    package let who: String
    /// How: `terminal`, `browser`, `automated`; `dashboard` in records of before.
    package let how: String
    /// When: `2026-11-21T10:15:30Z`.
    package let approved: String

    /// An approval.
    package init(document: String, hash: String, who: String, how: String, approved: String) {
        self.document = document
        self.hash = hash
        self.who = who
        self.how = how
        self.approved = approved
    }
}

package import Base

/// What was answered, the whole history of it: an answer that was given again is added, and the old one stays.
package struct InterviewState: Sendable, Hashable, Codable {
    /// How an answer came.
    package enum Way: String, Sendable, Codable {
        case terminal, file, agent
    }

    /// Who answered, and how.
    package struct Source: Sendable, Hashable, Codable {
        package let name: String
        package let way: Way

        /// A source.
        package init(name: String, way: Way) {
            self.name = name
            self.way = way
        }
    }

    /// One answer.
    package struct Answer: Sendable, Hashable, Codable {
        package let question: String
        /// What was asked, as it was shown.
        package let asked: String
        /// The answer; nil is "I don't know".
        package let value: JSONValue?
        package let source: Source
        /// When, such as `2026-11-21T10:15:30Z`.
        package let at: String
        /// The conflict that was shown with the question: whoever answers the same again means it.
        package let conflict: String?
    }

    /// The form of the file.
    private(set) var version = 1
    /// The kind of system.
    package let kind: String
    /// In the order in which they were given.
    package internal(set) var answers: [Answer] = []
    /// What a model asked besides; nil where none did.
    package internal(set) var followUps: [FollowUp]?

    /// Nothing answered yet.
    package init(kind: String) {
        self.kind = kind
    }

    /// The answer that counts, which is the last one.
    package func current(_ question: String) -> Answer? { answers.last { $0.question == question } }
}

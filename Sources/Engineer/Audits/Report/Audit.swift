package import Base

/// What an audit of a project found, what it tried, and what it could not check.
package struct Audit: Sendable, Hashable, Codable {
    /// How harmless questions fare while hostile documents are there.
    package struct Utility: Sendable, Hashable, Codable {
        /// How many questions of the golden set were asked.
        package var questions: Int
        /// How many got an answer before.
        package var answered: Int
        /// How many got the same answer while hostile documents about other things were there.
        package var same: Int
        /// How many still got an answer then.
        package var stillAnswered: Int

        package init(questions: Int, answered: Int, same: Int, stillAnswered: Int) {
            self.questions = questions
            self.answered = answered
            self.same = same
            self.stillAnswered = stillAnswered
        }
    }

    /// Something that was looked at and is in order.
    package struct Check: Sendable, Hashable, Codable {
        package var family: String
        package var sentence: String

        package init(family: String, sentence: String) {
            self.family = family
            self.sentence = sentence
        }
    }

    /// Findings that a person let stand.
    package struct Exception: Sendable, Hashable, Codable {
        package var finding: String
        package var place: String?
        package var reason: String
        package var by: String
        package var count: Int
    }

    /// A part of what the service is made of.
    package struct Component: Sendable, Hashable, Codable {
        /// `model`, `dependency` or `document`.
        package var kind: String
        package var name: String
        package var version: String
        /// The SPDX identifier, or what the licence's text is; nil where none was found.
        package var licence: String?
        /// The SHA-256 or the commit that pins it; nil where nothing does.
        package var digest: String?

        package init(kind: String, name: String, version: String, licence: String?, digest: String?) {
            self.kind = kind
            self.name = name
            self.version = version
            self.licence = licence
            self.digest = digest
        }
    }

    package var project: String
    package var seed: UInt64
    /// When, as ISO 8601.
    package var made: String
    /// Who wrote the answers; nil where they were quotes.
    package var generator: String?
    /// What was asked: the hash of the documents and the configuration.
    package var subject: String
    package var findings: [AuditFinding]
    package var families: [ProbeTally]
    package var utility: Utility?
    package var checks: [Check]
    /// What could not be checked, each with the reason and what to do.
    package var unchecked: [String]
    package var exceptions: [Exception]
    package var components: [Component]
    package var texts: Int
    package var seconds: Double

    /// The gravest finding; nil where there is none.
    package var worst: AuditSeverity? { findings.map(\.severity).max() }

    /// The whole as one object; `findings` the gravest first.
    package var json: JSONValue {
        get throws { try JSONValue(encoding: self) }
    }
}

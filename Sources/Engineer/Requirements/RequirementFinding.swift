package import Base

/// Something in requirements that keeps them from being measured or met.
package struct RequirementFinding: Sendable, Hashable {
    /// What they are held to.
    package enum Rule: String, Sendable, Hashable, CaseIterable {
        /// There are requirements at all.
        case none
        /// A name of its own, of letters, digits, `-`, `_` and `.`.
        case id
        /// One of the six forms.
        case form
        /// One "shall", and no other word in its place.
        case shall
        /// A named subject.
        case subject
        /// One response.
        case response
        /// A number, or something that can be observed.
        case observable
        /// No word that two people read differently.
        case vague
        /// No character that nobody sees.
        case hidden
        /// An acceptance test: metric, threshold, and how it is measured.
        case test
        /// The numbers of the sentence, where they are in the test's unit, and of its test are the same.
        case number
        /// Somebody who said so.
        case source
        /// A unit that fits the metric, and other requirements of the same metric.
        case unit
        /// A threshold that can be met.
        case impossible
        /// No two that exclude each other.
        case contradiction
        /// No measured value that is older than the text.
        case measured
    }

    package let rule: Rule
    /// The requirements that it is about: two for a contradiction, none for the whole.
    package let requirements: [String]
    /// The line of the first, where it was read from a file.
    package var line: Int?
    /// What, where, and what to do instead.
    package let sentence: String

    init(_ rule: Rule, _ requirements: [String], _ sentence: String) {
        self.rule = rule
        self.requirements = requirements
        self.sentence = sentence
    }

    /// The fields of `neo spec check --json`.
    package var json: JSONValue {
        [
            "rule": .string(rule.rawValue), "requirements": .array(requirements.map { .string($0) }),
            "line": line.map { .integer($0) } ?? .null, "sentence": .string(sentence),
        ]
    }
}

internal import Base

/// What one answer becomes: a requirement whose sentence and test name answers, `{latency}`.
package struct RequirementTemplate: Sendable, Hashable {
    /// Its number, which it keeps.
    let id: String
    /// The question that it comes from.
    let question: String
    let when: InterviewCondition
    let text: String
    let metric: String
    /// A comparison, such as `<= {latency} s`.
    let test: String
    let measurement: String
    /// What stands below it, such as the words of who answered.
    let note: String?
}

/// What else an answer or a fact says: an item of one of the lists.
package struct NoteTemplate: Sendable, Hashable {
    let list: RequirementsDocument.Topic
    /// The question that it comes from; nil where it is a fact about the documents.
    let question: String?
    let when: InterviewCondition
    let text: String
}

/// A number that requirements need and nobody is asked for.
package struct DerivedValue: Sendable, Hashable {
    /// A number where a condition holds.
    struct Choice: Sendable, Hashable {
        let when: InterviewCondition
        let value: JSONValue
    }

    let id: String
    /// The question that decides it.
    let question: String
    /// The first that holds.
    let choices: [Choice]
    /// What is assumed with it.
    let why: String
}

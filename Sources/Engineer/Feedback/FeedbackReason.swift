/// Why an answer is not liked; a fixed list, so that it can be counted.
package enum FeedbackReason: String, Sendable, CaseIterable, Codable {
    case wrong
    case incomplete
    case outdated
    case source = "wrong-source"
    case missed = "should-have-answered"
    case invented = "should-have-abstained"
    case unclear
    case other

    /// For people.
    package var words: String {
        switch self {
        case .wrong: "It is wrong"
        case .incomplete: "Something is missing"
        case .outdated: "It is out of date"
        case .source: "The source does not say so"
        case .missed: "The documents do answer it"
        case .invented: "The documents do not answer it"
        case .unclear: "I do not understand it"
        case .other: "Something else"
        }
    }
}

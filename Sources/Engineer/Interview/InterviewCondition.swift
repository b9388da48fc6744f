package import Base

/// When a question is asked, a default is suggested, or two answers contradict each other: a comparison of answers and
/// of facts about the documents.
///
/// `privacy == public and not (survey.personal > 0)`. Names are ids of questions and `survey.…`; `unknown(ID)` holds
/// where the answer is "I don't know". A comparison with what is not known does not hold.
package indirect enum InterviewCondition: Sendable, Hashable {
    /// How two values are compared.
    package enum Comparison: String, Sendable, Hashable {
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="
        /// The answer is a list with this element.
        case includes
    }

    case always
    /// The answer is yes, or a number other than 0.
    case holds(String)
    case unknown(String)
    case compare(String, Comparison, JSONValue)
    case not(InterviewCondition)
    case all(InterviewCondition, InterviewCondition)
    case any(InterviewCondition, InterviewCondition)

    /// The ids and facts that it looks at.
    var names: Set<String> {
        switch self {
        case .always: []
        case .holds(let name), .unknown(let name), .compare(let name, _, _): [name]
        case .not(let inner): inner.names
        case .all(let left, let right), .any(let left, let right): left.names.union(right.names)
        }
    }

    /// Whether it holds.
    ///
    /// - Parameters:
    ///   - value: the answer or fact of a name; nil where there is none, or it is not known.
    ///   - isUnknown: whether a question was answered with "I don't know".
    func holds(value: (String) -> JSONValue?, isUnknown: (String) -> Bool) -> Bool {
        switch self {
        case .always: true
        case .holds(let name): value(name).map { $0.bool ?? ($0.number.map { $0 != 0 } ?? false) } ?? false
        case .unknown(let name): isUnknown(name)
        case .compare(let name, let comparison, let wanted):
            value(name).map { Self.compare($0, comparison, wanted) } ?? false
        case .not(let inner): !inner.holds(value: value, isUnknown: isUnknown)
        case .all(let left, let right):
            left.holds(value: value, isUnknown: isUnknown) && right.holds(value: value, isUnknown: isUnknown)
        case .any(let left, let right):
            left.holds(value: value, isUnknown: isUnknown) || right.holds(value: value, isUnknown: isUnknown)
        }
    }

    private static func compare(_ value: JSONValue, _ comparison: Comparison, _ wanted: JSONValue) -> Bool {
        let numbers = value.number.flatMap { left in wanted.number.map { (left, $0) } }
        return switch comparison {
        case .equal: numbers.map { $0 == $1 } ?? (value == wanted)
        case .unequal: numbers.map { $0 != $1 } ?? (value != wanted)
        case .less: numbers.map { $0 < $1 } ?? false
        case .atMost: numbers.map { $0 <= $1 } ?? false
        case .more: numbers.map { $0 > $1 } ?? false
        case .atLeast: numbers.map { $0 >= $1 } ?? false
        case .includes: value.array?.contains(wanted) ?? false
        }
    }
}

internal import LanguageModels

/// Notices an agent that goes in circles: the same failing call three times, the same call with the same result four
/// times, two calls in turns with the same results six times, or answers without a word.
///
/// Source: the patterns of OpenHands' stuck detector.
struct StuckDetector: Sendable, Hashable {
    private struct Step: Sendable, Hashable {
        let name: String
        let arguments: String
        let result: String
        let isError: Bool
    }

    /// A way of going in circles.
    enum Circle: Sendable, Hashable {
        case sameFailure(String)
        case sameResult(String)
        case alternation(String, String)
        case silence

        /// What happened.
        var sentence: String {
            switch self {
            case .sameFailure(let tool):
                "The model called \(tool) three times in the same way, and it failed each time."
            case .sameResult(let tool): "The model called \(tool) four times in the same way, with the same result."
            case .alternation(let one, let other):
                "The model called \(one) and \(other) in turns, in the same way, with the same results."
            case .silence: "The model said nothing and called nothing."
            }
        }

        /// What the model is told, once.
        var notice: String {
            switch self {
            case .silence:
                "Your last answer was empty. Go on with the work by calling a tool, or say what you did and stop."
            default:
                "\(sentence) Doing it again will change nothing. Try another way, or say what holds you up and stop."
            }
        }
    }

    private static let window = 6
    private var steps: [Step] = []
    private var isSilent = false
    /// Whether the model has been told since somebody else last said something.
    private(set) var isTold = false

    /// The circle that the last steps make.
    var circle: Circle? {
        if isSilent { return .silence }
        if let last = steps.last {
            if last.isError, steps.count >= 3, steps.suffix(3).allSatisfy({ Self.isSameCall($0, last) && $0.isError }) {
                return .sameFailure(last.name)
            }
            if steps.count >= 4, steps.suffix(4).allSatisfy({ $0 == last }) { return .sameResult(last.name) }
        }
        guard steps.count == Self.window, steps[0] != steps[1] else { return nil }
        let alternates = steps.indices.allSatisfy { steps[$0] == steps[$0 % 2] }
        return alternates ? .alternation(steps[0].name, steps[1].name) : nil
    }

    private static func isSameCall(_ one: Step, _ other: Step) -> Bool {
        one.name == other.name && one.arguments == other.arguments
    }

    mutating func saw(_ call: ToolCall, _ result: ToolEnd) {
        isSilent = false
        steps.append(
            Step(name: call.name, arguments: call.arguments, result: result.text, isError: result.isError))
        if steps.count > Self.window { steps.removeFirst() }
    }

    mutating func saw(answer: String) { isSilent = answer.allSatisfy(\.isWhitespace) }

    /// The model was told; from now on it may show that it goes another way.
    mutating func wasTold() {
        steps = []
        isSilent = false
        isTold = true
    }
}

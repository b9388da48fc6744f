package import Base
internal import LanguageModels

extension SessionEnd {
    /// Why the work on a prompt is over, in the protocol's words.
    ///
    /// - Parameter turn: the model's last answer.
    package func stopReason(after turn: Turn?) -> JSONValue {
        switch reason {
        case .stopped: return "cancelled"
        case .tokenLimit: return "max_tokens"
        // All three say that the model may not be asked again.
        case .turnLimit, .costLimit, .timeLimit: return "max_turn_requests"
        case .done, .stuck, .modelFailed, .redChecks:
            switch turn?.stopReason {
            case .refusal?, .contentFilter?: return "refusal"
            case .length?: return "max_tokens"
            default: return turn?.message.refusal == nil ? "end_turn" : "refusal"
            }
        }
    }
}

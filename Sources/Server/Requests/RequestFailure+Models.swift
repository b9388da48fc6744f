internal import HTTPTypes
internal import LanguageModels

extension RequestFailure {
    /// The language model behind the release gave no answer. Its own words stay in this house: they may name addresses
    /// that clients have no business to know.
    static func model(_ error: LanguageModelError, requestID: String?) -> RequestFailure {
        let name = requestID.map { " as request \($0)" } ?? ""
        switch error.code {
        case .contextTooLong:
            return RequestFailure(
                .unprocessableContent, code: "context_too_long",
                "Question, conversation and passages are more than the language model can read; send less of the "
                    + "conversation.")
        case .rateLimited:
            return RequestFailure(
                .serviceUnavailable, code: "model_busy",
                "The language model of this release is asked too often; ask again in a few seconds.",
                headers: [.retryAfter: "5"])
        case .notRecorded:
            return RequestFailure(
                .badGateway, code: "not_recorded",
                "This server gives only answers that were recorded (--replay-only), and none is of this question.")
        default:
            return RequestFailure(
                .badGateway, code: "model_failed",
                "The language model of this release gave no answer; the server's log names the failure\(name).")
        }
    }
}

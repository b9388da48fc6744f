internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a server says where it does not do what was asked.
enum EndpointReply {
    /// Words of servers for an account that has nothing left, which waiting does not help.
    private static let exhausted: Set<String> = ["insufficient_quota", "billing_error", "billing_hard_limit_reached"]

    /// The trouble behind a status that is not 200.
    static func failure(status: Int, reply: Data, url: String, hiding secrets: [Secret]) -> EndpointFailure {
        let value = try? JSONValue(parsing: reply)
        let error = value?["error"]
        let problem = [error?["code"]?.string, error?["type"]?.string, value?["type"]?.string].compactMap { $0 }.first
        let said = EndpointConnection.excerpt(of: reply, hiding: secrets)
        let isExhausted = problem.map(exhausted.contains) ?? false
        let hint =
            switch status {
            case _ where isExhausted: "; the account has nothing left, so look at its plan and its bills"
            case 300..<400: "; redirects are not followed"
            case 401, 403: "; the key is missing or wrong"
            case 404: "; is the address right, and is the model there?"
            case 413: "; a text is too long for the model"
            default: ""
            }
        return EndpointFailure(
            sentence: "\(url) answered \(status)\(hint)\(said.isEmpty ? "" : ": \(said)")\(excess(error))",
            mayPass: !isExhausted && ([408, 409, 425, 429].contains(status) || status >= 500),
            status: status, problem: problem)
    }

    /// By how much a conversation is too long, where llama-server says it outside its sentence.
    private static func excess(_ error: JSONValue?) -> String {
        guard let tokens = error?["n_prompt_tokens"]?.integer, let context = error?["n_ctx"]?.integer,
            context > 0, tokens >= context, tokens < 1 << 40
        else { return "" }
        return " (\(tokens) tokens, \(tokens - context) more than the \(context) of its context)"
    }
}

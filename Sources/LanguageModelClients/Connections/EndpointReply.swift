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
        let isSchema = problem == "invalid_function_parameters" || said.lowercased().contains("schema")
        let hint =
            switch status {
            case _ where isExhausted: "; the account has nothing left, so look at its plan and its bills"
            case 300..<400: "; redirects are not followed"
            case 400 where isSchema, 422 where isSchema:
                "; it does not take the JSON Schema of a tool or of the answer, so make that simpler"
            case 401: "; the key is missing or wrong"
            case 403: "; the key is missing or wrong, or may not do this"
            case 404: "; is the address right, and is the model there?"
            case 413: "; a text is too long for the model"
            case 429: "; ask it less often, or fewer things at a time"
            case 503: "; it is busy or still starting, so try again later"
            case 500...: "; its log may say why"
            default: ""
            }
        // A sentence of the server's ends where ours goes on.
        let words = said.isEmpty ? "" : ": " + (said.hasSuffix(".") ? said.dropLast() : said[...])
        return EndpointFailure(
            sentence: "\(url) answered \(status)\(words)\(ContextExcess.words(error, said: said))\(hint)",
            mayPass: !isExhausted && ([408, 409, 425, 429].contains(status) || status >= 500),
            status: status, problem: problem)
    }
}

internal import Base

/// What a judge wrote, read tolerantly: the object may stand in a fence or among other words, and its verdict may be
/// written in capitals or with spaces. What is copied from the material is no verdict.
struct JudgeReply: Sendable, Hashable {
    /// The verdict.
    var verdict: JudgePrompt.Verdict
    /// Why.
    var reason: String

    /// Why a reply is no verdict: a sentence for the judge, who is asked again with it.
    struct Problem: Error, Hashable {
        var sentence: String
    }

    private static let longestReason = 500

    /// Reads a reply.
    ///
    /// - Parameter material: what the judge was shown; a verdict that stands there already is somebody else's.
    init(_ text: String, prompt: JudgePrompt, material: [String]) throws(Problem) {
        let objects = EmbeddedObjects.all(in: text).filter { $0["verdict"] != nil }
        guard !objects.isEmpty else {
            throw Problem(sentence: "The reply holds no JSON object with \"reason\" and \"verdict\".")
        }
        let foreign = Set(material.flatMap { EmbeddedObjects.all(in: $0) }.map { Self.key($0) })
        let own = objects.filter { !foreign.contains(Self.key($0)) }
        guard let first = own.first else {
            throw Problem(sentence: "The reply is copied from the material; a verdict of your own is needed.")
        }
        guard Set(own.map { Self.label($0) }).count == 1 else {
            throw Problem(sentence: "The reply holds several verdicts; one is needed.")
        }
        guard let label = Self.label(first), let verdict = prompt.scale.first(where: { $0.label == label }) else {
            let known = prompt.scale.map(\.label).joined(separator: ", ")
            throw Problem(sentence: "The verdict is none of \(known).")
        }
        let reason = first["reason"]?.string ?? ""
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Problem(sentence: "The reply gives no reason.")
        }
        self.verdict = verdict
        self.reason = String(VisibleText.of(reason).prefix(Self.longestReason))
    }

    private static func label(_ object: [String: JSONValue]) -> String? {
        guard let text = object["verdict"]?.string else { return nil }
        let words = text.lowercased().split { $0.isWhitespace || $0 == "_" || $0 == "-" || $0 == "." }
        return words.joined(separator: "_")
    }

    /// Names an object by what it says: a copy in another order or with other spaces is the same.
    private static func key(_ object: [String: JSONValue]) -> String {
        let said = ["verdict": JSONValue.string(label(object) ?? ""), "reason": object["reason"] ?? .null]
        return JSONValue.object(said).canonicalText
    }
}

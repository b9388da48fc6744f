internal import Base

/// What stands in front of a text before it is encoded; many models were trained with a different text in front of
/// questions and of passages.
public struct TextPrefixes: Sendable, Hashable {
    /// In front of a question, e.g. `query: `.
    public var query: String
    /// In front of a passage, e.g. `passage: `.
    public var passage: String

    /// Nothing in front of either.
    public static let none = TextPrefixes(query: "", passage: "")

    /// Prefixes; they are put in front as they are, so end them with the space that the model wants.
    public init(query: String, passage: String) {
        self.query = query
        self.passage = passage
    }

    /// What a model's folder asks for: `prompts` of `config_sentence_transformers.json`, where questions take `query`
    /// and passages the first of `document`, `passage` and `corpus` that is not empty. A role that has none of its
    /// names takes the prompt that `default_prompt_name` names.
    init(folder: String) throws(EncodersError) {
        let path = folder + "/config_sentence_transformers.json"
        self = .none
        guard let file = try ModelFile.jsonIfPresent(path) else { return }
        let rule = file["default_prompt_name"]?.string
        if let rule, file["prompts"]?[rule] == nil {
            throw EncodersError(
                .damagedFile, "\(path): default_prompt_name is \"\(rule)\", but no prompt has that name."
            )
        }
        func prompt(_ names: [String]) throws(EncodersError) -> String {
            var found: [String] = []
            for name in names {
                guard let value = file["prompts"]?[name], value != .null else { continue }
                guard let text = value.string else {
                    throw EncodersError(
                        .damagedFile, "\(path): the prompt \"\(name)\" is \(value.canonicalText), but must be a text."
                    )
                }
                found.append(text)
            }
            if found.isEmpty, let rule, names != [rule] { return try prompt([rule]) }
            return found.first { !$0.isEmpty } ?? ""
        }
        query = try prompt(["query"])
        passage = try prompt(["document", "passage", "corpus"])
    }

    /// What belongs to an encoder's identity: nothing where there are no prefixes.
    package var suffix: String {
        guard self != .none else { return "" }
        return "+prefixes=\(JSONValue.array([.string(query), .string(passage)]).canonicalText)"
    }
}

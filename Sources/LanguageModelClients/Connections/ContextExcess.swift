internal import Base

/// By how much a conversation is too long for a model, where a server says it.
enum ContextExcess {
    /// The numbers in brackets, with a blank before them; empty where the server names none.
    ///
    /// llama-server has fields for them. OpenAI and vLLM write “maximum context length is 8192 tokens” and then what was
    /// asked for, Anthropic “210000 tokens > 200000 maximum”.
    static func words(_ error: JSONValue?, said: String) -> String {
        let numbers: (tokens: Int, context: Int)?
        if let tokens = error?["n_prompt_tokens"]?.integer, let context = error?["n_ctx"]?.integer {
            numbers = (tokens, context)
        } else {
            numbers = counts(in: said.lowercased())
        }
        guard let (tokens, context) = numbers, context > 0, tokens >= context, tokens < 1 << 40 else { return "" }
        return " (\(tokens) tokens, \(tokens - context) more than the \(context) of its context)"
    }

    private static func counts(in text: String) -> (tokens: Int, context: Int)? {
        func numbers(after words: String) -> [Int] {
            guard let range = text.firstRange(of: words) else { return [] }
            return text[range.upperBound...].split { !$0.isNumber }.prefix(3).compactMap { Int($0) }
        }
        let limitFirst = numbers(after: "maximum context length is")
        if limitFirst.count >= 2 { return (limitFirst[1], limitFirst[0]) }
        let tokensFirst = numbers(after: "prompt is too long")
        return tokensFirst.count >= 2 ? (tokensFirst[0], tokensFirst[1]) : nil
    }
}

internal import Base

/// How much a model can read, as its server lists it.
struct ServedContext {
    let session: EndpointSession
    let wire: any LanguageModelWire

    /// Names of the field: vLLM and SGLang, OpenRouter and Together, Groq, LM Studio and Mistral, Anthropic.
    private static let keys = [
        "max_model_len", "context_length", "context_window", "max_context_length", "max_input_tokens",
    ]
    /// What is no length of a conversation, whatever is written there.
    private static let possible = 256...100_000_000

    /// The tokens; nil where the server does not say.
    ///
    /// - Parameter seconds: how long it is waited for; it only helps.
    func tokens(seconds: Double) async throws -> Int? {
        let list = try await session.get(wire.modelsPath, seconds: seconds)
        guard let row = Self.row(of: wire.model, in: list) else { return nil }
        if let listed = Self.tokens(in: row) { return listed }
        guard let trained = Self.number(row["meta"]?["n_ctx_train"]) else { return nil }
        // llama.cpp lists what the model was made for; it may have been started with less.
        let url = session.settings.url
        let server = url.hasSuffix("/v1") ? String(url.dropLast(3)) : url
        let properties = try? await session.below(server).get("/props", seconds: seconds)
        let running = Self.number(properties?["default_generation_settings"]?["n_ctx"])
        return running.map { min($0, trained) } ?? trained
    }

    /// The row of a model in a list of OpenAI's or Anthropic's form; the only one, where a server has one under another name.
    static func row(of model: String?, in list: JSONValue) -> JSONValue? {
        guard let rows = list["data"]?.array ?? list["models"]?.array ?? list.array else { return nil }
        return rows.first { row in
            ["id", "name", "model"].contains { row[$0]?.string != nil && row[$0]?.string == model }
        } ?? (rows.count == 1 ? rows[0] : nil)
    }

    /// What a row says itself.
    static func tokens(in row: JSONValue) -> Int? {
        keys.lazy.compactMap { number(row[$0]) }.first ?? number(row["meta"]?["n_ctx"])
    }

    private static func number(_ value: JSONValue?) -> Int? {
        value?.integer.flatMap { possible.contains($0) ? $0 : nil }
    }
}

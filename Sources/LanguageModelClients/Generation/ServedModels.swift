internal import Base
internal import LanguageModels

/// The models that an endpoint says it serves.
struct ServedModels {
    let session: EndpointSession
    let wire: any LanguageModelWire

    /// A list that only helps with an error is not waited for any longer.
    private static let helpingSeconds = 20.0
    /// More names than these are not compared, nor longer ones.
    private static let mostNames = 2_000
    private static let longestName = 100

    /// Their names, in the server's order; nil seconds for as long as an answer may take.
    func names(seconds: Double? = nil) async throws -> [String] {
        let limit = seconds ?? Double(session.settings.seconds)
        let names = Self.names(in: try await session.get(wire.modelsPath, seconds: limit))
        guard let names else {
            throw EndpointError(.answer, "\(session.settings.url + wire.modelsPath) answered with no list of models.")
        }
        return names
    }

    /// Names in a list of OpenAI's or Anthropic's form (`data`, `id`), or of Ollama's `/api/tags` (`models`, `name`); nil
    /// where it is neither.
    static func names(in reply: JSONValue) -> [String]? {
        guard let rows = reply["data"]?.array ?? reply["models"]?.array ?? reply.array else { return nil }
        return rows.compactMap { $0["id"]?.string ?? $0["name"]?.string ?? $0["model"]?.string }
    }

    /// An error that says a model is not there, with the names of those that are; others as they are.
    func explained(_ error: LanguageModelError) async -> LanguageModelError {
        guard error.code == .modelNotFound, let model = wire.model, !Task.isCancelled,
            let names = try? await names(seconds: Self.helpingSeconds), !names.contains(model)
        else { return error }
        let near = Self.nearest(to: model, in: names).map {
            EndpointConnection.excerpt(of: $0, hiding: session.settings.secrets)
        }
        let list = near.isEmpty ? "it lists no models" : "the nearest that it has: \(near.joined(separator: ", "))"
        return LanguageModelError(
            error.code, "\(session.settings.url) has no model \(model); \(list).", cause: error)
    }

    /// At most three names, those first that differ least.
    ///
    /// Names of models are long where they say whose and how large a model is, so one in which the other stands counts as
    /// near, however long it is; and what one is called at its end counts little.
    static func nearest(to model: String, in names: [String]) -> [String] {
        let wanted = model.lowercased()
        let ranked = names.prefix(mostNames).filter { $0.count <= longestName }.map { name -> (String, Int) in
            let other = name.lowercased()
            if other.contains(wanted) || wanted.contains(other) { return (name, 0) }
            let whole = editDistance(wanted.prefix(longestName), other[...])
            return (name, min(whole, 1 + editDistance(wanted.prefix(longestName), other.prefix(wanted.count))))
        }
        let sorted = ranked.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        let near = sorted.prefix { $0.1 <= max(2, wanted.count / 3) }
        return (near.isEmpty ? sorted[...] : near).prefix(3).map(\.0)
    }
}

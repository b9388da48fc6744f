internal import Base
package import LanguageModels
package import Storage

/// Has a model put questions that follow others into words that stand alone, each question once.
package struct FollowUps: Sendable {
    private static let version = 1

    private let model: @Sendable () async throws -> any LanguageModel
    private let cache: StageCache?

    /// What rewrites questions.
    ///
    /// - Parameters:
    ///   - cache: keeps what was written; asked anew each time without one.
    ///   - model: asked for when the first question comes.
    package init(cache: StageCache?, model: @escaping @Sendable () async throws -> any LanguageModel) {
        self.model = model
        self.cache = cache
    }

    /// The question by itself.
    func question(_ question: String, after history: [DialogueTurn]) async throws -> String {
        guard !history.isEmpty else { return question }
        let rewriter = FollowUpRewriter(model: try await model())
        guard let cache else { return try await rewriter.question(question, after: history) }
        var key = ContentHash.Builder()
        key.add("follow-ups/\(Self.version)")
        key.add(rewriter.model.identity)
        for turn in history { key.add((turn.isAnswer ? "answer " : "user ") + turn.text) }
        key.add(question)
        let bytes = try await cache.value(forKey: key.finish()) {
            Array(try await rewriter.question(question, after: history).utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

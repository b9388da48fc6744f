internal import LanguageModels

extension Agent {
    /// Why a conversation is compacted.
    enum CompactionReason {
        /// It is nearly as long as the model can read.
        case full
        /// The server says that it is too long.
        case refused
        /// The model or the user asks for it.
        case asked
    }

    /// Compacts where that is due: before the model is asked, so never between a call and its result.
    func compactIfDue() async throws {
        let tokens = state.estimatedTokens(request)
        let isAsked = state.wantsCompaction
        guard isAsked || tokens > ports.window.threshold else { return }
        // What did not get shorter does not get shorter a moment later.
        if let before = fruitlessTokens, tokens < before + before / 10 { return }
        _ = try await compact(isAsked ? .asked : .full)
    }

    /// Replaces the older messages by a summary and what must not get lost.
    ///
    /// - Returns: whether the conversation is shorter now.
    func compact(_ reason: CompactionReason, focus: String? = nil) async throws -> Bool {
        // Where the server refused, there is no choice.
        if reason != .refused, let objection = try await harness.objectionToCompaction() {
            try record(.message(SaidMessage("Older messages stay as they are: \(objection)", from: .hook)))
            return fruitless()
        }
        let messages = state.messages
        let before = CompactionPlan.tokens(messages[...])
        // Where the server refused, the window is shorter than was thought; where somebody asks, less is wanted.
        let tail = reason == .full ? ports.window.tailTokens : min(ports.window.tailTokens, before / 4)
        guard let plan = CompactionPlan(messages, tailTokens: tail) else { return fruitless() }
        let old = messages[..<plan.replaced]
        let summariser = Summariser(model: ports.model, window: ports.window)
        let response = try await summariser.summary(of: old, focus: focus ?? state.compactionFocus)
        if let response { try record(.usage(UsageNote(tokens: response.usage, dollars: ports.price(response.usage)))) }
        try Task.checkCancellation()
        let steps = PlanTool.last(in: Array(old)).map { "The plan:\n" + $0 }
        let context = await contextTexts() + [steps].compactMap(\.self)
        let text = Summariser.message(
            summary: response?.message.text, facts: SessionFacts(old, said: state.userTexts), context: context,
            limit: ports.window.effectiveTokens)
        let after = CompactionPlan.tokens([.user(text)] + messages[plan.replaced...])
        // A summary that makes little shorter would be made again at once.
        guard after <= before * 9 / 10 else { return fruitless() }
        fruitlessTokens = nil
        try record(.compaction(CompactionRecord(replaced: plan.replaced, summary: text)))
        return true
    }

    /// What all sources say now, within their bounds, and together within a quarter of the window.
    func contextTexts() async -> [String] {
        var room = ports.window.effectiveTokens
        var texts: [String] = []
        for source in ports.context {
            guard room > 0, let text = await source.text() else { continue }
            let kept = String(decoding: text.utf8.prefix(min(source.limit, room)), as: UTF8.self)
            room -= kept.utf8.count
            texts.append(kept)
        }
        return texts
    }

    /// Compacts now, because the user asks for it; only while nothing is at work.
    ///
    /// - Returns: whether the conversation is shorter now.
    package func compactNow(keeping focus: String? = nil) async throws -> Bool {
        guard state.openCalls.isEmpty else { return false }
        return try await compact(.asked, focus: focus)
    }

    private func fruitless() -> Bool {
        fruitlessTokens = state.estimatedTokens(request)
        return false
    }
}

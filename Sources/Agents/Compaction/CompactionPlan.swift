package import LanguageModels

/// Which messages of a conversation are replaced by a summary, and which stay.
///
/// The last ones stay as they are, as many as fit; what stays begins at a message of the user or an answer of the model,
/// so that a call and its results are never parted.
package struct CompactionPlan: Sendable, Hashable {
    /// How many messages, from the first, are replaced.
    package var replaced: Int

    /// A plan; nil where there is nothing to replace.
    ///
    /// - Parameter tailTokens: the most that stays, if the last exchange is not longer by itself.
    package init?(_ messages: [Message], tailTokens: Int) {
        // An answer with its results is one piece, for it stands or goes as a whole.
        let starts = messages.indices.filter { if case .tool = messages[$0] { false } else { true } }
        guard var cut = starts.last, cut > 0 else { return nil }
        for start in starts.reversed() {
            guard Self.tokens(messages[start...]) <= tailTokens else { break }
            cut = start
        }
        guard cut > 0 else { return nil }
        // What is a summary of before, alone, cannot get shorter.
        guard cut > 1 else { return nil }
        replaced = cut
    }

    static func tokens(_ messages: ArraySlice<Message>) -> Int {
        TokenEstimate.inputTokens(of: LanguageModelRequest(messages: Array(messages)))
    }
}

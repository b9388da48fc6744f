package import Base

/// What happened in a session, told again to a client that opens it.
package enum ACPReplay {
    /// Tells it, event by event, in their order; what was taken back is left out.
    ///
    /// - Parameter tell: hears each update, and may wait until the client has read some.
    package static func of(
        _ events: [SessionEvent], workspace: String, windowTokens: Int?,
        _ tell: (JSONValue) async throws -> Void
    ) async rethrows {
        var updates = ACPUpdates(workspace: workspace, files: nil, windowTokens: windowTokens)
        var usage: JSONValue?
        for event in SessionHistory(events).events {
            if case .message(let said) = event.kind, said.source == .user || said.source == .steering {
                for update in ACPUpdates.chunk("user_message_chunk", said.text) { try await tell(update) }
                continue
            }
            for update in updates.updates(for: event) {
                if update["sessionUpdate"] == "usage_update" { usage = update } else { try await tell(update) }
            }
        }
        for update in updates.endOpenCalls() { try await tell(update) }
        // Only the last one still holds.
        if let usage { try await tell(usage) }
    }
}

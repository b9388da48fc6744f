internal import Agents
internal import LanguageModels
internal import Synchronization

/// What happens in a session, at a prompt: answers as they come, and a line for all else.
final class ConversationScreen: Sendable {
    private let prompt: Prompt
    /// What of the answer stands there already.
    private let streamed = Mutex("")

    init(_ prompt: Prompt) { self.prompt = prompt }

    /// Shows an event as it happens.
    func show(_ event: SessionEvent) {
        switch event.kind {
        case .delta(.text(let piece)):
            streamed.withLock { $0 += piece }
            prompt.stream(piece)
        case .turn(let turn):
            let shown = streamed.withLock { text in
                defer { text = "" }
                return text
            }
            show(turn.message.refusal ?? turn.message.text, after: shown)
        case .end(let end):
            endLine()
            if !end.message.isEmpty { prompt.print(end.message) }
        case .compaction: prompt.print("Older messages were replaced by a summary.", isDim: true)
        case .message(let said) where said.source == .notice || said.source == .hook: prompt.print("! " + said.text)
        case .toolCall, .toolResult:
            if let line = AgentOutput.line(event) { prompt.print(line, isDim: true) }
        case .session, .message, .delta, .usage, .approval, .checkpoint, .resumed, .model: break
        }
    }

    /// Some servers send an answer in one piece, and some models' answers hold what was not shown.
    private func show(_ text: String, after shown: String) {
        if !text.utf8.starts(with: shown.utf8) {
            endLine()
            if !text.isEmpty { prompt.print(text) }
        } else {
            let rest = String(decoding: text.utf8.dropFirst(shown.utf8.count), as: UTF8.self)
            if !text.isEmpty { prompt.stream(rest + (text.hasSuffix("\n") ? "" : "\n")) }
        }
    }

    /// An answer that was cut off stands there as far as it came.
    private func endLine() {
        let isCut = streamed.withLock { text in
            defer { text = "" }
            return !text.isEmpty && !text.hasSuffix("\n")
        }
        if isCut { prompt.stream("\n") }
    }
}

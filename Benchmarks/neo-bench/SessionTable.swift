import Agents
import Foundation
import LanguageModels

/// How long it takes to go on with a session of 10,000 events of a kilobyte each: to read, check and replay them.
enum SessionTable {
    private static let count = 10_000

    static func print() throws {
        let path = NSTemporaryDirectory() + "/neo-bench-\(ProcessInfo.processInfo.processIdentifier).jsonl"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(path)
        let clock = ContinuousClock()
        var times: [Duration] = []
        for _ in 0..<7 {
            var state: AgentState?
            times.append(
                try clock.measure {
                    let (journal, events, _) = try SessionJournal.open(path)
                    withExtendedLifetime(journal) { state = AgentState(events) }
                })
            guard state?.nextNumber == count else { throw CocoaError(.fileReadCorruptFile) }
        }
        let milliseconds = times.map { Double($0.components.attoseconds) / 1e15 + Double($0.components.seconds) * 1e3 }
        let sorted = milliseconds.sorted()
        Swift.print("| events | median, ms | least, ms | most, ms |\n|---|---|---|---|")
        Swift.print(
            "| \(count) | "
                + [sorted[3], sorted[0], sorted[6]].map { String(format: "%.0f", $0) }.joined(separator: " | ") + " |")
    }

    /// Turns with a call and its result each, as a session has them.
    private static func write(_ path: String) throws {
        var kinds: [SessionEvent.Kind] = [
            .session(SessionStart(id: "b", model: "m", workspace: "/w", mode: .workspace, instructions: "i")),
            .message(SaidMessage("go")),
        ]
        let text = String(repeating: "A line of what a program printed, 0123456789.\n", count: 18)
        while kinds.count < count {
            let id = "call-\(kinds.count)"
            let call = ToolCall(id: id, name: "shell", arguments: "{\"command\":\"echo \(kinds.count)\"}")
            kinds += [
                .usage(UsageNote(tokens: TokenUsage(inputTokens: 1_000, outputTokens: 10), dollars: 0.001)),
                .turn(
                    Turn(
                        number: kinds.count, message: AssistantMessage(parts: [.text(text), .toolCall(call)]),
                        stopReason: .toolCalls)),
                .toolCall(ToolStart(callID: id, name: "shell", arguments: text, isIdempotent: false)),
                .toolResult(ToolEnd(callID: id, text: text)),
            ]
        }
        let events = kinds.prefix(count).enumerated().map {
            SessionEvent(number: $0.offset, time: 1e9 + Double($0.offset), kind: $0.element)
        }
        try SessionJournal.open(path).journal.append(events)
    }
}

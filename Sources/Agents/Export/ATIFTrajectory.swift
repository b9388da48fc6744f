package import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A session as a trajectory in the form that benchmarks of agents exchange.
///
/// Source: ATIF 1.8, the Agent Trajectory Interchange Format of Harbor. Each answer of the model is one step, with its
/// calls, their results and what it took; all that is said to the model is a step of the user or the system.
package struct ATIFTrajectory: Sendable {
    /// The version of the form.
    package static let version = "ATIF-v1.8"
    /// The trajectory.
    package let json: JSONValue

    /// The trajectory of a session's events; what was taken back is not in it.
    ///
    /// - Parameter program: the version of this program.
    /// - Throws: `AgentsError` where the events hold no session.
    package init(_ all: [SessionEvent], program: String) throws {
        let state = AgentState(all)
        guard let start = state.start else {
            throw AgentsError(.session, "It was cut off before its first event.")
        }
        var steps = Steps()
        for event in SessionHistory(all).events { steps.add(event) }
        json = .object(
            [
                "schema_version": .string(Self.version), "session_id": .string(start.id),
                "agent": .object([
                    "name": "neo", "version": .string(program), "model_name": .string(start.model),
                    "extra": .object(["mode": .string(start.mode.rawValue)]),
                ]),
                "steps": .array(steps.all),
                "final_metrics": .object(
                    [
                        "total_prompt_tokens": .integer(state.usage.inputTokens),
                        "total_completion_tokens": .integer(state.usage.outputTokens),
                        "total_cost_usd": .number(state.dollars), "total_steps": .integer(steps.all.count),
                    ].merging(dropping: ["total_cached_tokens": state.usage.cachedInputTokens.map(JSONValue.integer)])),
            ].merging(dropping: [
                "extra": state.end.map {
                    .object(["end": .string($0.reason.rawValue), "message": .string($0.message)])
                }
            ]))
    }

    /// The steps so far. Results belong to the step of their call, which is the last one of the model.
    private struct Steps {
        private(set) var all: [JSONValue] = []
        private var answer: Int?
        private var usage: UsageNote?
        /// Who answers, where it is not the one that began.
        private var model: String?

        mutating func add(_ event: SessionEvent) {
            switch event.kind {
            case .session(let start): append("system", start.instructions, event)
            case .message(let said):
                let isUser = said.source == .user || said.source == .steering
                append(
                    isUser ? "user" : "system", said.text, event, ["extra": ["source": .string(said.source.rawValue)]])
            case .compaction(let record): append("system", record.summary, event, ["extra": ["source": "compaction"]])
            case .usage(let note): usage = note
            case .turn(let turn): add(turn, event)
            case .toolResult(let end): add(end)
            case .model(let name): model = name
            case .delta, .toolCall, .approval, .checkpoint, .resumed, .end: break
            }
        }

        private mutating func append(
            _ source: String, _ text: String, _ event: SessionEvent, _ more: [String: JSONValue] = [:]
        ) {
            all.append(
                .object(
                    [
                        "step_id": .integer(all.count + 1), "source": .string(source), "message": .string(text),
                        "timestamp": .string(Date(timeIntervalSince1970: event.time).timestamp),
                    ].merging(more) { $1 }))
        }

        private mutating func add(_ turn: Turn, _ event: SessionEvent) {
            let calls = turn.message.toolCalls.map { call -> JSONValue in
                // What is no object was never run, and is kept as the model wrote it.
                .object([
                    "tool_call_id": .string(call.id), "function_name": .string(call.name),
                    "arguments": .object(call.argumentsObject ?? ["text": .string(call.arguments)]),
                ])
            }
            let thoughts = turn.message.reasoning
            append(
                "agent", turn.message.refusal ?? turn.message.text, event,
                ["llm_call_count": 1].merging(dropping: [
                    "reasoning_content": thoughts.isEmpty ? nil : .string(thoughts),
                    "tool_calls": calls.isEmpty ? nil : .array(calls), "metrics": usage.map(Self.metrics),
                    "model_name": model.map(JSONValue.string),
                ]))
            answer = all.count - 1
            usage = nil
        }

        private mutating func add(_ end: ToolEnd) {
            guard let answer, case .object(var step) = all[answer] else { return }
            let names = step["tool_calls"]?.array?.compactMap { $0["tool_call_id"]?.string } ?? []
            guard names.contains(end.callID) else { return }
            let before = step["observation"]?["results"]?.array ?? []
            let result: JSONValue = .object(
                ["source_call_id": .string(end.callID), "content": .string(end.text)]
                    .merging(dropping: ["extra": end.isError ? ["error": true] : nil]))
            step["observation"] = .object(["results": .array(before + [result])])
            all[answer] = .object(step)
        }

        private static func metrics(_ note: UsageNote) -> JSONValue {
            .object(
                [
                    "prompt_tokens": .integer(note.tokens.inputTokens),
                    "completion_tokens": .integer(note.tokens.outputTokens),
                ].merging(dropping: [
                    "cached_tokens": note.tokens.cachedInputTokens.map(JSONValue.integer),
                    "cost_usd": note.dollars.map(JSONValue.number),
                ]))
        }
    }
}

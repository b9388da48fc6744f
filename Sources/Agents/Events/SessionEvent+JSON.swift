package import Base
internal import LanguageModels
internal import Sandbox

/// Events as JSON objects: `number`, `time`, `type`, and the fields of the type.
extension SessionEvent {
    /// The event, from which it can be made again; pieces of an answer, which are only shown, have a form as well.
    package var json: JSONValue {
        var fields = kind.fields
        fields["number"] = .integer(number)
        fields["time"] = .number(time)
        fields["type"] = .string(kind.word)
        return .object(fields)
    }

    /// The event that was written so.
    ///
    /// - Throws: `AgentsError` where it was not.
    package init(json: JSONValue) throws {
        guard let number = json["number"]?.integer, let time = json["time"]?.number, let type = json["type"]?.string
        else { throw AgentsError(.session, "is no event of a session") }
        self.init(number: number, time: time, kind: try Kind(word: type, Fields(json)))
    }
}

/// The members of an event, with a sentence for each that is missing.
struct Fields {
    let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    func text(_ name: String) throws -> String { try found(json[name]?.string, name) }
    func integer(_ name: String) throws -> Int { try found(json[name]?.integer, name) }
    func flag(_ name: String) throws -> Bool { try found(json[name]?.bool, name) }
    func value(_ name: String) throws -> JSONValue { try found(json[name], name) }

    func choice<Choice: RawRepresentable<String>>(_ name: String) throws -> Choice {
        try found(Choice(rawValue: try text(name)), name)
    }

    private func found<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else { throw AgentsError(.session, "has no \"\(name)\" that can be read") }
        return value
    }
}

extension SessionEvent.Kind {
    /// The name of its kind, in files and on streams.
    package var word: String {
        switch self {
        case .session: "session"
        case .message: "message"
        case .delta: "delta"
        case .turn: "turn"
        case .usage: "usage"
        case .toolCall: "tool_call"
        case .toolResult: "tool_result"
        case .approval: "approval"
        case .compaction: "compaction"
        case .checkpoint: "checkpoint"
        case .resumed: "resumed"
        case .model: "model"
        case .end: "end"
        }
    }

    var fields: [String: JSONValue] {
        switch self {
        case .session(let start): start.fields
        case .message(let said): ["text": .string(said.text), "source": .string(said.source.rawValue)]
        case .delta(.text(let text)): ["text": .string(text)]
        case .delta(.reasoning(let text)): ["reasoning": .string(text)]
        case .turn(let turn):
            [
                "turn": .integer(turn.number), "parts": turn.message.json,
                "stop_reason": .string(turn.stopReason.word),
            ]
        case .usage(let note):
            ["tokens": note.tokens.json].merging(dropping: [
                "dollars": note.dollars.map(JSONValue.number), "total": note.total.map(\.json),
            ])
        case .toolCall(let mark):
            [
                "call_id": .string(mark.callID), "name": .string(mark.name), "arguments": .string(mark.arguments),
                "idempotent": .bool(mark.isIdempotent),
            ]
        case .toolResult(let end):
            [
                "call_id": .string(end.callID), "text": .string(end.text), "error": .bool(end.isError),
                "tainted": .bool(end.isTainted),
            ].merging(dropping: ["whole": end.whole.map(JSONValue.string)])
        case .approval(let approval):
            [
                "call_id": .string(approval.callID), "allowed": .bool(approval.isAllowed),
                "reason": .string(approval.reason),
            ]
        case .compaction(let record): ["replaced": .integer(record.replaced), "summary": .string(record.summary)]
        case .checkpoint(let record): ["id": .string(record.id), "turn": .integer(record.turn)]
        case .resumed(let record):
            ["mended_bytes": .integer(record.mendedBytes)]
                .merging(dropping: [
                    "rewound_to": record.rewoundTo.map(JSONValue.integer), "files": record.files.map(JSONValue.string),
                ])
                .merging(record.limits?.fields ?? [:]) { $1 }
        case .model(let name): ["model": .string(name)]
        case .end(let end): ["reason": .string(end.reason.rawValue), "message": .string(end.message)]
        }
    }

    init(word: String, _ fields: Fields) throws {
        switch word {
        case "session": self = .session(try SessionStart(fields))
        case "message": self = .message(SaidMessage(try fields.text("text"), from: try fields.choice("source")))
        case "delta":
            if let text = fields.json["reasoning"]?.string {
                self = .delta(.reasoning(text))
            } else {
                self = .delta(.text(try fields.text("text")))
            }
        case "turn":
            self = .turn(
                Turn(
                    number: try fields.integer("turn"),
                    message: try AssistantMessage(json: try fields.value("parts")),
                    stopReason: StopReason(word: try fields.text("stop_reason"))))
        case "usage":
            self = .usage(
                UsageNote(
                    tokens: try TokenUsage(json: try fields.value("tokens")), dollars: fields.json["dollars"]?.number,
                    total: try fields.json["total"].map { try SessionTotals(Fields($0)) }))
        case "tool_call":
            self = .toolCall(
                ToolStart(
                    callID: try fields.text("call_id"), name: try fields.text("name"),
                    arguments: try fields.text("arguments"), isIdempotent: try fields.flag("idempotent")))
        case "tool_result":
            self = .toolResult(
                ToolEnd(
                    callID: try fields.text("call_id"), text: try fields.text("text"),
                    isError: try fields.flag("error"), isTainted: try fields.flag("tainted"),
                    whole: fields.json["whole"]?.string))
        case "approval":
            self = .approval(
                Approval(
                    callID: try fields.text("call_id"), isAllowed: try fields.flag("allowed"),
                    reason: try fields.text("reason")))
        case "compaction":
            self = .compaction(
                CompactionRecord(replaced: try fields.integer("replaced"), summary: try fields.text("summary")))
        case "checkpoint":
            self = .checkpoint(CheckpointRecord(id: try fields.text("id"), turn: try fields.integer("turn")))
        case "resumed":
            self = .resumed(
                ResumeRecord(
                    mendedBytes: try fields.integer("mended_bytes"), rewoundTo: fields.json["rewound_to"]?.integer,
                    limits: try fields.json["turn_limit"].map { _ in try AgentLimits(fields) },
                    files: fields.json["files"]?.string))
        case "model": self = .model(try fields.text("model"))
        case "end": self = .end(SessionEnd(try fields.choice("reason"), try fields.text("message")))
        default:
            throw AgentsError(
                .session, "is of the unknown kind \"\(word)\": where a newer neo wrote it, update neo")
        }
    }
}

extension SessionStart {
    var fields: [String: JSONValue] {
        [
            "version": .integer(version), "id": .string(id), "model": .string(model),
            "workspace": .string(workspace), "mode": .string(mode.rawValue), "instructions": .string(instructions),
        ].merging(dropping: [
            "parent": parent.map(JSONValue.string),
            "runtime": runtime == .bubblewrap ? nil : .string(runtime.rawValue),
        ]).merging(limits.fields) { $1 }
    }

    init(_ fields: Fields) throws {
        self.init(
            id: try fields.text("id"), model: try fields.text("model"), workspace: try fields.text("workspace"),
            mode: try fields.choice("mode"), instructions: try fields.text("instructions"),
            limits: try AgentLimits(fields), parent: fields.json["parent"]?.string,
            // One that is not known is none to go on without.
            runtime: try fields.json["runtime"].map { _ in try fields.choice("runtime") } ?? .bubblewrap)
        version = try fields.integer("version")
    }
}

extension SessionTotals {
    var json: JSONValue {
        .object([
            "turns": .integer(turns), "tokens": .integer(tokens), "dollars": .number(dollars), "model": .string(model),
        ])
    }

    init(_ fields: Fields) throws {
        self.init(
            turns: try fields.integer("turns"), tokens: try fields.integer("tokens"),
            dollars: try fields.value("dollars").number ?? 0, model: try fields.text("model"))
    }
}

extension AgentLimits {
    var fields: [String: JSONValue] {
        ["turn_limit": .integer(turns)].merging(dropping: [
            "token_limit": tokens.map(JSONValue.integer), "dollar_limit": dollars.map(JSONValue.number),
            "second_limit": wallSeconds.map(JSONValue.number),
        ])
    }

    init(_ fields: Fields) throws {
        self.init(
            turns: try fields.integer("turn_limit"), tokens: fields.json["token_limit"]?.integer,
            dollars: fields.json["dollar_limit"]?.number, wallSeconds: fields.json["second_limit"]?.number)
    }
}

extension [String: JSONValue] {
    /// These and the others that have a value.
    func merging(dropping others: [String: JSONValue?]) -> [String: JSONValue] {
        merging(others.compactMapValues { $0 }) { $1 }
    }
}

internal import Base
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// How an answer is kept in a store: a line with the whole, then a line for each run of pieces of one kind.
///
/// Most who ask want the whole, which is so found without reading the pieces; and arrays of strings are read many times
/// faster than an object for each piece.
extension RecordedAnswer {
    /// The lines.
    var text: String {
        var lines = [response.json.canonicalText]
        var run: [String] = []
        for event in events.dropLast() {
            let (kind, piece) = Self.parts(event)
            if run.first == kind, !Self.isWhole(kind) {
                run.append(piece[0])
            } else {
                if !run.isEmpty { lines.append(Self.line(run)) }
                run = [kind] + piece
            }
        }
        if !run.isEmpty { lines.append(Self.line(run)) }
        return lines.joined(separator: "\n")
    }

    /// The whole alone.
    static func response(in text: String) throws -> LanguageModelResponse {
        let line = text.utf8.prefix { $0 != UInt8(ascii: "\n") }
        return try LanguageModelResponse(json: JSONValue(parsing: Data(line)))
    }

    /// The answer that was kept so.
    init(text: String) throws {
        let decoder = JSONDecoder()
        var events: [LanguageModelEvent] = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n")).dropFirst() {
            let run = try decoder.decode([String].self, from: Data(line))
            guard let kind = run.first else { throw Self.damage }
            if Self.isWhole(kind) {
                events.append(try Self.event(kind, run.dropFirst()))
            } else {
                for piece in run.dropFirst() { events.append(try Self.event(kind, [piece])) }
            }
        }
        guard let answer = RecordedAnswer(events + [.completed(try Self.response(in: text))]) else { throw Self.damage }
        self = answer
    }

    private static var damage: LanguageModelError {
        LanguageModelError(.answer, "A recorded answer is damaged: one of its lines is no run of pieces.")
    }

    private static func line(_ run: [String]) -> String { JSONValue.array(run.map(JSONValue.string)).canonicalText }

    /// Whether a line of this kind is one event.
    private static func isWhole(_ kind: String) -> Bool { kind.hasPrefix("call ") }

    private static func parts(_ event: LanguageModelEvent) -> (kind: String, pieces: [String]) {
        switch event {
        case .text(let text): ("text", [text])
        case .reasoning(let text): ("reasoning", [text])
        case .refusal(let text): ("refusal", [text])
        case .toolCall(let index, let id, let name): ("call \(index)", [id, name])
        case .toolCallArguments(let index, let fragment): ("arguments \(index)", [fragment])
        case .completed: ("", [])
        }
    }

    private static func event(_ kind: String, _ pieces: ArraySlice<String>) throws -> LanguageModelEvent {
        let words = kind.split(separator: " ")
        switch (words.first, words.dropFirst().first.flatMap { Int($0) }, pieces.first) {
        case ("text", _, let text?): return .text(text)
        case ("reasoning", _, let text?): return .reasoning(text)
        case ("refusal", _, let text?): return .refusal(text)
        case ("arguments", let index?, let fragment?): return .toolCallArguments(index: index, fragment: fragment)
        case ("call", let index?, let id?):
            guard let name = pieces.dropFirst().first else { throw damage }
            return .toolCall(index: index, id: id, name: name)
        default: throw damage
        }
    }
}

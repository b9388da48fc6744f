internal import Base
internal import LanguageModels

/// The events of a complete answer as they are kept.
struct RecordedAnswer: Sendable, Hashable {
    /// The events; the last one is the whole.
    let events: [LanguageModelEvent]
    /// The whole.
    let response: LanguageModelResponse

    /// Nil where the events are not those of a complete answer.
    init?(_ events: [LanguageModelEvent]) {
        guard case .completed(let response) = events.last else { return nil }
        self.events = events
        self.response = response
    }

    /// The answer that was kept so.
    ///
    /// - Throws: `LanguageModelError` where it was not.
    init(json: JSONValue) throws(LanguageModelError) {
        var events: [LanguageModelEvent] = []
        for event in json.array ?? [] { events.append(try LanguageModelEvent(json: event)) }
        guard let answer = RecordedAnswer(events) else {
            throw LanguageModelError(.answer, "A recorded answer is damaged: it does not end in the whole.")
        }
        self = answer
    }

    var json: JSONValue { .array(events.map(\.json)) }
}

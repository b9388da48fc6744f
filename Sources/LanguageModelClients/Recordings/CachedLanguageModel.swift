package import Base
package import LanguageModels
package import Storage

/// How recorded answers are used.
package enum RecordingMode: Sendable, Hashable {
    /// A recorded answer stands for a new one; what is not there is asked and recorded.
    case use
    /// Nothing is read or written.
    case off
    /// All is asked, and recorded anew.
    case record
    /// Nothing is asked: what is not recorded is an error.
    case replayOnly
}

/// A model whose answers are kept, so that the same question costs nothing the second time.
///
/// An answer is found again by the request, the model's name and protocol, and the bucket: with a temperature above 0
/// the answers of bucket 0, 1, 2, … are different samples, each of which stays what it is. A stream is replayed in the
/// very pieces in which it came. Answers that fail or are cancelled are not kept, and equal requests under way at the
/// same time are asked once.
package struct CachedLanguageModel: LanguageModel {
    /// Is told of each answer that cost nothing: from a recording, or asked for by somebody else at the same time.
    package typealias HitHandler =
        @Sendable (LanguageModelRequest, LanguageModelResponse, _ milliseconds: Double) async -> Void

    let base: any LanguageModel
    let model: RecordedModel
    let store: ResponseStore
    let mode: RecordingMode
    let time: TimeSource
    let onHit: HitHandler
    private let flights: AnswerFlights
    private var bucket = 0

    /// A model whose answers are kept.
    ///
    /// - Parameters:
    ///   - base: is asked what is not recorded.
    ///   - model: tells the answers of different models apart.
    package init(
        _ base: any LanguageModel, as model: RecordedModel, in store: ResponseStore, mode: RecordingMode = .use,
        time: TimeSource = .system, onHit: @escaping HitHandler = { _, _, _ in }
    ) {
        self.base = base
        self.model = model
        self.store = store
        self.mode = mode
        self.time = time
        self.onHit = onHit
        flights = AnswerFlights()
    }

    package var identity: String { base.identity }

    /// The same model, whose answers are those of another sample.
    package func sample(_ bucket: Int) -> CachedLanguageModel {
        var other = self
        other.bucket = bucket
        return other
    }

    @concurrent
    package func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        guard mode != .off else { return try await base.respond(to: request) }
        var answer = CachedAnswer(request, of: self, isStream: false)
        while let event = try await answer.next() {
            if case .completed(let response) = event { return response }
        }
        throw LanguageModelError(.answer, "\(identity) ended its answer without the whole.")
    }

    package func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        guard mode != .off else { return base.stream(request) }
        return LanguageModelStream { CachedAnswer(request, of: self, isStream: true) }
    }

    func key(_ request: LanguageModelRequest) -> RecordingKey { RecordingKey(request, model, bucket: bucket) }

    /// What is recorded, for one who wants the whole the whole alone; a recording that cannot be read is forgotten.
    func recorded(_ key: RecordingKey, isStream: Bool) async -> RecordedAnswer? {
        guard let text = await store.answer(for: key.hash) else { return nil }
        do {
            if isStream { return try RecordedAnswer(text: text) }
            return RecordedAnswer([.completed(try RecordedAnswer.response(in: text))])
        } catch {
            await store.remove(key.hash)
            return nil
        }
    }

    /// Joins the request that is under way, or asks.
    func join(_ request: LanguageModelRequest, _ key: RecordingKey, isStream: Bool) -> FlightSeat {
        flights.join(key.hash) { flight in
            // Somebody may have got the answer between the look into the store and now.
            // Whoever joins may want a stream.
            if mode == .use, let answer = await recorded(key, isStream: true) {
                for event in answer.events { flight.add(event) }
                return
            }
            var events: [LanguageModelEvent] = []
            if isStream {
                for try await event in base.stream(request) {
                    events.append(event)
                    if case .completed = event { break }
                    flight.add(event)
                }
            } else {
                events = try await base.respond(to: request).events
            }
            guard let answer = RecordedAnswer(events) else {
                throw LanguageModelError(.answer, "\(identity) ended its answer without the whole.")
            }
            // It is kept before anybody has it, so that what was seen once can be seen again.
            await store.keep(StoredResponse(request: key.text, answer: answer.text))
            for event in isStream ? answer.events.suffix(1) : answer.events[...] { flight.add(event) }
        }
    }
}

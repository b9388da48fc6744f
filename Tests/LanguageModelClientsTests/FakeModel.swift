import LanguageModels
import Synchronization

/// A model in this process, which answers as it is told.
final class FakeModel: LanguageModel {
    let identity = "fake"
    private let answer: @Sendable (LanguageModelRequest, Int) async throws -> [LanguageModelEvent]
    private let state = Mutex(0)

    /// - Parameter answer: the events of the answer to the request with this number, from 1.
    init(_ answer: @escaping @Sendable (LanguageModelRequest, Int) async throws -> [LanguageModelEvent]) {
        self.answer = answer
    }

    /// A model that says `answer 1`, `answer 2`, … word by word.
    convenience init() {
        self.init { _, number in Self.events(["answer", " \(number)"]) }
    }

    /// How often it was asked.
    var asked: Int { state.withLock { $0 } }

    private func ask(_ request: LanguageModelRequest) async throws -> [LanguageModelEvent] {
        let number = state.withLock { count in
            count += 1
            return count
        }
        return try await answer(request, number)
    }

    func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        guard case .completed(let response) = try await ask(request).last else {
            throw LanguageModelError(.interrupted, "It broke off.")
        }
        return response
    }

    func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { Iterator(model: self, request: request) }
    }

    private struct Iterator: AsyncIteratorProtocol {
        let model: FakeModel
        let request: LanguageModelRequest
        var events: ArraySlice<LanguageModelEvent>?
        var isComplete = false

        mutating func next() async throws -> LanguageModelEvent? {
            if events == nil { events = try await model.ask(request)[...] }
            if isComplete { return nil }
            guard let event = events?.popFirst() else {
                throw LanguageModelError(.interrupted, "It broke off.")
            }
            if case .completed = event { isComplete = true }
            return event
        }
    }

    /// A whole answer in these pieces.
    static func events(
        _ pieces: [String], usage: TokenUsage = TokenUsage(inputTokens: 10, outputTokens: 5)
    ) -> [LanguageModelEvent] {
        pieces.map { .text($0) } + [
            .completed(
                LanguageModelResponse(
                    id: "x", model: "fake-1", message: AssistantMessage(text: pieces.joined()), stopReason: .stop,
                    usage: usage))
        ]
    }
}

extension LanguageModel {
    /// All events of an answer.
    func events(_ request: LanguageModelRequest) async throws -> [LanguageModelEvent] {
        var events: [LanguageModelEvent] = []
        for try await event in stream(request) { events.append(event) }
        return events
    }

    /// The text of an answer.
    func text(_ request: LanguageModelRequest) async throws -> String { try await respond(to: request).message.text }
}

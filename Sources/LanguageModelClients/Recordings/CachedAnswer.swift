internal import Base
internal import LanguageModels

/// An answer from a recording, or while it arrives and is recorded.
struct CachedAnswer: AsyncIteratorProtocol {
    private enum State {
        case notAsked
        case replaying(ArraySlice<LanguageModelEvent>)
        case following(FlightSeat, next: Int, since: UInt64)
        case ended
    }

    private let request: LanguageModelRequest
    private let model: CachedLanguageModel
    private let isStream: Bool
    private var state = State.notAsked

    init(_ request: LanguageModelRequest, of model: CachedLanguageModel, isStream: Bool) {
        self.request = request
        self.model = model
        self.isStream = isStream
    }

    mutating func next() async throws -> LanguageModelEvent? {
        do {
            if case .notAsked = state { try await begin() }
            switch state {
            case .notAsked, .ended: return nil
            case .replaying(var events):
                try Task.checkCancellation()
                let event = events.popFirst()
                state = event == nil ? .ended : .replaying(events)
                return event
            case .following(let seat, let next, let since):
                let event = try await seat.event(at: next)
                state = event == nil ? .ended : .following(seat, next: next + 1, since: since)
                if case .completed(let response) = event, !seat.isFirst { await hit(response, since: since) }
                return event
            }
        } catch {
            state = .ended
            throw error
        }
    }

    private mutating func begin() async throws {
        try Task.checkCancellation()
        let start = model.time.nanoseconds()
        let key = model.key(request)
        if model.mode != .record, let answer = await model.recorded(key, isStream: isStream) {
            await hit(answer.response, since: start)
            state = .replaying(answer.events[...])
            return
        }
        try Task.checkCancellation()
        guard model.mode != .replayOnly else { throw await ReplayMiss.error(key, in: model.store) }
        state = .following(model.join(request, key, isStream: isStream), next: 0, since: start)
    }

    private func hit(_ response: LanguageModelResponse, since start: UInt64) async {
        await model.onHit(request, response, Double(model.time.nanoseconds() - start) / 1e6)
    }
}

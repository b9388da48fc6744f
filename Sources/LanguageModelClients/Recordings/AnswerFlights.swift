internal import Base
internal import LanguageModels
internal import Synchronization

/// Answers that are under way, so that equal requests at the same time are asked once.
///
/// It supervises the tasks that ask. Such a task is no child of any caller, because it serves all of them; it is
/// cancelled when the last one has left.
final class AnswerFlights: Sendable {
    /// Asks, and adds the events as they come.
    typealias Work = @Sendable (AnswerFlight) async throws -> Void

    private struct Entry {
        let flight: AnswerFlight
        var seats = 1
        var task: Task<Void, Never>?
    }

    private let entries = Mutex<[ContentHash: Entry]>([:])

    /// A seat in the flight of this key, which is begun where there is none.
    func join(_ key: ContentHash, _ work: @escaping Work) -> FlightSeat {
        entries.withLock { entries in
            if let entry = entries[key] {
                entries[key]?.seats += 1
                return FlightSeat(entry.flight, isFirst: false, key, self)
            }
            let flight = AnswerFlight()
            var entry = Entry(flight: flight)
            entry.task = Task { await self.fly(key, flight, work) }
            entries[key] = entry
            return FlightSeat(flight, isFirst: true, key, self)
        }
    }

    @concurrent
    private func fly(_ key: ContentHash, _ flight: AnswerFlight, _ work: @escaping Work) async {
        let end: Result<Void, any Error>
        do {
            end = .success(try await work(flight))
        } catch {
            end = .failure(error)
        }
        // Whoever comes from now on looks for what was kept, or asks anew.
        entries.withLock { if $0[key]?.flight === flight { $0[key] = nil } }
        flight.end(end)
    }

    fileprivate func leave(_ key: ContentHash, _ flight: AnswerFlight) {
        let abandoned = entries.withLock { entries -> Task<Void, Never>? in
            guard entries[key]?.flight === flight else { return nil }
            entries[key]?.seats -= 1
            return entries[key]?.seats == 0 ? entries.removeValue(forKey: key)?.task : nil
        }
        abandoned?.cancel()
    }
}

/// A caller's part in an answer that is under way; letting go of it leaves.
final class FlightSeat: Sendable {
    /// Whether this caller is the one that the answer is asked for.
    let isFirst: Bool
    private let flight: AnswerFlight
    private let key: ContentHash
    private let flights: AnswerFlights

    fileprivate init(_ flight: AnswerFlight, isFirst: Bool, _ key: ContentHash, _ flights: AnswerFlights) {
        self.flight = flight
        self.isFirst = isFirst
        self.key = key
        self.flights = flights
    }

    deinit { flights.leave(key, flight) }

    /// The event at a position, as soon as it is there; nil behind the last.
    func event(at index: Int) async throws -> LanguageModelEvent? { try await flight.event(at: index) }
}

/// The events of an answer that is under way, for all who wait for them. All of them are held, because the whole answer
/// is recorded; the endpoint's limit on replies bounds them.
final class AnswerFlight: Sendable {
    private struct State {
        var events: [LanguageModelEvent] = []
        var end: Result<Void, any Error>?
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var tickets = 0
    }

    private let state = Mutex(State())

    /// Another event has come.
    func add(_ event: LanguageModelEvent) { wake { $0.events.append(event) } }

    /// No more will come.
    func end(_ end: Result<Void, any Error>) { wake { $0.end = end } }

    private func wake(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    fileprivate func event(at index: Int) async throws -> LanguageModelEvent? {
        while true {
            try Task.checkCancellation()
            let (event, end, ticket) = state.withLock { state in
                state.tickets += 1
                return (index < state.events.count ? state.events[index] : nil, state.end, state.tickets)
            }
            if let event { return event }
            if let end {
                try end.get()
                return nil
            }
            await wait(forEventAt: index, ticket)
        }
    }

    private func wait(forEventAt index: Int, _ ticket: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    // A cancellation before this line finds nobody to wake, and one after it does.
                    if index < state.events.count || state.end != nil || Task.isCancelled { return true }
                    state.waiters[ticket] = continuation
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
        }
    }
}

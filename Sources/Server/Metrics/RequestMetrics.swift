internal import RAG
internal import Storage
internal import Synchronization

/// What the server counts; `text` is what Prometheus reads.
final class RequestMetrics: Sendable {
    /// What requests are counted by.
    struct Label: Hashable, Sendable {
        var route: String
        var method: String
        var status: Int
    }

    /// A histogram of durations; `counts[i]` are the durations in the bucket that ends at `bounds[i]`.
    struct Histogram: Sendable {
        /// The upper bounds in seconds; a last bucket without bound follows.
        static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        var counts = Array(repeating: 0, count: bounds.count + 1)
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
            sum += seconds
        }
    }

    struct State: Sendable {
        var requests: [Label: Int] = [:]
        var durations: [String: Histogram] = [:]
        var inFlight = 0
        var connections = 0
        var mostConnections = 0
        var answered = 0
        var abstained = 0
        var models: [String: ModelCounts] = [:]
    }

    /// What one model did.
    struct ModelCounts: Sendable {
        var answered = 0
        var abstained = 0
        var unsupported = 0
        var inputTokens = 0
        var outputTokens = 0
    }

    /// The most models that are told apart: their names come from elsewhere.
    private static let maximumModels = 20

    private let state = Mutex(State())
    /// Beside the rest, of which copies are made all the time.
    private let interval = Mutex(TrafficInterval())
    private let questions = Mutex(QuestionMetrics())

    init() {}

    /// A request has come.
    func begin() {
        state.withLock { $0.inFlight += 1 }
    }

    /// A request is done.
    func end(_ label: Label, seconds: Double) {
        state.withLock { state in
            state.inFlight -= 1
            state.requests[label, default: 0] += 1
            state.durations[label.route, default: Histogram()].add(seconds)
        }
        guard Route(rawValue: label.route)?.isQuestion == true else { return }
        interval.withLock { $0.add(status: label.status, seconds: seconds) }
    }

    /// A connection was taken; gives how many are open.
    func connectionOpened() -> Int {
        state.withLock { state in
            state.connections += 1
            state.mostConnections = max(state.mostConnections, state.connections)
            return state.connections
        }
    }

    /// A connection is closed.
    func connectionClosed() {
        state.withLock { $0.connections -= 1 }
    }

    /// An answer was given, or not.
    func count(_ answer: Answer) {
        interval.withLock { $0.add(isAbstention: answer.abstained) }
        state.withLock { state in
            if answer.abstained { state.abstained += 1 } else { state.answered += 1 }
            guard let usage = answer.usage else { return }
            let isKnown = state.models[usage.model] != nil || state.models.count < Self.maximumModels
            var counts = state.models[isKnown ? usage.model : "other"] ?? ModelCounts()
            if answer.abstained { counts.abstained += 1 } else { counts.answered += 1 }
            if answer.generated?.isUnsupported == true { counts.unsupported += 1 }
            counts.inputTokens += usage.inputTokens
            counts.outputTokens += usage.outputTokens
            state.models[isKnown ? usage.model : "other"] = counts
        }
    }

    /// Questions have ended, or something is known of all of them.
    func withQuestions<Value>(_ body: (inout sending QuestionMetrics) -> sending Value) -> sending Value {
        questions.withLock(body)
    }

    /// What came in since the last time that somebody took it.
    func takeInterval() -> TrafficInterval {
        interval.withLock { interval in
            defer { interval = TrafficInterval() }
            return interval
        }
    }

    /// All that was counted, at one moment.
    var snapshot: State { state.withLock { $0 } }
}

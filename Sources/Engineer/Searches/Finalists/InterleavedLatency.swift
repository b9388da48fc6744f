internal import Statistics

/// Measures the latency of several configurations side by side: one request after the other, A B C A B C, so that what
/// else the machine does meets all of them alike.
struct InterleavedLatency {
    /// One configuration.
    struct Lane: Sendable {
        let trial: Int
        let request: @Sendable (String) async throws -> Void
    }

    /// What was measured of one configuration, in milliseconds.
    struct Samples: Sendable, Hashable {
        var milliseconds: [Double] = []
        var failures = 0

        /// All requests; one that failed never came.
        var all: [Double] { milliseconds + Array(repeating: .infinity, count: failures) }
        var count: Int { milliseconds.count + failures }

        func interval(_ probability: Double) -> QuantileInterval? {
            try? quantileInterval(milliseconds, probability: probability)
        }
    }

    private let questions: [String]
    private let nanoseconds: @Sendable () -> UInt64
    private let limit: Double
    private(set) var samples: [Int: Samples] = [:]
    /// Seconds of requests so far.
    private(set) var seconds = 0.0
    private(set) var discarded = 0
    private var position = 0

    /// - Parameter seconds: after how many seconds of requests no further one is sent.
    init(questions: [String], seconds: Double, nanoseconds: @escaping @Sendable () -> UInt64) {
        self.questions = questions
        limit = seconds
        self.nanoseconds = nanoseconds
    }

    /// Sends each lane a few requests that are not counted.
    func warm(_ lanes: [Lane]) async throws {
        for question in questions.prefix(3) {
            for lane in lanes {
                do {
                    try await lane.request(question)
                } catch is CancellationError {
                    throw CancellationError()
                } catch {}
            }
        }
    }

    /// Sends each lane so many more requests.
    mutating func measure(_ lanes: [Lane], requests: Int) async throws {
        guard !questions.isEmpty else { return }
        let wanted = Dictionary(
            uniqueKeysWithValues: lanes.map { ($0.trial, samples[$0.trial, default: .init()].count + requests) })
        // A clock that goes back costs a repetition, not a search without end.
        for _ in 0..<2 * requests {
            let question = questions[position % questions.count]
            position += 1
            var isDone = true
            for lane in lanes where samples[lane.trial, default: .init()].count < wanted[lane.trial] ?? 0 {
                guard seconds < limit else { return }
                try Task.checkCancellation()
                try await measure(lane, question)
                isDone = false
            }
            if isDone { return }
        }
    }

    private mutating func measure(_ lane: Lane, _ question: String) async throws {
        let start = nanoseconds()
        var hasFailed = false
        do {
            try await lane.request(question)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            hasFailed = true
        }
        let end = nanoseconds()
        guard end >= start else {
            discarded += 1
            return
        }
        let taken = Double(end - start)
        seconds += taken / 1e9
        if hasFailed {
            samples[lane.trial, default: .init()].failures += 1
        } else {
            samples[lane.trial, default: .init()].milliseconds.append(taken / 1e6)
        }
    }
}

/// The finalists while they are measured.
struct FinalistCourse {
    private(set) var lanes: [InterleavedLatency.Lane] = []
    private(set) var bytes: [Int: Int] = [:]
    var predictions: [FinalistMeasurement.Prediction] = []
    var unpredicted = 0
    var excluded: [Int] = []
    private var latency: InterleavedLatency
    private let requests: Int

    init(_ latency: InterleavedLatency, requests: Int) {
        self.latency = latency
        self.requests = requests
    }

    mutating func add(_ trial: Int, _ candidate: FinalistPhase.Candidate) {
        lanes.append(InterleavedLatency.Lane(trial: trial, request: candidate.request))
        bytes[trial] = candidate.indexBytes
    }

    func warm() async throws { try await latency.warm(lanes) }

    mutating func measure(_ lanes: [InterleavedLatency.Lane], requests: Int) async throws {
        try await latency.measure(lanes, requests: requests)
    }

    func samples(_ trial: Int) -> InterleavedLatency.Samples { latency.samples[trial, default: .init()] }

    /// What goes into the results.
    var measurement: FinalistMeasurement {
        FinalistMeasurement(
            requests: requests,
            finalists: lanes.map { lane in
                let samples = samples(lane.trial)
                return Finalist(
                    trial: lane.trial, requests: samples.count, failures: samples.failures,
                    p50: samples.interval(0.5), p95: samples.interval(0.95), p99: samples.interval(0.99),
                    indexBytes: bytes[lane.trial] ?? 0)
            },
            predictions: predictions, unpredicted: unpredicted, discarded: latency.discarded)
    }
}

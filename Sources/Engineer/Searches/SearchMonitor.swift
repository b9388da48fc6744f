internal import AutoML
internal import Base
internal import Storage
internal import Synchronization

/// Turns what a study says of itself into events for the caller, with rate and remaining time.
final class SearchMonitor: Sendable {
    private let cache: StageCache
    private let onEvent: @Sendable (SearchEvent) -> Void
    private let state = Mutex(StudyProgress(trialsPlanned: nil, itemsPerTrial: 0))

    init(cache: StageCache, onEvent: @escaping @Sendable (SearchEvent) -> Void) {
        self.cache = cache
        self.onEvent = onEvent
    }

    /// Hears how far the study is.
    @Sendable
    func hear(_ progress: StudyProgress) {
        let previous = state.withLock { state in
            defer { state = progress }
            return state
        }
        if let best = progress.best, best != previous.best {
            onEvent(.newBest(trial: best.trial, score: best.value))
        }
        // The first questions wait for all passages to be encoded: what they take foretells nothing.
        let isTelling = progress.seconds > 0 && progress.measurementsThisRun >= progress.itemsPerTrial
        let rate = isTelling ? Double(progress.measurementsThisRun) / progress.seconds : 0
        let left = progress.measurementsPlanned.map { Double($0 - progress.measurements) }
        let statistics = cache.statistics
        onEvent(
            .measuring(
                .init(
                    trialsEnded: progress.trialsEnded, trialsPlanned: progress.trialsPlanned,
                    trialsFailed: progress.trialsFailed, best: progress.best?.value,
                    rate: rate > 0 ? rate : nil, secondsLeft: rate > 0 ? left.map { max($0, 0) / rate } : nil,
                    cacheHits: statistics.hits, cacheMisses: statistics.misses
                )
            )
        )
    }

    /// What depends on the clock or the cache, for the report.
    func timings(_ stopwatch: Stopwatch) -> [String: JSONValue] {
        let statistics = cache.statistics
        var phases: [String: JSONValue] = [:]
        for lap in stopwatch.laps { phases[lap.phase] = .number(lap.seconds) }
        return [
            "seconds": .number(stopwatch.total),
            "phases": .object(phases),
            "questionsMeasured": .integer(state.withLock { $0.measurementsThisRun }),
            "cacheHits": .integer(statistics.hits),
            "cacheMisses": .integer(statistics.misses),
        ]
    }
}

internal import AutoML
internal import Base
internal import RAG
internal import Storage
internal import Synchronization
internal import Tracking

/// Logs a search as a run, and each trial as a run that is a part of it.
///
/// The run is named by the study, so a search that was stopped goes on as the same run.
struct SearchTracker: Sendable {
    private struct State {
        var begun: [Int: (configuration: Configuration, at: Double)] = [:]
        var ended = 0
        var best: Double?
    }

    let logger: RunLogger
    private let objective: Objective
    private let state = TrackerState()

    private final class TrackerState: Sendable {
        let value = Mutex(State())
    }

    /// The run of a study.
    static func run(of study: ContentHash) throws -> RunID { try RunID("search-\(study.short)") }

    /// Begins the run of a search, or goes on with it: trials that ended while nobody could log them are logged now.
    init(_ course: SearchCourse) async throws {
        let project = course.workspace.project
        let id = try Self.run(of: course.definition.id)
        objective = course.golden.objective
        logger = try RunLogger(
            in: project.path(".neo"), project: project.file.name, name: "search \(course.definition.id.short)",
            facts: RunFacts(
                kind: "search",
                configuration: [
                    "objective": .string(objective.metric), "sampler": .string(course.sampler.name),
                    "search_questions": .integer(course.split.search.count),
                    "held_out_questions": .integer(course.split.heldOut.count),
                    "study": .string(course.definition.id.hex),
                ],
                origin: RunLogger.origin(command: course.options.commandLine, seed: course.seed)),
            id: id)
        try await catchUp(course, project: project)
    }

    /// Logs the trials that ended while nobody could log them.
    private func catchUp(_ course: SearchCourse, project: Project) async throws {
        let trials = try await course.journal.trials()
        // A new search has none, and needs no database of runs yet.
        guard !trials.isEmpty else { return }
        let store = try RunStore.open(project.path(".neo"), project: project.file.name)
        _ = try await store.refresh()
        var query = RunQuery()
        (query.parent, query.limit) = (logger.id, .max)
        let known = Set(try await store.runs(query).map(\.id))
        for trial in trials {
            begin(trial)
            guard trial.state != .running else { continue }
            let measurements = try await course.journal.measurements(ofTrial: trial.number)
            if known.contains(try part(trial.number)) {
                note(Self.means(measurements)[objective.metric], of: trial.state)
            } else {
                finish(
                    trial: trial.number, state: trial.state, failure: trial.failure, measurements: measurements)
            }
        }
    }

    /// Remembers what a trial tries, and since when.
    func begin(_ trial: Trial) {
        let now = logger.time
        state.value.withLock { $0.begun[trial.number] = (trial.configuration, now) }
    }

    /// Logs a trial that ended.
    func finish(trial number: Int, state ending: Trial.State, failure: String?, measurements: [Measurement]) {
        guard let part = try? part(number) else { return }
        let begun = state.value.withLock { $0.begun.removeValue(forKey: number) }
        var metrics = Self.means(measurements)
        metrics["questions"] = Double(measurements.count)
        metrics["failures"] = Double(measurements.count { $0.failure != nil })
        let status: Run.Status =
            switch ending {
            case .failed: .failed
            case .stopped: .stopped
            case .complete, .running: .finished
            }
        logger.log(
            part: part, name: "trial \(number)",
            facts: RunFacts(
                kind: "trial", group: logger.id.text, configuration: begun.map { .object($0.configuration.values) }),
            began: begun?.at, metrics: metrics, status: status, failure: failure)
        let score = metrics[objective.metric]
        let (ended, best) = note(score, of: ending)
        var course = ["trials": Double(ended)]
        course["score"] = score
        course["best"] = best
        logger.log(course, step: ended)
    }

    /// Logs what the search found.
    func log(_ results: SearchResults) {
        let verdict = results.verdict
        var metrics = [
            "winner/\(objective.metric)": verdict.winner.value, "winner/lower": verdict.winner.lower,
            "winner/upper": verdict.winner.upper, "default/\(objective.metric)": verdict.baseline.value,
            "winner/trial": Double(results.winner),
        ]
        for (name, value) in verdict.metrics { metrics["winner/\(name)"] = value }
        logger.log(metrics, step: state.value.withLock { $0.ended })
        logger.log(
            table: ["trial", "origin", "state", objective.metric],
            rows: results.trials.map {
                [
                    .integer($0.number), .string($0.origin), .string($0.state.rawValue),
                    $0.score.map { .number($0.value) } ?? .null,
                ]
            }, key: "trials")
    }

    private func part(_ trial: Int) throws -> RunID { try RunID("\(logger.id.text)-trial-\(trial)") }

    /// Counts a trial that ended; only one that was measured on every question can be the best.
    @discardableResult
    private func note(_ score: Double?, of ending: Trial.State) -> (ended: Int, best: Double?) {
        state.value.withLock { state in
            state.ended += 1
            if let score, ending == .complete {
                let isBetter = state.best.map { objective.direction == .maximize ? score > $0 : score < $0 } ?? true
                if isBetter { state.best = score }
            }
            return (state.ended, state.best)
        }
    }

    /// The mean of each metric over the questions that have it.
    private static func means(_ measurements: [Measurement]) -> [String: Double] {
        var sums: [String: (total: Double, count: Int)] = [:]
        for measurement in measurements {
            for (name, value) in measurement.metrics {
                let sum = sums[name] ?? (0, 0)
                sums[name] = (sum.total + value, sum.count + 1)
            }
        }
        return sums.mapValues { $0.total / Double($0.count) }
    }
}

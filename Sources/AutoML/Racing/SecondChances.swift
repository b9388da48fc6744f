/// Which trials go on after the last one has ended, because they do well among all and were stopped among a few.
struct SecondChances {
    let order: [String]
    let rungs: [(count: Int, rung: Racing.Rung)]
    let objective: Objective
    /// All trials, by number.
    private(set) var results: [TrialResult]
    private var means: [[Double?]]
    private let evaluations: Int?

    /// - Parameters:
    ///   - race: A race without opponents.
    ///   - results: All trials, by number.
    ///   - evaluations: How many measurements all of them may have together.
    init(_ race: Race, results: [TrialResult], evaluations: Int?) {
        order = race.order
        rungs = race.rungs
        objective = race.objective
        self.results = results
        self.evaluations = evaluations
        means = results.map(race.means)
    }

    /// The way from a rung to the next one, or to the end.
    func race(from place: Int) -> Race {
        Race(order, through: place + 1 < rungs.count ? rungs[place + 1].count : order.count, objective: objective)
    }

    /// The trials that were stopped at a rung and go on to the next, by number; the best ones, where not all can be paid.
    func chosen(at place: Int) -> [Trial] {
        let (count, rung) = rungs[place]
        let reached = results.indices.compactMap { at in
            results[at].trial.state == .failed ? nil : means[at][place].map { (place: at, mean: $0) }
        }
        let ranked = reached.sorted { $0.mean == $1.mean ? $0.place < $1.place : $0.mean > $1.mean }
        let waiting = ranked.prefix(Racing.Rung.places(rung.keptInTheEnd, of: ranked.count)).map(\.place).filter {
            results[$0].trial.state == .stopped && results[$0].measurements.count == count
        }
        let each = race(from: place).order.count - count
        let spent = results.reduce(0) { $0 + $1.measurements.count }
        let affordable = evaluations.map { max($0 - spent, 0) / each } ?? waiting.count
        return waiting.prefix(affordable).sorted().map { results[$0].trial }
    }

    /// The trials that ended as stopped in this run's race, and that the journal knows in full from a shorter study.
    func known(in journaled: [Int: Trial]) -> [Trial] {
        results.map(\.trial).filter { $0.state == .stopped && journaled[$0.number]?.state == .complete }
    }

    /// A trial went on.
    mutating func tell(_ result: TrialResult, _ race: Race) {
        guard let place = results.firstIndex(where: { $0.trial.number == result.trial.number }) else { return }
        results[place] = result
        means[place] = race.means(of: result)
    }
}

extension Study {
    /// Gives second chances, rung by rung, and returns all trials as they are then.
    func giveSecondChances(
        _ course: StudyCourse, journaled: [Int: Trial], monitor: StudyMonitor
    ) async throws -> [TrialResult] {
        guard let race = course.unopposed else { return course.results }
        var chances = SecondChances(race, results: course.results, evaluations: limits.evaluations)
        func goOn(_ trials: [Trial], _ way: Race) async throws {
            try await withThrowingTaskGroup(of: TrialResult.self) { group in
                var waiting = trials.makeIterator()
                var running = 0
                while true {
                    while running < jobs, !(await monitor.isOver), !(await monitor.isSpent), let trial = waiting.next()
                    {
                        group.addTask { try await measure(trial, race: way, monitor: monitor, isAgain: true) }
                        running += 1
                    }
                    guard let result = try await group.next() else { break }
                    running -= 1
                    chances.tell(result, race)
                }
            }
        }
        for place in race.rungs.indices {
            try await goOn(chances.chosen(at: place), chances.race(from: place))
        }
        try await goOn(
            chances.known(in: journaled), Race(race.order, through: race.order.count, objective: objective))
        return chances.results
    }
}

/// What a trial is compared with while it is measured: the trials that its ask was told of. The same for equal seeds,
/// however fast the machine is.
struct Race: Sendable {
    /// The items that the trial may be measured on, in the order of the race.
    let order: [String]
    /// How a trial ends that was measured on them all.
    let end: Trial.State
    /// After how many of them each rung stands, and which share goes on.
    let rungs: [(count: Int, rung: Racing.Rung)]
    /// By rung the means of the earlier trials that reached it, turned so that larger is better.
    let means: [[Double]]
    let objective: Objective

    /// A race without rungs: every trial is measured in full.
    init(whole items: [String], objective: Objective) {
        order = items
        end = .complete
        rungs = []
        means = []
        self.objective = objective
    }

    /// A trial's way to the rung after so many items, or to the end, where nobody stops it.
    init(_ order: [String], through count: Int, objective: Objective) {
        self.order = Array(order.prefix(count))
        end = count < order.count ? .stopped : .complete
        rungs = []
        means = []
        self.objective = objective
    }

    /// The race that a trial enters after these others.
    ///
    /// - Parameter earlier: Of each what ``means(of:)`` gives.
    init(order: [String], racing: Racing, objective: Objective, earlier: [[Double?]] = []) {
        self.order = order
        end = .complete
        let rungs = racing.counts(of: order.count)
        self.rungs = rungs
        self.objective = objective
        means = rungs.indices.map { place in earlier.compactMap { $0[place] } }
    }

    /// A trial's mean at each rung; nil where it did not get there.
    func means(of result: TrialResult) -> [Double?] {
        let measured = result.measurementsByItem
        return rungs.map { Self.mean(order.prefix($0.count), measured, objective) }
    }

    /// Whether a trial goes on at the rung after so many items; always true where there is none.
    func goesOn(after count: Int, _ measured: [String: Measurement]) -> Bool {
        guard let place = rungs.firstIndex(where: { $0.count == count }),
            let mean = Self.mean(order.prefix(count), measured, objective)
        else { return true }
        let all = (means[place] + [mean]).sorted(by: >)
        let kept = Racing.Rung.places(rungs[place].rung.kept, of: all.count)
        // Sums in another order round differently; what is equal but for that goes on.
        return mean >= all[min(kept, all.count) - 1] - 1e-12
    }

    private static func mean(
        _ items: ArraySlice<String>, _ measured: [String: Measurement], _ objective: Objective
    ) -> Double? {
        var sum = 0.0
        for item in items {
            guard let measurement = measured[item] else { return nil }
            sum += objective.score(objective.value(of: measurement))
        }
        return sum / Double(items.count)
    }
}

extension TrialResult {
    /// The measurements by item.
    var measurementsByItem: [String: Measurement] {
        Dictionary(measurements.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A journal that lasts as long as the process: for tests, and for searches that need not survive.
public actor InMemoryTrialJournal: TrialJournal {
    private var entries: [Int: Trial] = [:]
    private var measured: [Int: [String: Measurement]] = [:]

    private var spent: [Int?: TrialSpending] = [:]

    /// An empty journal.
    public init() {}

    /// The trials so far, by number.
    public func trials() -> [Trial] {
        entries.values.sorted { $0.number < $1.number }
    }

    /// The measurements of a trial so far, by item.
    public func measurements(ofTrial number: Int) -> [Measurement] {
        (measured[number] ?? [:]).values.sorted { $0.item < $1.item }
    }

    /// Writes down that a trial was asked for.
    public func begin(_ trial: Trial) throws {
        if let earlier = entries[trial.number] {
            guard earlier.configuration.hash == trial.configuration.hash else {
                throw AutoMLError.otherConfiguration(trial.number)
            }
            return
        }
        entries[trial.number] = trial
    }

    /// Writes down a block of measurements; of two measurements of one item the first counts.
    public func record(_ measurements: [Measurement], ofTrial number: Int) throws {
        guard entries[number] != nil else { throw AutoMLError.noSuchTrial(number) }
        for measurement in measurements where measured[number]?[measurement.item] == nil {
            measured[number, default: [:]][measurement.item] = measurement
        }
    }

    /// What each trial took.
    public func spendings() -> [TrialSpending] { spent.values.sorted { $0.trial ?? -1 < $1.trial ?? -1 } }

    /// Adds to what a trial took.
    public func spend(_ spending: TrialSpending) {
        spent[spending.trial] = spent[spending.trial].map { $0 + spending } ?? spending
    }

    /// Writes down how a trial ended.
    public func finish(trial number: Int, state: Trial.State, failure: String?) throws {
        guard let trial = entries[number] else { throw AutoMLError.noSuchTrial(number) }
        guard trial.state.mayBecome(state) else {
            throw AutoMLError.otherEnd(number, earlier: trial.state, now: state)
        }
        guard trial.state != state else { return }
        entries[number]?.state = state
        entries[number]?.failure = failure
    }
}

extension AutoMLError {
    /// A trial is begun again with another configuration.
    package static func otherConfiguration(_ number: Int) -> AutoMLError {
        AutoMLError(
            .journalMismatch,
            "Trial \(number) is in the journal with another configuration, so the journal belongs to another search."
        )
    }

    /// A fact is about a trial that was never begun.
    package static func noSuchTrial(_ number: Int) -> AutoMLError {
        AutoMLError(.journalMismatch, "Trial \(number) is not in the journal; begin it first.")
    }

    /// A trial ends twice, differently.
    package static func otherEnd(_ number: Int, earlier: Trial.State, now: Trial.State) -> AutoMLError {
        AutoMLError(
            .journalMismatch, "Trial \(number) ended as \(earlier.rawValue) and cannot end as \(now.rawValue) again."
        )
    }
}

internal import AutoML
internal import Tracking

/// A journal that also logs each trial as a run, once its end is written down.
struct LoggedJournal: TrialJournal {
    let wrapped: any TrialJournal
    let tracker: SearchTracker

    func trials() async throws -> [Trial] { try await wrapped.trials() }

    func measurements(ofTrial number: Int) async throws -> [Measurement] {
        try await wrapped.measurements(ofTrial: number)
    }

    func begin(_ trial: Trial) async throws {
        try await wrapped.begin(trial)
        tracker.begin(trial)
    }

    func record(_ measurements: [Measurement], ofTrial number: Int) async throws {
        try await wrapped.record(measurements, ofTrial: number)
    }

    func finish(trial number: Int, state: Trial.State, failure: String?) async throws {
        try await wrapped.finish(trial: number, state: state, failure: failure)
        tracker.finish(
            trial: number, state: state, failure: failure,
            measurements: try await wrapped.measurements(ofTrial: number))
    }

    func spendings() async throws -> [TrialSpending] { try await wrapped.spendings() }

    func spend(_ spending: TrialSpending) async throws { try await wrapped.spend(spending) }
}

package import AutoML

/// A failure to throw.
package struct Crash: Error, CustomStringConvertible {
    /// What happened.
    package var description: String { "the power went away" }

    /// A failure.
    package init() {}
}

/// A journal that writes `writes` times, and then throws: a process that dies there.
package actor CrashingJournal: TrialJournal {
    private let base: any TrialJournal
    private var writes: Int

    /// Dies after so many writes into another journal.
    package init(_ base: any TrialJournal, writes: Int) {
        self.base = base
        self.writes = writes
    }

    package func trials() async throws -> [Trial] { try await base.trials() }

    package func measurements(ofTrial number: Int) async throws -> [Measurement] {
        try await base.measurements(ofTrial: number)
    }

    package func begin(_ trial: Trial) async throws {
        try spend()
        try await base.begin(trial)
    }

    package func record(_ measurements: [Measurement], ofTrial number: Int) async throws {
        try spend()
        try await base.record(measurements, ofTrial: number)
    }

    package func finish(trial number: Int, state: Trial.State, failure: String?) async throws {
        try spend()
        try await base.finish(trial: number, state: state, failure: failure)
    }

    package func spendings() async throws -> [TrialSpending] { try await base.spendings() }
    package func spend(_ spending: TrialSpending) async throws { try await base.spend(spending) }

    private func spend() throws {
        guard writes > 0 else { throw Crash() }
        writes -= 1
    }
}

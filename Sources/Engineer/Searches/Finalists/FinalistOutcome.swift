internal import AutoML
internal import Base

/// A study's outcome after the constraints: its winner is the configuration that they leave.
struct FinalistOutcome {
    private(set) var study: StudyOutcome
    private(set) var decision: Decision?
    var measurement: FinalistMeasurement?

    init(_ study: StudyOutcome) { self.study = study }

    /// Takes the chosen configuration for the winner.
    mutating func decide(_ decision: Decision?) {
        self.decision = decision
        if let chosen = study.trials.first(where: { $0.trial.number == decision?.chosen }) { study.winner = chosen }
    }

    /// Puts into the results what was decided and measured.
    ///
    /// - Parameter heldOut: what the chosen configuration scored on the held-out questions.
    func added(
        to results: SearchResults, checks: ConstraintChecks, heldOut: [Measurement]?
    ) throws -> SearchResults {
        var results = results
        results.decision = decision
        if let decision, let heldOut {
            let evidence = checks.means(heldOut, of: study.winner.trial.configuration)
            results.decision?.heldOut = Decision.Candidate(trial: decision.chosen, evidence: evidence).findings
        }
        if let measurement { results.timings[FinalistMeasurement.key] = try JSONValue(encoding: measurement) }
        return results
    }
}

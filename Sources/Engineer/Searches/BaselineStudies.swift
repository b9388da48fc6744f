internal import AutoML
internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The same search by the two samplers that every other one must beat, random and greedy, with as many trials: without
/// them nobody knows whether the search was worth its cost. What the search has measured is not measured again.
struct BaselineStudies {
    /// What one of them found.
    struct Found: Sendable {
        let sampler: NamedSampler
        let trials: Int
        let best: TrialResult
    }

    static let samplers: [NamedSampler] = [.random, .greedy]

    let definition: StudyDefinition
    let space: SearchSpace
    let database: NeoDatabase
    let now: Date
    let note: (String) -> Void
    /// Makes the study of a sampler, with a journal.
    let study: (any Sampler, any TrialJournal) async throws -> Study

    /// Runs those that the search was not itself.
    ///
    /// - Returns: What they found; without those that a space with ranges of real numbers does not allow, or that could
    ///   measure nothing.
    func run(beside sampler: NamedSampler) async throws -> [Found] {
        var found: [Found] = []
        for name in Self.samplers where name != sampler {
            guard let other = try? name.make(space) else { continue }
            let definition = StudyDefinition(definition, sampler: other.name)
            let journal = try await database.openStudy(definition: definition.json, at: now)
            let scope = CallScope.current?.at(study: ContentHash(of: definition.json).hex)
            do {
                let study = try await study(other, journal)
                let outcome = try await CallScope.$current.withValue(scope) { try await study.run() }
                found.append(Found(sampler: name, trials: outcome.trials.count, best: outcome.winner))
            } catch let error as AutoMLError where error.code == .allTrialsFailed {
                continue
            } catch {
                guard let words = SpendingWords.undone("\(name.rawValue) search does not stand beside.", error) else {
                    throw error
                }
                note(words)
            }
        }
        return found
    }
}

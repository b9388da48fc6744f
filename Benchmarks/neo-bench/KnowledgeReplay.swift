import AutoML
import Base
import Engineer
import Foundation
import Storage

/// Every configuration of a project's space on every question, by two objectives.
struct KnowledgeReplay {
    /// What a search is worth on the questions that it saw, and on the others: how far its choice is from the best there.
    struct Found {
        var searched: Double
        var heldOut: Double
    }

    let name: String
    /// The record of the grid: its features, and the names that it has.
    let record: KnowledgeRecord
    let metrics: [String]
    private let space: SearchSpace
    private let items: [String]
    /// By configuration and metric, the values in the order of the items.
    private let values: [Configuration: [String: [Double]]]

    init(_ folder: String, _ base: KnowledgeBase) async throws {
        let project = try Project(opening: folder)
        let results = try ReportArchive.read(project)
        let database = try NeoDatabase(path: project.databasePath)
        let named = try await KnowledgeBase.name(of: project)
        guard let record = base.records().last(where: { $0.project == named }),
            let study = try await database.studies().first(where: { $0.id.short == results.study })
        else { throw Missing(what: "\(folder) was not searched with NEO_KNOWLEDGE=\(base.folder)") }
        name = project.file.name
        self.record = record
        metrics =
            record.objective.metric.hasPrefix("evidence") ? ["evidence_recall", "evidence_mrr"] : ["ndcg@10", "mrr"]
        let parameters = try (study.definition["space"] ?? []).decoded(as: [Parameter].self)
        space = try SearchSpace(parameters)
        items = (study.definition["search"]?.array ?? []).compactMap(\.string)
        let journal = database.journal(of: study)
        let (items, metrics) = (items, metrics)
        var values: [Configuration: [String: [Double]]] = [:]
        for trial in try await journal.trials() where trial.state == .complete {
            let measured = Dictionary(
                uniqueKeysWithValues: try await journal.measurements(ofTrial: trial.number).map {
                    ($0.item, $0.metrics)
                })
            values[space.normalised(trial.configuration)] = Dictionary(
                uniqueKeysWithValues: metrics.map { metric in (metric, items.map { measured[$0]?[metric] ?? 0 }) })
        }
        guard values.count == space.size else {
            throw Missing(what: "\(folder) has \(values.count) of \(space.size ?? 0) configurations measured")
        }
        self.values = values
    }

    struct Missing: Error, CustomStringConvertible {
        let what: String
        var description: String { what }
    }

    /// A division of the questions, with the means of every configuration on both sides, by metric.
    struct Split {
        var count: Int
        var searched: [String: [Configuration: Double]] = [:]
        var heldOut: [String: [Configuration: Double]] = [:]
    }

    /// Draws the questions that a search sees.
    func draw(_ share: Double, seed: UInt64) -> Split {
        var generator = SplitMix64(seed: seed, stream: "split \(name)")
        let order = items.indices.shuffled(using: &generator)
        var split = Split(count: Int((Double(items.count) * share).rounded()))
        let (searched, heldOut) = (order.prefix(split.count), order.dropFirst(split.count))
        func mean(_ row: [Double], _ places: ArraySlice<Int>) -> Double {
            places.reduce(0) { $0 + row[$1] } / Double(max(places.count, 1))
        }
        for metric in metrics {
            split.searched[metric] = values.mapValues { mean($0[metric] ?? [], searched) }
            split.heldOut[metric] = values.mapValues { mean($0[metric] ?? [], heldOut) }
        }
        return split
    }

    func target(_ metric: String) -> WarmStart.Target {
        let space = space
        return WarmStart.Target(features: record.features, objective: Objective(metric), tried: [space.default]) {
            (try? space.validate($0)) == nil ? nil : space.normalised($0)
        }
    }

    /// The record that a usual search leaves: its trials, and none of the rest of the grid.
    func search(_ metric: String, _ split: Split, trials: Int, seed: UInt64) async throws -> KnowledgeRecord {
        let outcome = try await study(metric, split, try GreedySampler(space), trials: trials, seed: seed)
        var left = record
        left.id = ContentHash(of: "\(name) \(metric) \(seed)").short
        left.objective = Objective(metric)
        left.questions = split.count
        left.baseline = 0
        left.winner = outcome.winner.trial.number
        left.trials = outcome.trials.map { result in
            var means: [String: Double] = [:]
            for name in metrics { means[name] = split.searched[name]?[result.trial.configuration] }
            return KnowledgeRecord.Trial(
                number: result.trial.number, origin: result.trial.origin, state: result.trial.state.rawValue,
                configuration: result.trial.configuration, metrics: means, questions: split.count)
        }
        return left
    }

    /// What a search finds.
    func regret(
        _ metric: String, _ split: Split, sampler: String, seeds: [Configuration], order: [String], trials: Int,
        seed: UInt64
    ) async throws -> Found {
        let usual: any Sampler =
            switch sampler {
            case "tpe": TPESampler(space)
            case "random": RandomSampler(space)
            default: try GreedySampler(space, seeds: seeds, order: order)
            }
        let seeded = SeededSampler(seeds.map { .init($0, origin: "seed") }, then: usual, in: space)
        let outcome = try await study(metric, split, seeded, trials: trials, seed: seed)
        let winner = outcome.winner.trial.configuration
        func regret(_ means: [Configuration: Double]?) -> Double {
            (means?.values.max() ?? 0) - (means?[winner] ?? 0)
        }
        return Found(searched: regret(split.searched[metric]), heldOut: regret(split.heldOut[metric]))
    }

    private func study(
        _ metric: String, _ split: Split, _ sampler: any Sampler, trials: Int, seed: UInt64
    ) async throws -> StudyOutcome {
        // One figure a configuration is all that a search without races looks at.
        try await Study(
            space: space, sampler: sampler, objective: Objective(metric), items: ["mean"],
            evaluator: MeanReader(metric: metric, means: split.searched[metric] ?? [:]),
            journal: InMemoryTrialJournal(), limits: StudyLimits(trials: trials), seed: seed
        ).run()
    }
}

/// Measures by looking up.
private struct MeanReader: Evaluator {
    let metric: String
    let means: [Configuration: Double]

    @concurrent
    func measure(_ configuration: Configuration, on items: [String]) async throws -> [AutoML.Measurement] {
        items.map { AutoML.Measurement(item: $0, metrics: [metric: means[configuration] ?? .nan]) }
    }
}

internal import AutoML
internal import Base
internal import RAG
internal import Statistics

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension KnowledgeRecord {
    /// What a search leaves behind.
    ///
    /// - Parameters:
    ///   - results: what it found.
    ///   - trials: its trials with all that was measured.
    ///   - words: what takes the project's own words out.
    init(
        of results: SearchResults, trials: [TrialResult], id: String, project: String, corpus: String, at now: Date,
        features: KnowledgeFeatures, file: ProjectFile, words: KnowledgeWords, version: String
    ) {
        self.id = id
        self.project = project
        self.corpus = corpus
        day = String(now.timestamp.prefix(10))
        neo = version
        self.features = features
        objective = results.objective
        constraints = file.constraints.map(Limit.init)
        sampler = results.sampler
        isRacing = file.races
        questions = results.searchQuestions
        baseline = results.baseline
        winner = results.winner
        let said = results.verdict
        verdict = Verdict(
            kind: said.kind.rawValue, questions: said.questions, winner: said.winner, baseline: said.baseline,
            difference: said.difference)
        decision = results.decision?.outcome.rawValue
        seconds = results.timings["seconds"]?.number
        dollars = results.spending?.dollars
        let front = ParetoPoints(results)
        let told = Dictionary(results.trials.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let finalists = Dictionary(
            (results.finalists?.finalists ?? []).map { ($0.trial, $0) }, uniquingKeysWith: { first, _ in first })
        self.trials = trials.map { result in
            Trial(
                result, told[result.trial.number], finalists[result.trial.number],
                isOnFront: front.points.isEmpty ? nil : front.front.contains(result.trial.number),
                objective: results.objective, words: words)
        }
        let scores = Dictionary(
            uniqueKeysWithValues: self.trials.filter { $0.state == "complete" }.map {
                ($0.configuration, $0.metrics[objective.metric])
            }.filter { $0.1 != nil })
        if let standard = self.trials.first(where: { $0.number == baseline })?.configuration {
            self.features.values["default_score"] = scores[standard] ?? nil
            let lexical = scores.first { $0.key.isLexical(of: standard) }?.value
            self.features.values["bm25_score"] = lexical ?? nil
        }
    }
}

extension Configuration {
    /// Whether it is another one with BM25 alone.
    fileprivate func isLexical(of standard: Configuration) -> Bool {
        guard values["retriever"] == "bm25" else { return false }
        return values.allSatisfy { $0.key == "retriever" || standard.values[$0.key] == $0.value }
    }
}

extension KnowledgeRecord.Limit {
    fileprivate init(_ constraint: Constraint) {
        quantity =
            switch constraint.quantity {
            case .latency(let percentile): "p\(percentile)_latency"
            case .indexSize: "index_size"
            case .cost: "cost_per_1000"
            case .metric(let name): KnowledgeRecord.sharedMetric(name)
            }
        relation = constraint.relation.rawValue
        limit = constraint.limit
    }
}

extension KnowledgeRecord.Trial {
    fileprivate init(
        _ result: TrialResult, _ told: SearchResults.TrialResult?, _ finalist: Finalist?, isOnFront: Bool?,
        objective: Objective, words: KnowledgeWords
    ) {
        number = result.trial.number
        origin = Self.origin(result.trial.origin)
        state = result.trial.state.rawValue
        configuration = words.shared(result.trial.configuration)
        // A failure counts as the worst, as it does in the search.
        var means: [String: Double] = [:]
        for name in Set(result.measurements.flatMap(\.metrics.keys)).intersection(RAGEvaluator.allMetrics) {
            means[name] = Objective(name).mean(of: result.measurements)
        }
        if let mean = objective.mean(of: result.measurements), mean.isFinite, result.trial.state != .failed {
            means[objective.metric] = mean
        }
        metrics = means.filter(\.value.isFinite)
        questions = result.measurements.count
        lower = told?.score?.lower
        upper = told?.score?.upper
        failures = result.failures
        failure = result.trial.state == .failed ? FailureKind(result.trial.failure ?? "") : nil
        self.isOnFront = isOnFront
        p95Milliseconds = finalist?.p95?.estimate
        indexBytes = finalist?.indexBytes
        costPer1000 = told?.costPer1000?.value
    }

    private static func origin(_ text: String) -> String {
        if text.hasPrefix("seed ") { return "seed" }
        if text.hasPrefix(WarmStart.originPrefix) { return "knowledge" }
        return text == "default" || NamedSampler(rawValue: text) != nil ? text : "other"
    }
}

extension KnowledgeRecord {
    /// A metric by its name, where Neo has given it.
    static func sharedMetric(_ name: String) -> String { RAGEvaluator.allMetrics.contains(name) ? name : "metric" }

    /// What a study of a project is called in the knowledge base.
    static func name(ofStudy study: ContentHash, in project: String) -> String {
        ContentHash(of: "\(project)\n\(study.hex)").short
    }
}

extension RAGEvaluator {
    /// The names of quality metrics.
    static let allMetrics = Set(evidenceMetrics + relevanceMetrics)
}

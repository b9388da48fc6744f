internal import AutoML
internal import Base
internal import Engineer
internal import RAG
internal import Storage
internal import Tracking

extension DashboardPages {
    /// A study: how its trials do, while they run and afterwards.
    func study(_ view: ProjectOverview, _ reader: ProjectReader, _ id: String) async throws -> Page {
        guard let study = try await reader.study(id) else { throw Self.missing }
        let base = "/p/\(view.found.id)/studies/\(study.id.short)"
        let charts: [(String, StudyChart?)] = [
            ("best", .bestSoFar(study)), ("pareto", .pareto(study)), ("importance", .importance(study)),
            ("racing", .racing(study)), ("causes", .causes(study)),
        ]
        var tables: [String: String] = [:]
        for (name, chart) in charts { tables[name] = chart?.csv }
        tables["trials"] = Self.trialsCSV(study)
        tables["failures"] = StudyChart.csv(
            [["reason", "count"]] + study.failures.map { [$0.reason, String($0.count)] })
        let isRunning = view.searcher != nil && study.count(.running) > 0
        let run = try await logged(study, reader)
        let model: [String: JSONValue] = [
            "hasRun": .bool(run != nil), "runPath": .string(run.map { Self.path($0, view) } ?? ""),
            "tabs": Self.tabs(view, current: study.id == view.search?.id ? "study" : ""), "base": .string(base),
            "purpose": .string(study.purpose), "sampler": .string(study.sampler), "metric": .string(study.metric),
            "short": .string(study.id.short), "created": PageWords.time(study.created),
            "summary": Self.summary(study, isRunning: isRunning, searcher: view.searcher),
            "charts": .array(
                charts.compactMap { name, chart in chart.map { PageWords.chart($0, name, base: base) } }),
            "trials": .array(
                study.trials.reversed().map { Self.trial($0, in: study, isSearched: view.searcher != nil) }),
            "anyTrials": .bool(!study.trials.isEmpty),
            "failures": .array(
                study.failures.map { ["reason": .string($0.reason), "count": .string(PageWords.count($0.count))] }),
            "anyFailures": .bool(!study.failures.isEmpty),
            "failed": .array(
                study.trials.filter { $0.state == .failed }.map {
                    ["number": .string(String($0.number)), "reason": .string($0.figures.failure ?? "")]
                }), "anyFailed": .bool(study.count(.failed) > 0),
            "questions": Self.questions(of: study, view, base: base), "anyQuestions": .bool(!study.questions.isEmpty),
            "importanceNote": .string(Self.importanceNote(study)),
        ]
        return Page(
            "study", title: "Study \(study.id.short)", crumbs: Self.crumbs(view), model: model,
            live: ["studysummary", "studycharts", "trials", "failures"], project: view.found.id, tables: tables)
    }

    /// What is said in place of the picture of importance while there are too few trials for it.
    private static func importanceNote(_ study: StudyOverview) -> String {
        guard study.results == nil, study.importance == nil, !study.trials.isEmpty else { return "" }
        let ended = study.trials.count - study.count(.running)
        let least = ParameterImportance.leastTrials
        return ended < least
            ? "Which choices matter is shown from \(least) trials on; \(ended) have ended."
            : "Which choices matter cannot be told yet: the \(ended) trials that have ended are alike in what counts."
    }

    /// The run of a search; nil where none was logged.
    private func logged(_ study: StudyOverview, _ reader: ProjectReader) async throws -> RunID? {
        guard study.purpose == "search", let store = try await reader.runs(),
            let run = try? await store.run("search-\(study.id.short)")
        else { return nil }
        return run.id
    }

    private static func summary(_ study: StudyOverview, isRunning: Bool, searcher: Int?) -> JSONValue {
        let measured = study.trials.reduce(0) { $0 + $1.figures.measured }
        return [
            "state": PageWords.state(state(of: study, isRunning: isRunning, searcher: searcher)),
            "count": .string(String(study.trials.count)), "complete": .string(String(study.count(.complete))),
            "stopped": .string(String(study.count(.stopped))), "failed": .string(String(study.count(.failed))),
            "running": .string(String(study.count(.running))), "measured": .string(PageWords.count(measured)),
            "best": PageWords.estimate(study.best?.score),
            "bestNumber": .string(study.best.map { String($0.number) } ?? "–"),
            "isFinal": .bool(study.results != nil),
        ]
    }

    private static func state(of study: StudyOverview, isRunning: Bool, searcher: Int?) -> String {
        if isRunning { return "running" }
        if study.results != nil { return "done" }
        if searcher != nil { return "open" }
        // A search without results did not come to its end; baselines have none of their own.
        return study.purpose == "search" || study.count(.running) > 0 ? "search stopped" : "done"
    }

    private static func trial(_ trial: StudyOverview.Trial, in study: StudyOverview, isSearched: Bool) -> JSONValue {
        var marks: [String] = []
        if trial.number == study.results?.winner { marks.append("winner") }
        if trial.number == study.results?.baseline ?? 0 { marks.append("default") }
        if study.results == nil, trial.number == study.best?.number { marks.append("best so far") }
        // A trial of a search that was stopped is not running.
        let state = trial.state == .running && !isSearched ? "stopped" : trial.state.rawValue
        return [
            "number": .string(String(trial.number)), "state": PageWords.state(state),
            "score": PageWords.estimate(trial.score), "marks": .string(marks.joined(separator: ", ")),
            "isMarked": .bool(!marks.isEmpty), "words": .string(trial.words), "origin": .string(trial.figures.origin),
            "measured": .string(PageWords.count(trial.figures.measured)),
            "failures": .string(trial.figures.failures == 0 ? "–" : String(trial.figures.failures)),
            "seconds": .string(PageWords.number(trial.figures.seconds, digits: 1)),
        ]
    }

    private static func trialsCSV(_ study: StudyOverview) -> String {
        let names = Set(study.trials.flatMap(\.figures.configuration.values.keys)).sorted()
        let header = ["trial", "state", "origin", "score", "lower", "upper", "measured", "failures", "seconds"] + names
        return StudyChart.csv(
            [header]
                + study.trials.map { trial in
                    let score = trial.score
                    return [
                        String(trial.number), trial.state.rawValue, trial.figures.origin,
                        score.map { "\($0.value)" } ?? "", score.map { "\($0.lower)" } ?? "",
                        score.map { "\($0.upper)" } ?? "", String(trial.figures.measured),
                        String(trial.figures.failures), trial.figures.seconds.map { "\($0)" } ?? "",
                    ]
                        + names.map { name in
                            let value = trial.figures.configuration[name]
                            return value?.string ?? value?.canonicalText ?? ""
                        }
                })
    }

    /// The questions, those that the winner does worst at first.
    private static func questions(of study: StudyOverview, _ view: ProjectOverview, base: String) -> JSONValue {
        let texts = Dictionary(
            (view.golden?.questions ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let results = Dictionary(
            (study.results?.questions ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let ids = study.questions.sorted { (results[$0]?.score ?? 2, $0) < (results[$1]?.score ?? 2, $1) }
        return .array(
            ids.prefix(500).map { id in
                let result = results[id]
                return [
                    "question": .string(texts[id]?.question ?? result?.question ?? id), "name": .string(id),
                    "path": .string("\(base)/question?id=\(FormBody.encoded(id))"),
                    "anchor": .string(PageWords.anchor(id)), "score": .string(PageWords.number(result?.score)),
                    "baseline": .string(PageWords.number(result?.baseline)), "type": .string(texts[id]?.type ?? "–"),
                ]
            })
    }
}

internal import AutoML
internal import Base
internal import Engineer
internal import Storage
internal import Tracking

extension DashboardPages {
    /// A project: what waits, how far it is, what it was told, what it found.
    func project(_ view: ProjectOverview, _ reader: ProjectReader, _ visitor: Visitor) async throws -> Page {
        var wanted = RunQuery()
        (wanted.isTopLevel, wanted.limit) = (true, 5)
        let runs = try await reader.runs()?.runs(wanted) ?? []
        let base = "/p/\(view.found.id)"
        let file = view.file
        let settings: [(String, String)] =
            file.map { file in
                [
                    ("Goal", file.goal ?? "none was said"), ("Kind", file.kind),
                    ("Documents", file.documents.joined(separator: "\n")),
                    ("Golden questions", file.golden),
                    ("Encoders", file.encoders.isEmpty ? "none" : file.encoders.map(\.name).joined(separator: ", ")),
                    ("Objective", file.objective ?? view.results?.objective.metric ?? "chosen by the questions"),
                    (
                        "Constraints",
                        file.constraints.isEmpty ? "none" : file.constraints.map(\.text).joined(separator: "\n")
                    ),
                    ("Search", "\(file.trials) trials, \(file.sampler.rawValue), seed \(file.seed)"),
                    ("Limit of cost", file.maxCost.map { QuantityWords.dollars($0) } ?? "none"),
                ]
            } ?? []
        let model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "overview"), "folder": .string(view.found.folder),
            "problems": .array(view.problems.map { .string($0) }), "anyProblems": .bool(!view.problems.isEmpty),
            "steps": Self.steps(view), "build": Self.build(view, author: visitor.author),
            "waiting": .array(view.waiting.map { Self.waiting($0, in: view) }),
            "anyWaiting": .bool(!view.waiting.isEmpty), "waitingCount": .string(String(view.waiting.count)),
            "settings": .array(settings.map { ["term": .string($0.0), "value": .string($0.1)] }),
            "glance": Self.glance(view), "result": Self.result(view), "base": .string(base),
            "studies": .array(
                view.studies.map { study in
                    [
                        "path": .string("\(base)/studies/\(study.id.short)"), "short": .string(study.id.short),
                        "purpose": .string(study.purpose), "sampler": .string(study.sampler),
                        "metric": .string(study.metric), "created": PageWords.time(study.created),
                        "questions": .string(PageWords.count(study.questions.count)),
                    ]
                }), "anyStudies": .bool(!view.studies.isEmpty),
            "runs": .array(runs.map { Self.row($0, base: base) }), "anyRuns": .bool(!runs.isEmpty),
            "open": .array(view.comments.map { PageWords.comment($0, in: view, next: base + "#comments") }),
            "anyOpen": .bool(!view.comments.isEmpty),
            "comments": PageWords.comments([], about: .init(.project), quote: "", in: view, next: base + "#comments"),
        ]
        return Page(
            "project", title: view.name, model: model,
            live: ["attention", "steps", "result", "studies"] + (view.build == nil ? [] : ["build"])
                + (runs.isEmpty ? [] : ["latestruns"]) + (view.service?.isBegun == true ? ["serviceglance"] : []),
            project: view.found.id)
    }

    /// The stages of life with those that are done.
    private static func steps(_ view: ProjectOverview) -> JSONValue {
        let base = "/p/\(view.found.id)"
        var steps: [(name: String, state: String, path: String)] = [
            ("Goal", view.file == nil ? "cannot be read" : "done", base + "#settings"),
            (
                "Interview",
                view.interview.map { $0.isComplete ? "done" : $0.isBegun ? "under way" : "waits" } ?? "cannot be read",
                base + "/interview"
            ),
            ("Questions", view.golden?.questions.isEmpty ?? true ? "waits" : "done", base + "/golden"),
        ]
        for document in view.documents {
            let name = document.kind.rawValue
            let state = document.approval != nil ? "approved" : document.approvals.isEmpty ? "not approved" : "changed"
            steps.append((name.capitalizedWord, state, "\(base)/\(name)"))
        }
        let study = view.search.map { "\(base)/studies/\($0.id.short)" } ?? base + "#studies"
        let search =
            switch view.stage {
            case .searching: "running"
            case .suspended: "search stopped"
            default: view.results == nil ? "waits" : view.stage == .outdated ? "results outdated" : "done"
            }
        steps.append(("Search", search, study))
        if let live = view.service?.live.live {
            steps.append(("Release \(live)", "in service", base + "/releases"))
        } else {
            steps.append(("Release", view.results == nil ? "waits" : "ready", base + "/release"))
        }
        return .array(
            steps.map { ["name": .string($0.name), "state": PageWords.state($0.state), "path": .string($0.path)] })
    }

    /// The last search's number.
    static func result(_ view: ProjectOverview) -> JSONValue {
        guard let results = view.results,
            let winner = results.trials.first(where: { $0.number == results.winner })
        else { return .null }
        let kind =
            switch results.verdict.kind {
            case .heldOut: "on questions that the search never saw"
            case .crossFitted: "cross-fitted over the search's questions"
            case .search: "on the questions that chose it, so somewhat too high"
            }
        return [
            "metric": .string(results.objective.metric), "winner": PageWords.estimate(results.verdict.winner),
            "baseline": PageWords.estimate(results.verdict.baseline),
            "difference": PageWords.estimate(results.verdict.difference),
            "kindWords": .string("\(results.verdict.questions) questions, \(kind)"),
            "judgement": .string(SearchSummary.judgement(results)),
            "configuration": .string(ConfigurationWords.short(winner.configuration)),
            "trial": .string(String(winner.number)), "written": PageWords.time(view.resultsWritten),
        ]
    }
}

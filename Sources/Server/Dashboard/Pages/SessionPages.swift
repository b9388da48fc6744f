internal import Agents
internal import Base
internal import Engineer
internal import LanguageModels
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DashboardPages {
    /// So many sessions are listed.
    private static let sessionsListed = 200
    /// Of so many, the newest, the tasks are told.
    private static let tasksListed = 20
    /// The most events of a transcript that are shown; what is older is left to `neo sessions show`.
    private static let mostEvents = 1500
    /// The most characters of a text that are shown.
    private static let mostCharacters = 20_000

    /// The sessions of agents, the newest first.
    func sessions(_ view: ProjectOverview, _ reader: ProjectReader) async -> Page {
        let store = SessionStore(workspace: view.found.folder)
        var rows: [JSONValue] = []
        for id in store.ids().prefix(Self.sessionsListed) {
            // Of the newest, what their agents are about is told, too.
            let steps = rows.count < Self.tasksListed ? await reader.standing(of: id)?.steps ?? [] : []
            rows.append(Self.row(of: id, steps, store, view))
        }
        return Page(
            "sessions", title: "Agent sessions", crumbs: Self.crumbs(view),
            model: [
                "tabs": Self.tabs(view, current: "sessions"), "sessions": .array(rows),
                "anySessions": .bool(!rows.isEmpty),
            ], live: ["sessionlist"], project: view.found.id)
    }

    private static func row(
        of id: String, _ steps: [PlanStep], _ store: SessionStore, _ view: ProjectOverview
    ) -> JSONValue {
        let path = "/p/\(view.found.id)/sessions/\(FormBody.encoded(id))"
        guard let summary = try? SessionSummary.read(store.path(of: id)) else {
            return [
                "tasks": "–", "now": "",
                "name": .string(id), "path": .string(path), "state": PageWords.state("unreadable"),
                "task": .string("The file is damaged."), "model": "–", "turns": "–", "tokens": "–", "dollars": "–",
                "began": .null,
            ]
        }
        return [
            "name": .string(id), "path": .string(path), "state": PageWords.state(summary.state),
            "task": .string(PageWords.shortened(summary.task, 140)), "model": .string(summary.model),
            "turns": .string(String(summary.turns)), "tokens": .string(PageWords.count(summary.tokens)),
            "dollars": .string(QuantityWords.dollars(summary.dollars)),
            "began": PageWords.time(Date(timeIntervalSince1970: summary.began)),
            "tasks": .string(steps.isEmpty ? "–" : "\(steps.count { $0.state == .done }) of \(steps.count) done"),
            "now": .string(PageWords.shortened(steps.first { $0.state == .doing }?.text ?? "", 80)),
        ]
    }

    /// The tasks that an agent has set itself.
    private static func task(_ step: PlanStep) -> JSONValue {
        let word =
            switch step.state {
            case .open: "to do"
            case .doing: "under way"
            case .done: "done"
            case .dropped: "dropped"
            }
        return ["words": .string(PageWords.shortened(step.text, 1000)), "state": PageWords.state(word)]
    }

    /// A session's transcript, tool calls folded.
    func session(_ view: ProjectOverview, _ id: String) throws -> Page {
        let store = SessionStore(workspace: view.found.folder)
        // Only names from the folder itself: an address must not lead out of it.
        guard store.ids().contains(id) else { throw Self.missing }
        let here = "/p/\(view.found.id)/sessions/\(FormBody.encoded(id))"
        let all = try SessionJournal.read(store.path(of: id))
        let summary = try SessionSummary(all)
        let events = SessionHistory(all).events
        var results: [String: ToolEnd] = [:]
        for event in events { if case .toolResult(let end) = event.kind { results[end.callID] = end } }
        let comments = view.comments.filter { $0.target.kind == .transcript }
        let shown = events.suffix(Self.mostEvents).flatMap { event in
            Self.entries(of: event, results).enumerated().map { place, entry -> JSONValue in
                var entry = entry
                // An answer may be thoughts, words and calls: each has its own place.
                let number = place == 0 ? "\(event.number)" : "\(event.number)-\(place)"
                entry["anchor"] = .string("e" + number)
                entry["at"] = PageWords.time(Date(timeIntervalSince1970: event.time))
                entry["comments"] = PageWords.comments(
                    comments, about: .init(.transcript, "\(id)#\(number)"), quote: entry["body"]?.string ?? "",
                    in: view, next: "\(here)#e\(number)")
                return .object(entry)
            }
        }
        let model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "sessions"), "name": .string(id), "state": PageWords.state(summary.state),
            "task": .string(summary.task), "model": .string(summary.model), "mode": .string(summary.mode.rawValue),
            "turns": .string(String(summary.turns)), "tokens": .string(PageWords.count(summary.tokens)),
            "dollars": .string(QuantityWords.dollars(summary.dollars)),
            "began": PageWords.time(Date(timeIntervalSince1970: summary.began)), "entries": .array(shown),
            "anySteps": .bool(!PlanTool.steps(in: events).isEmpty),
            "steps": .array(PlanTool.steps(in: events).map(Self.task)),
            "isCut": .bool(events.count > Self.mostEvents), "most": .string(PageWords.count(Self.mostEvents)),
        ]
        return Page(
            "session", title: "Session \(id)",
            crumbs: Self.crumbs(view) + [Page.Crumb(name: "Agents", path: "/p/\(view.found.id)/sessions")],
            model: model,
            live: ["transcript"], project: view.found.id)
    }

    private static func entries(of event: SessionEvent, _ results: [String: ToolEnd]) -> [[String: JSONValue]] {
        switch event.kind {
        case .message(let said):
            let who =
                switch said.source {
                case .user: "Person"
                case .steering: "Person, meanwhile"
                case .notice: "Neo"
                case .hook: "Hook"
                case .context: "Context"
                }
            return [entry(who, said.text, look: said.source == .user || said.source == .steering ? "person" : "note")]
        case .turn(let turn):
            var entries: [[String: JSONValue]] = []
            let text = turn.message.refusal ?? turn.message.text
            if !turn.message.reasoning.isEmpty {
                entries.append(fold("Thoughts", turn.message.reasoning, look: "thought"))
            }
            if !text.isEmpty { entries.append(entry("Model, turn \(turn.number)", text, look: "model")) }
            return entries
                + turn.message.toolCalls.map { call in
                    var folded = fold("Tool: \(call.name)", call.arguments, look: "tool")
                    let end = results[call.id]
                    folded["result"] = .string(PageWords.shortened(end?.text ?? "", mostCharacters))
                    folded["hasEnd"] = .bool(end != nil)
                    folded["outcome"] = PageWords.state(end == nil ? "open" : end?.isError == true ? "failed" : "done")
                    folded["isTainted"] = .bool(end?.isTainted == true)
                    folded["brief"] = .string(PageWords.shortened(call.arguments.replacing("\n", with: " "), 100))
                    return folded
                }
        case .compaction(let record): return [fold("Summary of what was before", record.summary, look: "note")]
        case .end(let end): return [entry("End: \(end.reason.rawValue)", end.message, look: "note")]
        case .session, .delta, .usage, .toolCall, .toolResult, .approval, .checkpoint, .resumed, .model: return []
        }
    }

    private static func entry(_ heading: String, _ text: String, look: String) -> [String: JSONValue] {
        [
            "heading": .string(heading), "body": .string(PageWords.shortened(text, mostCharacters)),
            "look": .string(look),
            "isFolded": false, "outcome": false, "brief": "", "hasEnd": false, "result": "", "isTainted": false,
        ]
    }

    private static func fold(_ heading: String, _ text: String, look: String) -> [String: JSONValue] {
        var entry = entry(heading, text, look: look)
        entry["isFolded"] = true
        return entry
    }
}

internal import AutoML
internal import Base
internal import Storage
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension ProjectReader {
    /// Finds what waits for a person in a project, the oldest first.
    func wait(in view: inout ProjectOverview, _ project: Project, _ budgets: [BudgetState]) async {
        var items: [WaitingItem] = []
        for document in view.documents where document.approval == nil {
            let isChanged = !document.approvals.isEmpty
            items.append(
                WaitingItem(
                    kind: "approval",
                    sentence: isChanged
                        ? "\(document.kind.fileName) changed since it was approved."
                        : "\(document.kind.fileName) is not approved yet.",
                    since: document.changed, place: .document(document.kind), action: "Review and approve"))
        }
        if let design = view.documents.first(where: { $0.kind == .design }), let basis = design.basis {
            items.append(
                WaitingItem(
                    kind: "design", sentence: basis.sentence,
                    since: FileState(project.path("requirements.md"))?.changed ?? design.changed,
                    place: .document(.design), action: "See what changed"))
        }
        if let item = interviewItem(view, project) { items.append(item) }
        if let stopped = view.build?.stopped {
            items.append(
                WaitingItem(
                    kind: "gate",
                    sentence: "The build stopped at \(stopped.milestone.id): "
                        + ReportText.shortened(stopped.reason),
                    since: stopped.ended.flatMap { try? Date($0, strategy: .iso8601) }
                        ?? Date(timeIntervalSince1970: 0), place: .milestone(stopped.milestone.id),
                    action: "See what can be done"))
        }
        items += await requirementItems(view, project)
        items += searchItems(view, ended: await searchEnd(view))
        for budget in budgets where budget.amount > 0 && budget.spent >= 0.95 * budget.amount {
            let share = Rounding.text(100 * budget.spent / budget.amount, digits: 0)
            items.append(
                WaitingItem(
                    kind: "budget",
                    sentence: "\(share) % of the budget \"\(budget.name)\" (\(budget.unit.rawValue)) is spent.",
                    since: await lastCall() ?? Date(timeIntervalSince1970: 0), place: .costs,
                    action: "See what it went to"))
        }
        if let golden = view.golden, !golden.findings.isEmpty {
            items.append(
                WaitingItem(
                    kind: "questions",
                    sentence:
                        "\(ReportText.count(golden.findings.count, "finding")) about the golden questions, first: "
                        + ReportText.shortened(golden.findings[0]),
                    since: golden.changed, place: .golden, action: "Look at the questions"))
        }
        items += proposalItems(view)
        items += serviceItems(view)
        items += await alertItems()
        items += await sessionItems()
        view.waiting = items.sorted { $0.since < $1.since }
    }

    /// How the last search ended, as its run says: nil where it has none, or where it has not ended badly.
    private func searchEnd(_ view: ProjectOverview) async -> String? {
        guard let search = view.search, let run = try? await runs()?.run("search-" + search.id.short) else {
            return nil
        }
        switch run.status {
        case .failed: return "failed" + (run.failure.map { ": " + ReportText.shortened($0) } ?? "")
        case .crashed: return "ended without a word: its process was killed"
        default: return nil
        }
    }

    private func searchItems(_ view: ProjectOverview, ended: String?) -> [WaitingItem] {
        var items: [WaitingItem] = []
        let search = view.search
        if view.searcher == nil, let search, search.id.short != view.results?.study {
            items.append(
                WaitingItem(
                    kind: "search",
                    sentence: ended.map {
                        "The last search \($0.hasSuffix(".") ? String($0.dropLast()) : $0). neo search goes on where it stopped."
                    } ?? "A search was begun and is not at its end: neo search goes on where it stopped.",
                    since: (try? Date(search.created, strategy: .iso8601)) ?? Date(timeIntervalSince1970: 0),
                    place: .study(search.id.short), action: "See how far it came"))
        }
        guard let results = view.results, let written = view.resultsWritten else { return items }
        if let unmet = DecisionWords.unmet(results) {
            items.append(
                WaitingItem(
                    kind: "gate", sentence: unmet, since: written, place: .release, action: "See the constraints"))
        }
        let failed = results.trials.count { $0.state == .failed }
        if failed > 0 {
            items.append(
                WaitingItem(
                    kind: "failure",
                    sentence: "\(ReportText.count(failed, "trial")) of the last search failed.",
                    since: written, place: .study(String(results.study.prefix(12))), action: "See why"))
        }
        return items
    }

    /// Warnings and errors of runs that nobody has seen; those of a run that say the same are one thing.
    private func alertItems() async -> [WaitingItem] {
        let alerts = (try? await runs()?.alerts(unseenOnly: true, seriousOnly: true)) ?? []
        var order: [String] = []
        var groups: [String: [LoggedAlert]] = [:]
        for alert in alerts {
            let key = "\(alert.run)\u{0}\(alert.alert.level.rawValue)\u{0}\(alert.alert.title)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(alert)
        }
        return order.prefix(50).compactMap { key in
            guard let group = groups[key], let first = group.first else { return nil }
            let word = first.alert.level == .error ? "An error" : "A warning"
            return WaitingItem(
                kind: "alert",
                sentence: "\(word) in the run \(ReportText.shortened(first.runName, to: 60)): "
                    + ReportText.shortened(first.alert.title, to: 160)
                    + (group.count > 1 ? " (\(group.count) times)" : ""),
                since: Date(timeIntervalSince1970: first.time), place: .run(first.run), action: "See the run",
                alerts: group.map(\.id))
        }
    }

    private func lastCall() async -> Date? {
        guard let text = try? await database()?.lastCallStarted() else { return nil }
        return try? Date(text, strategy: .iso8601)
    }
}

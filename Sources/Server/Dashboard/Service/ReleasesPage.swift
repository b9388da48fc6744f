internal import Base
internal import Engineer
internal import Storage

extension DashboardPages {
    /// So many steps are shown; the CSV file has all.
    static let stepsShown = 60

    /// All releases, and every step that was asked for. It shows, and promotes nothing: that is a person's, at a terminal.
    func releases(_ view: ProjectOverview, _ reader: ProjectReader) async throws -> Page {
        let books = try await reader.releases()
        let folder = ShellWord.quoted(view.found.folder)
        let steps = books.steps.suffix(Self.stepsShown).reversed()
        let waiting = books.undecided?.id
        let model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "releases"), "folder": .string(folder),
            "base": .string("/p/\(view.found.id)"),
            "anyReleases": .bool(!books.entries.isEmpty), "live": Self.release(books.live.live),
            "candidate": Self.release(books.live.candidate), "previous": Self.release(books.live.previous),
            "canGoBack": .bool(books.live.candidate != nil || books.live.previous != nil),
            "trial": .string(books.live.stage.map(Self.words) ?? ""),
            "releases": .array(books.entries.reversed().map { Self.row($0, books) }),
            "anySteps": .bool(!books.steps.isEmpty),
            "steps": .array(steps.map { Self.step($0, isWaiting: $0.id == waiting, folder: folder) }),
            "moreSteps": .string(
                books.steps.count > Self.stepsShown
                    ? "\(books.steps.count - Self.stepsShown) earlier steps are in the CSV file." : ""),
        ]
        return Page(
            "releases", title: "Release history", crumbs: Self.crumbs(view), model: model,
            live: ["releasesnow", "releaselist", "releasesteps"], project: view.found.id,
            tables: ["releases": Self.csv(books), "steps": Self.csv(books.steps)])
    }

    private static func release(_ number: Int?) -> JSONValue { number.map { .string(String($0)) } ?? .null }

    /// How much of the traffic a stage is.
    private static func words(_ stage: ReleaseStage) -> String {
        switch stage {
        case .shadow: "in the shadow: it gets a copy of the questions, and nobody sees its answers"
        case .canary: "as a canary: it answers one request of ten"
        case .full: "with all of the traffic"
        }
    }

    private static func row(_ entry: ReleaseBooks.Entry, _ books: ReleaseBooks) -> JSONValue {
        let manifest = entry.folder?.manifest
        let isOther = entry.folder.map { $0.identity.hash != entry.record.hash } ?? false
        let last = books.steps.last { step in
            step.release == entry.number
                || step.incumbent == entry.number && step.isAccepted && (step.action != .promote || step.stage == .full)
        }
        return [
            "number": .string(String(entry.number)), "state": PageWords.state(books.state(of: entry.number)),
            "created": PageWords.time(entry.record.created), "hash": .string(entry.record.hash.short),
            "trouble": .string(
                entry.folder == nil
                    ? "Its folder is gone, or cannot be read."
                    : isOther ? "Its manifest was changed since it was made." : ""),
            "score": manifest.map {
                PageWords.estimate(
                    .init(value: $0.measured.value, lower: $0.measured.lower, upper: $0.measured.upper))
            } ?? .null,
            "metric": .string(manifest?.measured.objective ?? ""),
            "asked": .string(
                manifest.map { "\(PageWords.count($0.measured.questions)) questions, \($0.measured.kind)" } ?? ""),
            "documents": .string(manifest.map { PageWords.count($0.documents) } ?? "–"),
            "last": last.map { ["anchor": .string("step-\($0.id)"), "words": .string(heading($0))] } ?? .null,
        ]
    }

    private static func csv(_ books: ReleaseBooks) -> String {
        StudyChart.csv(
            [["release", "state", "created", "hash", "objective", "value", "lower", "upper", "questions", "documents"]]
                + books.entries.map { entry in
                    let manifest = entry.folder?.manifest
                    let score = manifest?.measured
                    return [
                        String(entry.number), books.state(of: entry.number), entry.record.created,
                        entry.record.hash.hex, score?.objective ?? "", score.map { "\($0.value)" } ?? "",
                        score.map { "\($0.lower)" } ?? "", score.map { "\($0.upper)" } ?? "",
                        score.map { String($0.questions) } ?? "", manifest.map { String($0.documents) } ?? "",
                    ]
                })
    }

    private static func csv(_ steps: [PromotionRecord]) -> String {
        StudyChart.csv(
            [
                [
                    "step", "at", "action", "release", "incumbent", "stage", "verdict", "accepted", "who", "why",
                    "difference", "lower", "upper", "margin",
                ]
            ]
                + steps.map { step in
                    let gate = step.gate
                    return [
                        String(step.id), step.at, step.action.rawValue, String(step.release),
                        step.incumbent.map(String.init) ?? "", step.stage.rawValue, step.verdict ?? "",
                        String(step.isAccepted), step.who, step.decision ?? "",
                        gate?.difference.map { "\($0.value)" } ?? "", gate?.difference.map { "\($0.lower)" } ?? "",
                        gate?.difference.map { "\($0.upper)" } ?? "", gate.map { "\($0.margin)" } ?? "",
                    ]
                })
    }
}

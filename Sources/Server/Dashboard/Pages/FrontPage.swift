internal import AutoML
internal import Base
internal import Engineer

extension DashboardPages {
    /// The first page: what waits for a person, the oldest first, and the projects.
    func front() async -> Page {
        var views: [ProjectOverview] = []
        for reader in await projects.readers() { views.append(await reader.overview()) }
        let waiting = views.flatMap { view in view.waiting.map { (view, $0) } }.sorted { $0.1.since < $1.1.since }
        return Page(
            "front", title: "Projects",
            model: [
                "waiting": .array(waiting.map { Self.waiting($0.1, in: $0.0) }),
                "anyWaiting": .bool(!waiting.isEmpty),
                "waitingCount": .string(String(waiting.count)),
                "projects": .array(views.map(Self.row)), "anyProjects": .bool(!views.isEmpty),
            ], live: ["attention", "projects"])
    }

    /// Something that waits, with the link to where something is done about it.
    static func waiting(_ item: WaitingItem, in view: ProjectOverview) -> JSONValue {
        let base = "/p/\(view.found.id)"
        let path: String =
            switch item.place {
            case .document(let kind): "\(base)/\(kind.rawValue)"
            case .study(let id): "\(base)/studies/\(FormBody.encoded(id))"
            case .release: base + "/release"
            case .costs: base + "/costs"
            case .golden: base + "/golden"
            case .proposals: base + "/golden/review"
            case .interview: base + "/interview"
            case .session(let id): "\(base)/sessions/\(FormBody.encoded(id))"
            case .run(let id): "\(base)/run?id=\(FormBody.encoded(id))"
            case .milestone(let id): "\(base)#stopped-\(id)"
            case .requirement(let line): "\(base)/requirements#line-\(line)"
            case .releases(let step): "\(base)/releases#step-\(step)"
            case .service(let alert): "\(base)/service#alert-\(alert)"
            case .project: base
            }
        return [
            "kind": .string(item.kind), "sentence": .string(item.sentence), "since": PageWords.time(item.since),
            "action": .string(item.action), "path": .string(path), "projectName": .string(view.name),
            "projectPath": .string(base), "hasAlerts": .bool(!item.alerts.isEmpty),
            "alerts": .string(item.alerts.prefix(1000).map(String.init).joined(separator: " ")),
            "serviceAlert": item.serviceAlert.map { .string(String($0)) } ?? .null,
            "session": .string(item.session?.id ?? ""), "event": .string(item.session.map { String($0.event) } ?? ""),
            "author": .string(PageWords.person), "anchor": .string(PageWords.anchor(base + item.kind + item.sentence)),
        ]
    }

    private static func row(_ view: ProjectOverview) -> JSONValue {
        let verdict = view.results?.verdict
        return [
            "anchor": .string(view.found.id), "name": .string(view.name), "path": .string("/p/\(view.found.id)"),
            "folder": .string(view.found.folder), "stage": PageWords.state(view.stage.rawValue),
            "score": PageWords.estimate(verdict?.winner), "metric": .string(view.results?.objective.metric ?? ""),
            "questions": .string(view.golden.map { PageWords.count($0.questions.count) } ?? "–"),
            "open": .string(view.comments.isEmpty ? "–" : String(view.comments.count)),
            "cost": .string(view.dollars.map { QuantityWords.dollars($0) } ?? "–"),
            "glance": glance(view),
            "needs": .string(view.waiting.isEmpty ? "–" : String(view.waiting.count)),
        ]
    }
}

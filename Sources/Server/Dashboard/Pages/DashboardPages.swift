internal import Base
internal import Engineer
internal import HTTPTypes

/// Finds the page of a path and fills it with what is so at this moment.
struct DashboardPages: Sendable {
    let projects: DashboardProjects
    let time: TimeSource
    let desk: QueryDesk
    let surveys: SurveyDesk
    let proposing: ProposalDesk

    /// The page at a path.
    ///
    /// - Parameters:
    ///   - isAsked: whether a person asks for it, on whose word a query may run.
    ///   - visitor: who looks.
    /// - Throws: a `404` where there is none.
    func page(
        _ path: String, _ query: FormBody, isAsked: Bool = false, visitor: Visitor = Visitor()
    ) async throws -> Page {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        if parts.isEmpty { return await front() }
        guard parts[0] == "p", parts.count >= 2 else { throw Self.missing }
        let reader = try await projects.reader(parts[1])
        let view = await reader.overview()
        switch (parts.dropFirst(2).first, parts.count) {
        case (nil, _): return try await project(view, reader, visitor)
        case ("interview", 3): return try await interview(view, reader, query, visitor)
        case ("golden", 3): return try golden(view, query)
        case ("golden", 4) where parts[3] == "review": return try await goldenReview(view, reader, query, visitor)
        case ("requirements", 3), ("design", 3):
            let kind = ReviewedDocument.Kind.allCases.first { $0.rawValue == parts[2] } ?? .design
            if let place = query.filled("edit") { return try documentEdit(view, kind, reader, at: place) }
            return try document(view, kind, query, visitor)
        case ("audit", 3): return try await audit(view, reader)
        case ("costs", 3): return try await costs(view, reader, query)
        case ("release", 3): return try await release(view, reader)
        case ("service", 3): return try await service(view, reader)
        case ("feedback", 3): return try await feedback(view, reader)
        case ("releases", 3): return try await releases(view, reader)
        case ("sessions", 3): return await sessions(view, reader)
        case ("sessions", 4): return try session(view, parts[3])
        case ("studies", 4): return try await study(view, reader, parts[3])
        case ("studies", 5) where parts[4] == "question":
            return try await question(view, reader, parts[3], query["id"] ?? "")
        case ("runs", 3): return try await runs(view, reader, query)
        case ("run", 3): return try await run(view, reader, query)
        case ("sql", 3): return try await sql(view, reader, query, isAsked: isAsked)
        case ("compare", 3): return try await compare(view, reader, query)
        default: throw Self.missing
        }
    }

    static let missing = RequestFailure(
        .notFound, code: "not_found", "There is no such page; the first page leads to all there are.")

    /// The way to a project's page.
    static func crumbs(_ view: ProjectOverview) -> [Page.Crumb] {
        [Page.Crumb(name: view.name, path: "/p/\(view.found.id)")]
    }

    /// The pages of a project, for its navigation.
    static func tabs(_ view: ProjectOverview, current: String) -> JSONValue {
        let base = "/p/\(view.found.id)"
        var tabs = [
            ("Overview", base, "overview"), ("Interview", base + "/interview", "interview"),
            ("Questions", base + "/golden", "golden"),
        ]
        for document in view.documents {
            tabs.append(
                (document.kind.rawValue.capitalizedWord, "\(base)/\(document.kind.rawValue)", document.kind.rawValue))
        }
        if let search = view.search { tabs.append(("Study", "\(base)/studies/\(search.id.short)", "study")) }
        tabs += [
            ("Release", base + "/release", "release"), ("Release history", base + "/releases", "releases"),
            ("Service", base + "/service", "service"), ("Feedback", base + "/feedback", "feedback"),
            ("Audit", base + "/audit", "audit"), ("Costs", base + "/costs", "costs"),
            ("Runs", base + "/runs", "runs"), ("Agents", base + "/sessions", "sessions"),
            ("SQL", base + "/sql", "sql"),
        ]
        return .array(
            tabs.map { ["name": .string($0.0), "path": .string($0.1), "isCurrent": .bool($0.2 == current)] })
    }
}

extension String {
    /// With a large first letter.
    var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}

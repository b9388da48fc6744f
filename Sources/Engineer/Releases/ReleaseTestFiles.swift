internal import Base
internal import RAG

/// The tests that a release brings along, as data: what `neo release test` asks, and what must come back.
struct ReleaseTestFiles {
    /// The names of the files.
    static let smoke = "tests/smoke.json"
    static let golden = "tests/golden.jsonl"
    static let contract = "tests/contract.json"
    static let load = "tests/load.json"
    /// So many questions are asked again at most.
    static let most = 500

    let project: Project
    let service: LiveService
    /// Whether a model writes the answers: they are not the same every time.
    let isWritten: Bool

    /// Asks the release each question that is not held out, and keeps what it says.
    func write(to files: inout ReleaseFiles) async throws {
        let shown = await AgentView.questions(of: project)
        let set = try GoldenSet(
            path: project.path(project.file.golden), file: project.file.golden, diagnostics: DiagnosticCollector())
        var rows = ""
        var first: [String] = []
        for question in set.questions.filter({ shown.contains($0.id) }).prefix(Self.most) {
            try Task.checkCancellation()
            let query = Query(question.question, history: question.history)
            var row: [String: JSONValue] = [
                "id": .string(question.id), "question": .string(question.question),
                "passages": .array(try await service.retrieve(query).map { .string($0.id) }),
            ]
            if !question.history.isEmpty {
                row["history"] = .array(
                    question.history.map { turn in
                        ["role": .string(turn.isAnswer ? "assistant" : "user"), "content": .string(turn.text)]
                    })
            }
            if !isWritten {
                row["answer"] = .string(
                    ContentHash(of: try JSONValue(encoding: try await service.answer(query))).hex)
            }
            rows += JSONValue.object(row).canonicalText + "\n"
            if first.count < 3, question.history.isEmpty { first.append(question.question) }
        }
        try files.write(rows, to: Self.golden)
        let smoke: JSONValue = [
            "about": "The service starts, and finds passages for these questions.",
            "questions": .array(first.map { .string($0) }),
        ]
        try files.write(smoke.prettyText + "\n", to: Self.smoke)
        try files.write(Self.contractCases.prettyText + "\n", to: Self.contract)
        let limits = project.file.constraints.compactMap { constraint -> JSONValue? in
            guard case .latency(let percentile) = constraint.quantity else { return nil }
            return [
                "percentile": .integer(percentile), "milliseconds": .number(constraint.limit),
            ]
        }
        let load: JSONValue = [
            "about": "So many clients ask these questions again and again, each after its last answer.",
            "clients": 4, "requests": 400, "mostFailures": 0, "latency": .array(limits),
        ]
        try files.write(load.prettyText + "\n", to: Self.load)
    }

    /// Requests with the status that the interface promises.
    private static let contractCases: JSONValue = [
        "about": "What openapi.json promises of right and of wrong requests.",
        "cases": [
            ["method": "GET", "path": "/healthz", "status": 200],
            ["method": "GET", "path": "/readyz", "status": 200],
            ["method": "GET", "path": "/version", "status": 200, "fields": ["name", "release", "version"]],
            ["method": "GET", "path": "/openapi.json", "status": 200, "fields": ["openapi", "paths"]],
            ["method": "GET", "path": "/v1/models", "status": 200, "fields": ["data", "object"]],
            [
                "method": "POST", "path": "/v1/retrieve", "body": "{\"query\": \"contract\"}", "status": 200,
                "fields": ["passages", "query", "took_ms"],
            ],
            [
                "method": "POST", "path": "/v1/answer", "body": "{\"query\": \"contract\"}", "status": 200,
                "fields": ["abstained", "passages"],
            ],
            ["method": "POST", "path": "/v1/retrieve", "body": "{}", "status": 422, "fields": ["error"]],
            ["method": "POST", "path": "/v1/retrieve", "body": "no JSON", "status": 400, "fields": ["error"]],
            ["method": "GET", "path": "/v1/retrieve", "status": 405, "fields": ["error"]],
            ["method": "GET", "path": "/no/such/path", "status": 404, "fields": ["error"]],
        ],
    ]
}

internal import Base
internal import HTTPTypes

extension OpenAPI {
    /// Every route with what it takes and gives.
    static func paths(_ options: ServerOptions) -> [String: JSONValue] {
        var paths: [String: JSONValue] = [:]
        for route in Route.allCases {
            var operation = operation(route)
            var responses = operation["responses"]?.object ?? [:]
            for (status, name) in failures(of: route, options) {
                responses[status] = ["$ref": .string("#/components/responses/\(name)")]
            }
            operation["responses"] = .object(responses)
            if route.isOpen, options.isLocked { operation["security"] = [] }
            paths[route.rawValue] = [route.method.rawValue.lowercased(): .object(operation)]
        }
        return paths
    }

    private static func failures(of route: Route, _ options: ServerOptions) -> [(String, String)] {
        if let failure = protocolFailure(of: route) { return [("default", failure)] }
        var list: [(String, String)] = [("500", "Internal")]
        if route.method == .post {
            list += [
                ("400", "MalformedJSON"), ("408", "RequestTimeout"), ("413", "TooLarge"),
                ("415", "UnsupportedMediaType"), ("422", "InvalidField"),
                ("503", "Unavailable"),
            ]
        }
        if route == .answer || route == .run { list += [("502", "ModelFailed"), ("504", "AnswerTimeout")] }
        if route == .readiness { list.append(("503", "Unavailable")) }
        if route.isLimited, options.requestsPerMinutePerClient != nil { list.append(("429", "TooManyRequests")) }
        if options.isLocked, !route.isOpen { list.append(("401", "Unauthorized")) }
        if options.takesKeys, route.scope != nil { list.append(("403", "OutOfScope")) }
        if !options.isLocked, options.isLoopback { list.append(("421", "WrongHost")) }
        return list
    }

    private static func operation(_ route: Route) -> [String: JSONValue] {
        switch route {
        case .retrieve:
            question(
                "retrieve", "Finds the passages that fit a question best.", "RetrieveRequest", "RetrieveResponse",
                example: ["query": "How do I set a timeout?", "k": 5]
            )
        case .answer:
            question(
                "answer",
                "Answers with sentences of the documents or with what a model writes about them, cited, or says why not.",
                "AnswerRequest", "AnswerResponse", example: ["query": "How do I set a timeout?"],
                events: "With stream: events text (data: text), then answer (data: as AnswerResponse) or error."
            )
        case .run:
            question(
                "run", "The same in the form of AutoRAG's API server.", "RunRequest", "RunResponse",
                example: ["query": "How do I set a timeout?"]
            )
        case .chatCompletions, .messages: conversation(route)
        case .feedback: feedbackOperation
        case .compare: comparisonOperation
        case .models: state("listModels", "The release, listed as a model.", json(reference("ModelList")))
        case .model: modelOperation
        case .version: state("version", "Names the program and the release.", json(reference("Version")))
        case .health: state("health", "Says that the process runs.", json(reference("Status")))
        case .readiness: state("readiness", "Says whether the release answers questions.", json(reference("Status")))
        case .metrics:
            state("metrics", "Counters in Prometheus' text format.", ["text/plain": ["schema": ["type": "string"]]])
        case .openAPI: state("openapi", "This description.", json(["type": "object"]))
        case .comparePage:
            state(
                "comparePage", "A page that shows two releases side by side.",
                ["text/html": ["schema": ["type": "string"]]])
        case .chat, .chatPage:
            state("chat", "A page to ask questions on.", ["text/html": ["schema": ["type": "string"]]])
        }
    }

    private static func question(
        _ id: String, _ summary: String, _ request: String, _ response: String, example: JSONValue,
        events: String? = nil
    ) -> [String: JSONValue] {
        var content = json(reference(response)).object ?? [:]
        if let events {
            content["text/event-stream"] = ["schema": ["type": "string", "description": .string(events)]]
        }
        return [
            "operationId": .string(id), "summary": .string(summary), "tags": ["questions"],
            "requestBody": ["required": true, "content": json(reference(request), example: example)],
            "responses": ["200": ["description": "What was found", "content": .object(content)]],
        ]
    }

    private static func state(_ id: String, _ summary: String, _ content: JSONValue) -> [String: JSONValue] {
        [
            "operationId": .string(id), "summary": .string(summary), "tags": ["operation"],
            "responses": ["200": ["description": .string(summary), "content": content]],
        ]
    }
}

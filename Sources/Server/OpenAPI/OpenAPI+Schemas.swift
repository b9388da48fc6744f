internal import Base

extension OpenAPI {
    /// The bodies of requests and responses.
    static func schemas(_ options: ServerOptions) -> [String: JSONValue] {
        let question = string(
            "The question.",
            extra: [
                "minLength": 1, "maxLength": .integer(options.maximumQuestionCharacters),
            ])
        let limits: [String: JSONValue] = ["k": count(options), "limit": count(options), "filter": filter]
        var answerFields = limits
        answerFields["query"] = question
        answerFields["question"] = question
        answerFields["history"] = history
        answerFields["stream"] = [
            "type": ["boolean", "null"], "description": "Whether the answer comes as server-sent events.",
        ]
        let release = integer("The number of the release that answered; only where the service has releases.")
        var answer = object(answerFields, required: []).object ?? [:]
        answer["oneOf"] = [["required": ["query"]], ["required": ["question"]]]
        return [
            "RetrieveRequest": object(limits.merging(["query": question]) { $1 }, required: ["query"]),
            "AnswerRequest": .object(answer),
            "RunRequest": object(
                [
                    "query": question, "result_column": string("Read for AutoRAG's clients; without effect."),
                    "history": history,
                ],
                required: ["query"]
            ),
            "RetrieveResponse": object(
                [
                    "query": string("The question."), "passages": list(reference("Passage")),
                    "took_ms": number("Milliseconds that the search took."), "release": release,
                ], optional: ["release"]),
            "AnswerResponse": object(
                generation.merging([
                    "answer": string(
                        "What the model wrote, with numbers of passages such as [1]; without a model, the quotes, each "
                            + "followed by its citation. Empty in an abstention."),
                    "abstained": boolean("Whether the evidence was too weak to answer."),
                    "reason": ["type": ["string", "null"], "description": "Why there is no answer."],
                    "quotes": list(reference("Quote")), "citations": list(reference("Citation")),
                    "passages": list(reference("Passage")), "release": release,
                ]) { $1 },
                optional: Set(generation.keys).union(["release"])
            ),
            "RunResponse": object(
                generation.merging([
                    "result": string("The answer, or why there is none."),
                    "retrieved_passage": list(reference("AutoRAGPassage")),
                ]) { $1 },
                optional: Set(generation.keys)
            ),
            "Passage": passage, "AutoRAGPassage": autoRAGPassage,
            "Quote": object(
                [
                    "text": string("A sentence, to the letter."), "citation": integer("A citation's number."),
                    "page": integer("The page of the file, from 1, where it has pages."),
                ],
                optional: ["page"]
            ),
            "Citation": citation,
            "Version": object([
                "feedback": ["type": "boolean", "description": "Whether what people say of answers is kept."],
                "name": string("neo"), "version": string("The program's version."),
                "release": ["type": "object", "description": "What is known of the release."],
            ]),
            "Status": object(["status": string("ok or ready.")]),
            "Error": object(["error": object(["code": string("For programs."), "message": string("For people.")])]),
        ]
    }

    private static var citation: JSONValue {
        let fields: [String: JSONValue] = [
            "number": integer("The number in the answer, from 1."), "passage": string("The passage's id."),
            "document": string("The document."), "title": string("The document's title."),
            "headings": list(["type": "string"]),
            "line": integer("The line, from 1, of the passage or, of what a model wrote, of the sentence."),
            "page": integer("The page, from 1, of its first quote, where the file has pages."),
            "url": string("Where the document stands on the web."),
            "supported": boolean("Whether the passage holds what the model says in its name."),
            "text": string("The sentence of the passage that is nearest to what the model says."),
            "start_idx": integer("Where that sentence begins in the document, as a UTF-8 offset."),
            "end_idx": integer("Where it ends."),
        ]
        return object(fields, required: ["number"])
    }

    /// What is said of an answer that a model wrote.
    private static var generation: [String: JSONValue] {
        [
            "model": string("The model that wrote the answer; absent where none did, like the next three."),
            "unsupported": boolean("Whether a part of it stands on no passage that holds it."),
            "cut": boolean("Whether it was cut off at its greatest length."),
            "read_passages": integer("How many of the passages the model read."),
        ]
    }

    private static var history: JSONValue {
        let role: JSONValue = ["type": "string", "enum": ["user", "assistant"]]
        var schema = list(object(["role": role, "content": ["type": "string"]])).object ?? [:]
        schema["type"] = ["array", "null"]
        schema["description"] = .string(
            "The turns before the question, oldest first; the last \(DialogueHistory.maximumTurns) are read.")
        return .object(schema)
    }

    private static var passage: JSONValue {
        var fields = autoRAGFields
        fields["id"] = string("Names the passage in this release.")
        fields["document"] = string("The document that it stands in.")
        fields["title"] = string("The document's title.")
        fields["headings"] = list(["type": "string"])
        fields["text"] = string("The passage, to the letter.")
        fields["line"] = integer("The line, from 1, on which it begins.")
        fields["page"] = integer("The page, from 1, on which it begins, where the file has pages.")
        fields["similarity"] = number("Cosine of question and passage, where the release has an encoder.")
        fields["metadata"] = ["type": "object", "description": "The document's metadata."]
        return object(fields, optional: ["page", "similarity"])
    }

    private static var autoRAGPassage: JSONValue {
        object(autoRAGFields.merging(["file_page": integer("The page.")]) { $1 }, optional: ["file_page"])
    }

    private static var autoRAGFields: [String: JSONValue] {
        [
            "content": string("The passage."), "doc_id": string("The passage's id."),
            "score": number("Greater is better; comparable only within one answer."),
            "filepath": string("The document."),
            "start_idx": integer("Where the passage begins in the document, as a UTF-8 offset."),
            "end_idx": integer("Where it ends."),
        ]
    }

    private static func count(_ options: ServerOptions) -> JSONValue {
        [
            "type": ["integer", "null"], "minimum": 1, "maximum": .integer(options.maximumPassages),
            "default": .integer(min(options.defaultPassages, options.maximumPassages)),
            "description": "How many passages at most; k and limit mean the same.",
        ]
    }

    private static var filter: JSONValue {
        [
            "type": ["object", "null"], "additionalProperties": ["type": ["string", "number", "boolean"]],
            "maxProperties": .integer(QuestionRequest.maximumConditions),
            "description": "Only documents whose metadata has all of these values.",
        ]
    }

    static func object(
        _ properties: [String: JSONValue], required: [String]? = nil, optional: Set<String> = []
    ) -> JSONValue {
        let names = required ?? properties.keys.filter { !optional.contains($0) }.sorted()
        var schema: [String: JSONValue] = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ]
        if !names.isEmpty { schema["required"] = .array(names.map { .string($0) }) }
        return .object(schema)
    }

    private static func list(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    static func string(_ text: String, extra: [String: JSONValue] = [:]) -> JSONValue {
        .object(extra.merging(["type": "string", "description": .string(text)]) { $1 })
    }

    private static func integer(_ text: String) -> JSONValue { ["type": "integer", "description": .string(text)] }

    private static func boolean(_ text: String) -> JSONValue { ["type": "boolean", "description": .string(text)] }

    private static func number(_ text: String) -> JSONValue { ["type": "number", "description": .string(text)] }
}

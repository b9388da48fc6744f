internal import Base

/// The routes that speak other protocols. What these describe at length is described here only as far as Neo differs.
extension OpenAPI {
    /// `POST` with a conversation.
    static func conversation(_ route: Route) -> [String: JSONValue] {
        let isChat = route == .chatCompletions
        let request = isChat ? "ChatCompletionRequest" : "MessageRequest"
        var content = json(reference(isChat ? "ChatCompletion" : "Message")).object ?? [:]
        content["text/event-stream"] = [
            "schema": [
                "type": "string",
                "description": .string(
                    isChat
                        ? "With stream: chunks, the last of which has citations, and data: [DONE]."
                        : "With stream: message_start to message_stop; message_delta has citations."),
            ]
        ]
        var example: [String: JSONValue] = [
            "model": "neo", "messages": [["role": "user", "content": "How do I set a timeout?"]],
        ]
        if !isChat { example["max_tokens"] = 1024 }
        return [
            "operationId": .string(isChat ? "createChatCompletion" : "createMessage"),
            "summary": .string(
                "The same in the form of \(isChat ? "OpenAI's chat completions" : "Anthropic's messages")."),
            "tags": ["questions"],
            "requestBody": ["required": true, "content": json(reference(request), example: .object(example))],
            "responses": ["200": ["description": "The answer", "content": .object(content)]],
        ]
    }

    /// `GET /v1/models/{id}`.
    static var modelOperation: [String: JSONValue] {
        [
            "operationId": "retrieveModel", "summary": "The release as a model.", "tags": ["operation"],
            "parameters": [
                [
                    "name": "id", "in": "path", "required": true, "schema": ["type": "string"],
                    "description": "The id in the list of models, or neo.",
                ]
            ],
            "responses": ["200": ["description": "The model", "content": json(reference("Model"))]],
        ]
    }

    /// The error of a route that speaks another protocol; nil of ours.
    static func protocolFailure(of route: Route) -> String? {
        switch route {
        case .chatCompletions, .models, .model: "OpenAIFailure"
        case .messages: "AnthropicFailure"
        default: nil
        }
    }

    /// The errors of the protocols.
    static var protocolFailures: [String: JSONValue] {
        [
            "OpenAIFailure": [
                "description": "An error in OpenAI's form; with the header anthropic-version, in Anthropic's.",
                "content": json(reference("OpenAIError")),
            ],
            "AnthropicFailure": [
                "description": "An error in Anthropic's form.", "content": json(reference("AnthropicError")),
            ],
        ]
    }

    /// The bodies of the protocols.
    static var protocolSchemas: [String: JSONValue] {
        let model: JSONValue = ["type": "string", "description": "The id in the list of models, or neo."]
        let stream: JSONValue = ["type": ["boolean", "null"], "description": "Whether the answer comes as events."]
        let decided = "Taken and not read: the release decides how a model is asked."
        func request(_ text: String, _ more: [String: JSONValue], required: [JSONValue]) -> JSONValue {
            var properties = more
            properties["model"] = model
            properties["stream"] = stream
            properties["messages"] = [
                "type": "array", "minItems": 1, "items": ["type": "object"],
                "description":
                    "Of text; the last of the user is the question, and the turns before it are its history.",
            ]
            for name in ["temperature", "top_p"] {
                properties[name] = ["type": ["number", "null"], "description": .string(decided)]
            }
            properties["max_tokens"] = ["type": ["integer", "null"], "description": .string(decided)]
            return [
                "type": "object", "description": .string(text), "properties": .object(properties),
                "required": .array(required),
            ]
        }
        return [
            "ChatCompletionRequest": request(
                "Fields that are not listed are not read; n above 1, tools, logprobs and formats other than text are "
                    + "refused. Messages of the roles system and developer are not read.",
                [
                    "stream_options": [
                        "type": ["object", "null"], "description": "include_usage: a last chunk has usage.",
                    ]
                ],
                required: ["model", "messages"]),
            "MessageRequest": request(
                "Fields that are not listed are not read, nor is system; tools are refused.", [:],
                required: ["model", "messages", "max_tokens"]),
            "ChatCompletion": [
                "type": "object",
                "description":
                    "A chat completion whose message has citations (as AnswerResponse), abstained, unsupported.",
            ],
            "Message": [
                "type": "object",
                "description": "A message that has citations (as AnswerResponse), abstained, unsupported beside it.",
            ],
            "Model": ["type": "object", "description": "The release, with the fields of both protocols."],
            "ModelList": ["type": "object", "description": "One model, with the fields of both protocols."],
            "OpenAIError": ["type": "object", "description": "error: message, type, param, code."],
            "AnthropicError": ["type": "object", "description": "type: error, and error: type, message."],
        ]
    }
}

internal import Base
internal import Engineer

extension OpenAPI {
    /// `POST /v1/feedback`.
    static var feedbackOperation: [String: JSONValue] {
        [
            "operationId": "feedback", "tags": ["questions"],
            "summary": "Takes what somebody says of an answer: a thumb, a correction, or a source that was opened.",
            "requestBody": [
                "required": true,
                "content": json(
                    reference("FeedbackRequest"), example: ["answer": "9f2c01", "rating": "down", "reason": "outdated"]),
            ],
            "responses": ["200": ["description": "It is kept", "content": json(reference("FeedbackResponse"))]],
        ]
    }

    /// `POST /v1/compare`.
    static var comparisonOperation: [String: JSONValue] {
        [
            "operationId": "compare", "tags": ["questions"],
            "summary":
                "Answers with two releases in an order drawn by lot, or takes which of the two answers was better.",
            "requestBody": [
                "required": true,
                "content": json(reference("CompareRequest"), example: ["query": "How do I set a timeout?"]),
            ],
            "responses": [
                "200": ["description": "Two answers, or that the choice is kept", "content": json(["type": "object"])],
                "409": [
                    "description": "One release answers here, or the comparison is not open",
                    "content": json(reference("Error")),
                ],
            ],
        ]
    }

    /// The schemas of its bodies.
    static var feedbackSchemas: [String: JSONValue] {
        [
            "FeedbackRequest": object(
                [
                    "answer": string("The answer's x-request-id, or its id in the protocols of others."),
                    "rating": ["type": "string", "enum": ["up", "down"]],
                    "reason": [
                        "type": "string", "enum": .array(FeedbackReason.allCases.map { .string($0.rawValue) }),
                        "description": "Why it is not liked; goes with the rating down.",
                    ],
                    "comment": string("In the rater's words."),
                    "correction": string("What the answer should have been."),
                    "document": string("The document of a source that was opened."),
                    "rater": string("Tells the users of one program apart; any text. Only a hash of it is kept."),
                ], required: ["answer"]),
            "CompareRequest": object(
                [
                    "query": string("The question that both answer."),
                    "filter": ["type": "object", "description": "As of /v1/answer."],
                    "comparison": string("Of a choice: the name that came with the two answers."),
                    "preferred": ["type": "string", "enum": ["first", "second", "tie"]],
                    "rater": string("As of /v1/feedback."),
                ], required: []),
            "FeedbackResponse": object([
                "kept": ["type": "integer", "description": "How many things were said."],
                "known": ["type": "boolean", "description": "Whether the service remembers the answer."],
                "counts": ["type": "boolean", "description": "Whether it counts; what comes in a flood does not."],
            ]),
        ]
    }
}

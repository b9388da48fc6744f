internal import Base
internal import RAG

/// An answer in the form of OpenAI's chat completions (openai-openapi v2.3.0), with what makes it one of Neo's beside it:
/// `citations` as `/v1/answer` has them, `abstained`, `unsupported`.
struct ChatCompletion: Sendable {
    let id: String
    let model: ServedModel
    /// Seconds since 1970.
    let created: Int

    /// The body of a response that is not streamed.
    func body(_ answer: CitedAnswer) -> JSONValue {
        var message = Self.additions(answer)
        message["role"] = "assistant"
        message["content"] = .string(answer.spokenText)
        message["refusal"] = .null
        return [
            "id": .string(id), "object": "chat.completion", "created": .integer(created), "model": .string(model.id),
            "choices": [
                [
                    "index": 0, "message": .object(message), "finish_reason": .string(Self.reason(answer)),
                    "logprobs": .null,
                ]
            ],
            "usage": Self.usage(answer),
        ]
    }

    static func reason(_ answer: CitedAnswer) -> String { answer.answer.generated?.isCut == true ? "length" : "stop" }

    /// What a model read and wrote; nothing where none was asked.
    static func usage(_ answer: CitedAnswer) -> JSONValue {
        let (read, written) = (answer.answer.usage?.inputTokens ?? 0, answer.answer.usage?.outputTokens ?? 0)
        return [
            "prompt_tokens": .integer(read), "completion_tokens": .integer(written),
            "total_tokens": .integer(read + written),
        ]
    }

    /// What stands in a message besides its text.
    static func additions(_ answer: CitedAnswer) -> [String: JSONValue] {
        [
            "citations": .array(answer.citations.map(answer.body(of:))),
            "annotations": .array(answer.annotations),
            "abstained": .bool(answer.answer.abstained),
            "unsupported": .bool(answer.answer.generated?.isUnsupported ?? false),
        ]
    }
}

extension CitedAnswer {
    /// OpenAI's `url_citation` for each number in the text whose document stands on the web. Places count Unicode scalars,
    /// which are the characters of Python.
    fileprivate var annotations: [JSONValue] {
        let text = spokenText
        return CitationMarks.all(in: text).flatMap { mark -> [JSONValue] in
            let start = text.utf8.index(text.startIndex, offsetBy: mark.range.lowerBound)
            let end = text.utf8.index(start, offsetBy: mark.range.count)
            let first = text.unicodeScalars.distance(from: text.startIndex, to: start)
            let count = text.unicodeScalars.distance(from: start, to: end)
            return mark.numbers.compactMap { number in
                guard let position = citations.first(where: { $0.number == number })?.passage,
                    let url = Self.link(answer.passages[position].metadata)
                else { return nil }
                return [
                    "type": "url_citation",
                    "url_citation": [
                        "start_index": .integer(first), "end_index": .integer(first + count), "url": .string(url),
                        "title": .string(answer.passages[position].title),
                    ],
                ]
            }
        }
    }
}

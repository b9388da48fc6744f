internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import RAG

/// Writes an answer as server-sent events while it is given.
struct AnswerStream: Sendable {
    let steps: AsyncThrowingStream<AnswerFeed.Step, any Error>
    /// Hears the answer.
    let onAnswer: @Sendable (Answer) -> Void
    /// Says an error in words that are for clients.
    let words: @Sendable (any Error) -> RequestFailure

    /// The response. What fails before the first word fails with a status of its own.
    func response(_ encoding: some AnswerEncoding) async throws -> Response {
        var iterator = steps.makeAsyncIterator()
        guard let first = try await iterator.next() else { throw CancellationError() }
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8"]
        // Proxies that gather a response before they pass it on would make a stream pointless.
        if let name = HTTPField.Name("x-accel-buffering") { headers[name] = "no" }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                var encoding = encoding
                var events = encoding.begin()
                var step: AnswerFeed.Step? = first
                var shown = ""
                var rest = steps.makeAsyncIterator()
                while let current = step {
                    switch current {
                    case .text(let text):
                        shown += text
                        events += encoding.add(text)
                    case .waiting: events += encoding.waiting
                    case .completed(let answer):
                        onAnswer(answer)
                        events += Self.end(answer, shown: shown, &encoding)
                    }
                    try await writer.write(ByteBuffer(string: events))
                    events = ""
                    if case .completed = current { break }
                    do {
                        step = try await rest.next()
                        if step == nil { throw CancellationError() }
                    } catch {
                        step = nil
                        try await writer.write(ByteBuffer(string: encoding.failure(words(error))))
                    }
                }
                try await writer.finish(nil)
            })
    }

    /// What is still missing of the text, and the end. A text that turned out to be none of the answer cannot be taken
    /// back; the answer follows it.
    private static func end(_ answer: Answer, shown: String, _ encoding: inout some AnswerEncoding) -> String {
        let cited = CitedAnswer(answer)
        let text = cited.spokenText
        // By bytes: a letter and its accent may have come one after the other.
        let isContinued = text.utf8.starts(with: shown.utf8)
        let rest = isContinued ? String(decoding: text.utf8.dropFirst(shown.utf8.count), as: UTF8.self) : "\n\n" + text
        return (rest.isEmpty ? "" : encoding.add(rest)) + encoding.finish(cited)
    }
}

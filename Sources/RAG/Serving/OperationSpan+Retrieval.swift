internal import Base
internal import Telemetry
internal import Tracing

extension OperationSpan {
    /// Tells what was looked for and, where content is asked for, the question and what was found.
    func describe(_ query: Query, _ passages: [RetrievedPassage]) {
        set(.topK, query.limit)
        guard capturesContent else { return }
        set(.retrievalQuery, query.text)
        let documents = passages.map { passage -> JSONValue in
            ["id": .string(passage.id), "score": .number(passage.score)]
        }
        set(.retrievalDocuments, JSONValue.array(documents).canonicalText)
    }
}

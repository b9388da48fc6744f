import Base
import LanguageModels
import RAG

/// A release whose model writes word by word, and waits in the middle where a gate is given.
struct StreamingService: QueryService {
    /// What it does after its first words.
    enum Middle: Sendable {
        case goesOn
        case waits(Gate)
        case fails
    }

    let summary: [String: JSONValue] = ["project": "my docs", "generator": "tiny"]
    var middle = Middle.goesOn
    /// Hears when the work on an answer has ended, whether it was finished or not.
    let ended = Gate()

    @concurrent
    func retrieve(_ query: Query) async throws -> [RetrievedPassage] { FakeService.passages }

    @concurrent
    func answer(_ query: Query) async throws -> Answer { FakeService.written(FakeService.passages) }

    func events(_ query: Query) -> AsyncThrowingStream<AnswerEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    for text in ["It is ", "the second [2]."] { continuation.yield(.text(text)) }
                    switch middle {
                    case .goesOn: break
                    case .waits(let gate): try await gate.pass()
                    case .fails: throw LanguageModelError(.interrupted, "http://10.0.0.7:9 broke off.")
                    }
                    continuation.yield(.text(" It is the first [1, 3]."))
                    continuation.yield(.completed(FakeService.written(FakeService.passages)))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
                ended.open()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}

/// Server-sent events, as a client reads them.
struct ReceivedEvents {
    /// What stands behind `data:`, in order, and `[DONE]` as a string.
    var data: [JSONValue] = []
    /// What stands behind `event:`, in order.
    var names: [String] = []

    init(_ text: String) throws {
        for line in text.split(separator: "\n") {
            if line.hasPrefix("data: ") {
                let value = String(line.dropFirst(6))
                data.append(value == "[DONE]" ? .string(value) : try JSONValue(parsing: value))
            } else if line.hasPrefix("event: ") {
                names.append(String(line.dropFirst(7)))
            }
        }
    }
}

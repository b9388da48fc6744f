import LanguageModelClients
import LanguageModels
import Testing

/// Servers that say far more than anybody asked for: 100 MB, in chunks.
@Suite(.serialized) struct EndlessAnswerTests {
    private static let request = LanguageModelRequest(messages: [.user("Hi")])
    private static let event =
        #"data: {"choices":[{"index":0,"delta":{"content":""# + String(repeating: "y", count: 1_000) + #""}}]}"#
        + "\n\n"

    private enum Kind: CaseIterable {
        /// One JSON text.
        case whole
        /// One event that does not end.
        case event
        /// Events without end.
        case events
    }

    private static func flood(_ kind: Kind) -> FloodServer {
        let megabyte = String(repeating: "x", count: 1 << 20)
        return switch kind {
        case .whole:
            FloodServer(
                type: "application/json", first: #"{"choices":[{"message":{"content":""#, piece: megabyte, times: 100)
        case .event: FloodServer(type: "text/event-stream", first: "data: ", piece: megabyte, times: 100)
        case .events:
            FloodServer(
                type: "text/event-stream", first: event, piece: String(repeating: event, count: 1_000), times: 100)
        }
    }

    @Test(arguments: Kind.allCases)
    private func `An answer of 100 MB is given up at the limit, streamed or not`(kind: Kind) async throws {
        let count = try await Self.flood(kind).run { url in
            let endpoint = LanguageModelEndpoint(
                api: .chatCompletions(.vLLM), url: url + "/v1", model: "m", attempts: 3)
            try await EndpointLanguageModel.with(endpoint, pause: { _ in }) { model in
                let error = await #expect(throws: LanguageModelError.self) {
                    if kind == .whole {
                        _ = try await model.respond(to: Self.request)
                    } else {
                        for try await _ in model.stream(Self.request) {}
                    }
                }
                let sentence = "\(url)/v1/chat/completions answered with more than 16 MB; the rest was not read."
                #expect(error?.code == .answer && error?.message == sentence)
            }
        }
        // It would be as long the next time.
        #expect(count.begun == 1)
        // The limit, and what the buffers of both systems hold: memory is bounded because no more is taken.
        #expect((16 << 20) - (2 << 20)..<(32 << 20) ~= count.taken, "\(count.taken >> 20) MB were taken")
    }
}

import Base
import Foundation
import LanguageModelClients
import LanguageModels
import Storage
import TestSupport
import Testing

/// A conversation with SmolLM2, kept as a file: replayed everywhere without a server, and with `RECORD=1` recorded again
/// where scripts/local-model fetched the model.
@Suite struct RecordedConversationTests {
    static let name = "conversations/smollm2.jsonl"

    @Test func `A conversation with a real model is replayed from its file, piece by piece`() async throws {
        if ProcessInfo.processInfo.environment["RECORD"] == "1", RealLocalModel.home != nil {
            try await RealLocalModel.with { try await record($0) }
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(Self.name)")
        let recording = try Recording(parsing: String(contentsOf: file, encoding: .utf8), file: Self.name)
        try await withTemporaryDirectory { folder async throws in
            let store = ResponseStore(path: "\(folder)/responses.db", diagnostics: DiagnosticCollector())
            await recording.keep(in: store)
            let model = CachedLanguageModel(NoModel(), as: Self.model, in: store, mode: .replayOnly)
            let answers = try await converse(with: model)
            #expect(answers.map(\.pieces.count).allSatisfy { $0 > 3 })
            for answer in answers {
                #expect(answer.pieces.joined() == answer.response.message.text)
                #expect(!answer.response.usage.isEstimated)
                #expect(answer.response.usage.outputTokens <= 40)
                #expect([.stop, .length].contains(answer.response.stopReason))
            }
            // The second turn read the first; the samples differ.
            #expect(answers[1].response.usage.inputTokens > answers[0].response.usage.inputTokens)
            #expect(answers[2].response.message != answers[3].response.message)
        }
    }

    private static let model = RecordedModel(family: "chat", model: "smollm2-135m-instruct")

    private struct Answer {
        var pieces: [String] = []
        var response: LanguageModelResponse
    }

    /// Two turns, and two samples of one question.
    private func converse(with model: CachedLanguageModel) async throws -> [Answer] {
        var request = LanguageModelRequest(
            messages: [.system("Answer in one short sentence."), .user("Which colour has the sky on a clear day?")],
            maxOutputTokens: 40, temperature: 0, seed: 7)
        var answers = [try await ask(model, request)]
        request.messages += [.assistant(answers[0].response.message), .user("And at night?")]
        answers.append(try await ask(model, request))
        request.messages = [.user("Tell me the beginning of a story about a fox.")]
        (request.temperature, request.seed) = (1, nil)
        for bucket in 0..<2 { answers.append(try await ask(model.sample(bucket), request)) }
        return answers
    }

    private func ask(_ model: CachedLanguageModel, _ request: LanguageModelRequest) async throws -> Answer {
        var pieces: [String] = []
        for try await event in model.stream(request) {
            if case .text(let text) = event { pieces.append(text) }
            if case .completed(let response) = event { return Answer(pieces: pieces, response: response) }
        }
        throw LanguageModelError(.answer, "There is no whole.")
    }

    private func record(_ models: LocalModels) async throws {
        let started = try await models.start()
        let key = try String(contentsOfFile: started["key_file"]?.string ?? "", encoding: .utf8)
        let endpoint = LanguageModelEndpoint(
            api: .chatCompletions(.llamaServer), url: started["url"]?.string ?? "", model: Self.model.model,
            key: Secret(key.trimmingCharacters(in: .whitespacesAndNewlines)))
        let store = ResponseStore(path: "\(models.neo.folder)/responses.db", diagnostics: DiagnosticCollector())
        try await EndpointLanguageModel.with(endpoint) { model in
            _ = try await converse(with: CachedLanguageModel(model, as: Self.model, in: store, mode: .record))
        }
        let text = await Recording(of: store).text
        _ = try GoldenFile(Self.name, beside: #filePath).difference(from: text)
    }
}

/// Where nothing may be asked.
private struct NoModel: LanguageModel {
    let identity = "none"

    func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse {
        throw LanguageModelError(.unreachable, "A replay asked a model.")
    }

    func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { Failing() }
    }

    private struct Failing: AsyncIteratorProtocol {
        mutating func next() async throws -> LanguageModelEvent? {
            throw LanguageModelError(.unreachable, "A replay asked a model.")
        }
    }
}

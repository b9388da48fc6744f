import Base
import Foundation
import LanguageModelClients
import LanguageModels
import Storage

/// How long a recorded answer takes, and what the ledger adds to a call: with a model in this process that costs no time.
enum ReplayTable {
    private static let pieces = 200
    private static let rounds = 400

    static func print() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "neo-replay-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let diagnostics = DiagnosticCollector()
        let store = ResponseStore(path: folder + "/responses.db", diagnostics: diagnostics)
        let ledger = try await CallLedger(NeoDatabase(path: folder + "/neo.db"))
        try await ledger.setBudget("all", .usd, to: 1_000)
        let meter = CallMeter(
            ledger, CallPurpose(project: "bench", role: "generator"), endpoint: "e", model: "m",
            price: ModelPrice(input: 1, output: 1, source: "bench"), limits: CallMeter.Limits(budgets: ["all"]),
            diagnostics: diagnostics)
        let model = InstantModel(pieces: pieces)
        let metered = MeteredLanguageModel(model, by: meter)
        let cached = CachedLanguageModel(model, as: RecordedModel(family: "chat", model: "m"), in: store)
        let noted = CachedLanguageModel(model, as: RecordedModel(family: "chat", model: "m"), in: store) {
            await meter.recordHit($1, milliseconds: $2)
        }
        Swift.print("| \(pieces) pieces, \(rounds) different requests | median | 95 % within |\n|---|---|---|")
        try await row("first time: asked and recorded, as a stream") { try await read(cached, $0) }
        try await row("recorded: whole") { _ = try await cached.respond(to: request($0)) }
        try await row("recorded: as a stream") { try await read(cached, $0) }
        try await row("recorded: whole, and a row in the ledger") { _ = try await noted.respond(to: request($0)) }
        try await row("not recorded: reserved, asked, settled") { _ = try await metered.respond(to: request($0)) }
        try await row("the same without a ledger") { _ = try await model.respond(to: request($0)) }
        for diagnostic in diagnostics.all { Swift.print(diagnostic.text) }
    }

    private static func request(_ number: Int) -> LanguageModelRequest {
        LanguageModelRequest(
            messages: [
                .system(
                    "Answer from these passages alone. " + String(repeating: "A passage of some length. ", count: 150)),
                .user("What does passage \(number) say?"),
            ], maxOutputTokens: 400, temperature: 0)
    }

    private static func read(_ model: CachedLanguageModel, _ number: Int) async throws {
        for try await _ in model.stream(request(number)) {}
    }

    private static func row(_ name: String, _ body: (Int) async throws -> Void) async throws {
        let clock = ContinuousClock()
        var times: [Double] = []
        for round in 0..<rounds {
            let start = clock.now
            try await body(round)
            times.append((clock.now - start) / .milliseconds(1))
        }
        times.sort()
        Swift.print(
            String(format: "| %@ | %.3f ms | %.3f ms |", name, times[rounds / 2], times[rounds * 95 / 100]))
    }
}

/// A model that has its answer at once.
private struct InstantModel: LanguageModel {
    let identity = "instant"
    private let events: [LanguageModelEvent]
    private let response: LanguageModelResponse

    init(pieces: Int) {
        let words = (0..<pieces).map { " word\($0)" }
        let response = LanguageModelResponse(
            message: AssistantMessage(text: words.joined()), stopReason: .stop,
            usage: TokenUsage(inputTokens: 900, outputTokens: pieces))
        self.response = response
        events = words.map { .text($0) } + [.completed(response)]
    }

    func respond(to request: LanguageModelRequest) async throws -> LanguageModelResponse { response }

    func stream(_ request: LanguageModelRequest) -> LanguageModelStream {
        LanguageModelStream { Iterator(events: events[...]) }
    }

    private struct Iterator: AsyncIteratorProtocol {
        var events: ArraySlice<LanguageModelEvent>

        mutating func next() async throws -> LanguageModelEvent? { events.popFirst() }
    }
}

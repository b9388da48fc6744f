internal import ArgumentParser
internal import Base
internal import Engineer
internal import LanguageModelClients
internal import LanguageModels

extension Models {
    struct Test: AsyncParsableCommand, BeginsAnew {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Ask a language model once, and say how fast it is and what that cost.",
            discussion: """
                Example:
                  neo models test smollm2-135m-instruct
                  neo models test openai/gpt-5-mini
                  neo models test judge
                  neo models test agent --tools

                ~/.config/neo/config.yaml names endpoints, who does what, and prices:
                  endpoints:
                    openai: {api: openai, key: OPENAI_API_KEY}
                    office: {api: vllm, url: "https://models.example.com/v1", key_file: ~/.config/neo/office.key}
                  roles: {generator: local/smollm2-135m-instruct, judge: openai/gpt-5-mini}
                  prices: {office/llama-3.3-70b: {input: 0.6, output: 0.6}}
                """
        )

        @Argument(help: "A model of this machine, ENDPOINT/MODEL, or a role: generator, judge, agent, embedding.")
        var name: String

        @Flag(help: "Have it call a tool as well; fails where it does not.")
        var tools = false

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let progress = ProgressLine(quiet: output.quiet)
            let trip = try await MachineLanguageModels.with(showing: progress) { models in
                let reference = try models.configuration.reference(name)
                let price = models.price(of: reference)
                // What is measured is the model, not how long it takes to install and to load.
                let use = try await models.load(reference)
                defer { withExtendedLifetime(use) {} }
                var trip = try await RoundTrip.make(reference, price: price, asking: try await models.model(reference))
                if tools {
                    let agent = try await models.model(reference.description, for: ModelUsePurpose(.agent))
                    trip.toolTrial = try await ToolTrial.make(agent, try models.toolCalls(of: reference))
                }
                return trip
            }
            progress.finish()
            try output.render(trip.value) { trip.sentence }
            if trip.toolTrial?.isPassed == false { throw ExitCode(1) }
        }
    }
}

/// One question to a model, and how long it took.
struct RoundTrip: Sendable {
    let reference: ModelReference
    let response: LanguageModelResponse
    let seconds: Double
    let secondsToFirstToken: Double?
    let price: ModelPrice?
    /// How it called a tool; nil where it was not asked to.
    var toolTrial: ToolTrial?

    /// Asks for some dozens of words, so that there is a speed to measure.
    @concurrent
    static func make(
        _ reference: ModelReference, price: ModelPrice?, asking model: any LanguageModel
    ) async throws -> RoundTrip {
        let request = LanguageModelRequest(
            messages: [.user("Write the numbers from one to twenty as words.")], maxOutputTokens: 64, temperature: 0)
        let clock = ContinuousClock()
        let start = clock.now
        var first: ContinuousClock.Instant?
        for try await event in model.stream(request) {
            if case .completed(let response) = event {
                return RoundTrip(
                    reference: reference, response: response, seconds: start.duration(to: clock.now) / .seconds(1),
                    secondsToFirstToken: first.map { start.duration(to: $0) / .seconds(1) }, price: price)
            }
            first = first ?? clock.now
        }
        throw CancellationError()
    }

    /// How fast it writes once it has begun; nil where there is too little to tell.
    var tokensPerSecond: Double? {
        guard let secondsToFirstToken, response.usage.outputTokens > 1, seconds > secondsToFirstToken else {
            return nil
        }
        return Double(response.usage.outputTokens - 1) / (seconds - secondsToFirstToken)
    }

    /// What it cost, in dollars; nil where no price is known.
    var dollars: Double? { price.map { $0.dollars(for: response.usage) } }

    var sentence: String {
        let usage = response.usage
        let milliseconds = Int((seconds * 1000).rounded())
        let first = secondsToFirstToken.map { ", the first token after \(Int(($0 * 1000).rounded())) ms" } ?? ""
        let speed = tokensPerSecond.map { ", \(Rounding.text($0, digits: 1)) tokens a second" } ?? ""
        let guess = usage.isEstimated ? " (estimated: the server does not count)" : ""
        let cost = dollars.map { "cost: \($0 == 0 ? "nothing" : QuantityWords.dollars($0))" }
        return """
            \(reference) answered in \(milliseconds) ms\(first)\(speed)
            \(usage.inputTokens) tokens read, \(usage.outputTokens) written\(guess)
            \(cost ?? "cost: unknown; say `prices: {\(reference): {input: …, output: …}}` in config.yaml")\(toolTrial.map { "\n\($0.sentence)" } ?? "")
            """
    }

    var value: JSONValue {
        var value: [String: JSONValue] = [
            "model": .string(reference.description), "answered_by": response.model.map { .string($0) } ?? .null,
            "seconds": .number(seconds), "seconds_to_first_token": secondsToFirstToken.map { .number($0) } ?? .null,
            "tokens_per_second": tokensPerSecond.map { .number($0) } ?? .null,
            "input_tokens": .integer(response.usage.inputTokens),
            "output_tokens": .integer(response.usage.outputTokens),
            "is_estimated": .bool(response.usage.isEstimated), "dollars": dollars.map { .number($0) } ?? .null,
            "text": .string(response.message.text),
        ]
        value["tools"] = toolTrial?.value
        return .object(value)
    }
}

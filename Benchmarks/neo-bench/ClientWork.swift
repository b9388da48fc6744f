import Foundation
import LanguageModelClients
import LanguageModels
import Synchronization

/// What a call and a streamed token cost the client, in time and in processor time; `Benchmarks/clients.py` runs it beside
/// the `openai` client, which does the same on the same server.
///
/// Arguments: the address, how many calls, how many streams one after the other, how many streams at once.
enum ClientWork {
    private static let request = LanguageModelRequest(
        messages: [.system("Be short."), .user("Tell me about the sea.")], maxOutputTokens: 1_000)

    static func print(_ arguments: some Sequence<String>) async throws {
        let arguments = Array(arguments)
        guard arguments.count == 4, let calls = Int(arguments[1]), let streams = Int(arguments[2]),
            let together = Int(arguments[3])
        else { return Swift.print("neo-bench clients URL CALLS STREAMS TOGETHER") }
        let endpoint = LanguageModelEndpoint(
            api: .chatCompletions(.openAI), url: arguments[0], model: "m", concurrentRequests: max(8, together))
        var facts = try await EndpointLanguageModel.with(endpoint) { model in
            _ = try await model.respond(to: request)
            _ = try await tokens(model)
            var facts: [String: Double] = [:]
            let call = try await measured(calls) { _ = try await model.respond(to: request) }
            facts["call_ms"] = call.seconds / Double(calls) * 1e3
            facts["call_cpu_ms"] = call.processor / Double(calls) * 1e3
            let count = Mutex(0)
            let stream = try await measured(streams) {
                let more = try await tokens(model)
                count.withLock { $0 += more }
            }
            let all = Double(max(1, count.withLock { $0 }))
            facts["token_us"] = stream.seconds / all * 1e6
            facts["token_cpu_us"] = stream.processor / all * 1e6
            let group = try await measured(1) {
                try await withThrowingTaskGroup { group in
                    for _ in 0..<together { group.addTask { _ = try await tokens(model) } }
                    try await group.waitForAll()
                }
            }
            facts["together_seconds"] = group.seconds
            facts["together_cpu_seconds"] = group.processor
            return facts
        }
        facts["peak_mb"] = peakMegabytes
        Swift.print(String(decoding: try JSONEncoder().encode(facts), as: UTF8.self))
    }

    private static func tokens(_ model: EndpointLanguageModel) async throws -> Int {
        var count = 0
        for try await event in model.stream(request) {
            if case .text = event { count += 1 }
        }
        return count
    }

    private static func measured(
        _ times: Int, _ body: @Sendable () async throws -> Void
    ) async throws -> (seconds: Double, processor: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let before = processorSeconds
        for _ in 0..<times { try await body() }
        return ((clock.now - start) / .seconds(1), processorSeconds - before)
    }

    /// `RUSAGE_SELF`, whose type differs between C libraries.
    private static let thisProcess: Int32 = 0

    private static var processorSeconds: Double {
        var usage = rusage()
        getrusage(thisProcess, &usage)
        let parts = [usage.ru_utime, usage.ru_stime]
        return parts.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    private static var peakMegabytes: Double {
        var usage = rusage()
        getrusage(thisProcess, &usage)
        return Double(usage.ru_maxrss) / 1_024
    }
}

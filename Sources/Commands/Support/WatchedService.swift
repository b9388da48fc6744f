internal import Base
internal import Engineer
internal import Notifications

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Asks a running service as its clients do, for the watch that stands beside it.
struct WatchedService: Sendable {
    let url: String
    let token: Secret?
    let records: ServiceRecords
    let environment: [String: String]

    private func exchange(_ path: String, _ headers: [String: Secret] = [:]) -> HTTPExchange {
        var headers = headers
        if let token { headers["authorization"] = token.reveal { Secret("Bearer \($0)") } }
        return HTTPExchange(url: url + path, headers: headers, timeLimitSeconds: 30, environment: environment)
    }

    /// Why the service is not ready; nil where it is.
    func heartbeat() async -> String? {
        do {
            let reply = try await exchange("/readyz").send()
            return reply.status == 200 ? nil : "GET /readyz answered \(reply.status)"
        } catch {
            return sentence(for: error)
        }
    }

    /// What it finds for a golden question.
    func ask(_ id: String, _ question: String) async throws -> ProbeReply {
        let start = ContinuousClock.now
        let mark = Secret(records.probeMark(of: id))
        let reply = try await exchange("/v1/answer", mark.map { ["x-neo-probe": $0] } ?? [:])
            .send(["query": .string(question)])
        guard reply.status == 200, let body = try? JSONValue(parsing: reply.body) else {
            throw NotificationError(.refused, "POST /v1/answer answered \(reply.status)")
        }
        let passages = body["passages"]?.array ?? []
        return ProbeReply(
            passages: passages.compactMap { passage in
                guard let document = passage["document"]?.string, let text = passage["text"]?.string else { return nil }
                return .init(document: document, text: text)
            }, hasAbstained: body["abstained"]?.bool ?? false,
            milliseconds: start.duration(to: .now) / .milliseconds(1), release: body["release"]?.integer)
    }
}

internal import AsyncHTTPClient
package import Base
package import Downloads
internal import NIOCore
internal import NIOHTTP1

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Puts questions to a retrieval that somebody serves.
///
/// A question is sent once: how often an answer fails is part of what is measured. Connections are kept between
/// questions, as a client of that service would.
package struct PipelineClient: Sendable {
    private let endpoint: PipelineEndpoint
    private let client: HTTPClient

    /// Connects while `body` works.
    ///
    /// - Throws: `EndpointError` where the address, or the way to it, makes no sense; what `body` throws.
    @concurrent
    package static func with<Result: Sendable>(
        _ endpoint: PipelineEndpoint, proxies: ProxySettings = ProxySettings(),
        _ body: @Sendable (PipelineClient) async throws -> Result
    ) async throws -> Result {
        let address = try EndpointConnection.address(of: endpoint.url)
        if !endpoint.headers.isEmpty, !address.mayCarrySecrets {
            throw EndpointError(
                .settings,
                "\(endpoint.url) is not encrypted, so its headers could be read on the way; use https, or give none.")
        }
        var configuration = try EndpointConnection.configuration(
            for: address, proxies: proxies, read: .seconds(Int64(endpoint.timeLimitSeconds.rounded(.up))))
        // Where nobody listens, each question would wait for the whole time of a connection.
        configuration.connectionPool.retryConnectionEstablishment = false
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await body(PipelineClient(endpoint: endpoint, client: client))
        }
    }

    /// What the service answers.
    ///
    /// - Throws: `EndpointError` with a sentence where it does not answer, in time, with 200 and no more than it may.
    @concurrent
    package func ask(_ body: JSONValue) async throws -> Data {
        if let reply = try await withTimeLimit(seconds: endpoint.timeLimitSeconds, { try await send(body) }) {
            return reply
        }
        throw EndpointError(.unreachable, "\(endpoint.url) did not answer within \(limit).")
    }

    private var limit: String {
        let seconds = endpoint.timeLimitSeconds
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }

    private func send(_ body: JSONValue) async throws -> Data {
        var request = HTTPClientRequest(url: endpoint.url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "neo")
        for (name, secret) in endpoint.headers.sorted(by: { $0.key < $1.key }) {
            secret.reveal { request.headers.replaceOrAdd(name: name, value: $0) }
        }
        request.body = .bytes(ByteBuffer(string: body.canonicalText))
        let response: HTTPClientResponse
        let reply: Data
        do {
            // Longer than the limit of `ask`, which has the better words.
            response = try await client.execute(request, timeout: .seconds(Int64(endpoint.timeLimitSeconds) + 5))
            reply = Data(try await response.body.collect(upTo: endpoint.replyBytes).readableBytesView)
        } catch let error as CancellationError {
            throw error
        } catch is NIOTooManyBytesError {
            throw EndpointError(.answer, "\(endpoint.url) answered with more than \(endpoint.replyBytes) bytes.")
        } catch {
            try Task.checkCancellation()
            throw EndpointError(
                .unreachable, "\(endpoint.url) gave no answer (\(error)); is the server running?")
        }
        let code = Int(response.status.code)
        guard code == 200 else {
            let said = EndpointConnection.excerpt(of: reply)
            let hint = (300..<400).contains(code) ? "; redirects are not followed" : ""
            throw EndpointError(
                .refused, "\(endpoint.url) answered \(code)\(hint)\(said.isEmpty ? "" : ": \(said)")")
        }
        return reply
    }
}

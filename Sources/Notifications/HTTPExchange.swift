internal import AsyncHTTPClient
package import Base
internal import Downloads
internal import NIOCore
internal import NIOHTTP1

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// One request over HTTP and its reply, within a time. What stands in an address besides host and port is in no sentence:
/// it may be a key.
package struct HTTPExchange: Sendable {
    /// A reply.
    package struct Reply: Sendable {
        package var status: Int
        package var body: String
    }

    /// So much of a reply is read.
    static let replyBytes = 4 << 20

    package var url: String
    /// Names with values that are told to nobody else.
    package var headers: [String: Secret]
    package var timeLimitSeconds: Double
    private let proxies: ProxySettings

    /// An address to ask.
    package init(
        url: String, headers: [String: Secret] = [:], timeLimitSeconds: Double = 10, environment: [String: String]
    ) {
        self.url = url
        self.headers = headers
        self.timeLimitSeconds = timeLimitSeconds
        proxies = ProxySettings(environment: environment)
    }

    /// Asks, with a body as a POST, else as a GET.
    ///
    /// - Throws: ``NotificationError``, also where the time is over; `CancellationError`.
    package func send(_ body: JSONValue? = nil) async throws -> Reply {
        let limit = TimeAmount.milliseconds(Int64(max(1, timeLimitSeconds * 1000)))
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, timeout: .init(connect: limit))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        if let address = try? Address(url), let proxy = try? proxies.proxy(for: address) {
            configuration.proxy = .server(host: proxy.host, port: proxy.port)
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let reply: Result<Reply, any Error>
        do {
            reply = .success(try await exchange(body, through: client, limit))
        } catch {
            reply = .failure(error)
        }
        try? await client.shutdown()
        do {
            return try reply.get()
        } catch {
            try Task.checkCancellation()
            throw NotificationError(
                .unreachable, "\(origin) could not be reached within \(Int(timeLimitSeconds.rounded(.up))) s.",
                cause: nil)
        }
    }

    private func exchange(
        _ body: JSONValue?, through client: HTTPClient, _ limit: TimeAmount
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "user-agent", value: "neo")
        for (name, secret) in headers {
            secret.reveal { request.headers.replaceOrAdd(name: name, value: $0) }
        }
        if let body {
            request.method = .POST
            request.headers.replaceOrAdd(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.canonicalText))
        }
        let response = try await client.execute(request, timeout: limit)
        let said = try await response.body.collect(upTo: Self.replyBytes)
        return Reply(status: Int(response.status.code), body: String(buffer: said))
    }

    /// Scheme, host and port.
    package var origin: String {
        let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        guard parts.count >= 2 else { return "The address" }
        let host = parts[1].split(whereSeparator: { "?#".contains($0) }).first ?? ""
        return "\(parts[0])//\(host.split(separator: "@").last ?? host)"
    }
}

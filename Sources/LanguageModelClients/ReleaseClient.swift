internal import AsyncHTTPClient
package import Base
internal import NIOCore
internal import NIOHTTP1

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Asks a release that runs on this machine, as one of its clients: what tests it and puts load on it.
package struct ReleaseClient: Sendable {
    /// What came back.
    package struct Reply: Sendable {
        package let status: Int
        /// Null where it is no JSON.
        package let body: JSONValue
        /// The release that answered, as the header says.
        package let release: Int?
    }

    /// The most bytes of a reply.
    private static let replyBytes = 64 << 20

    private let base: String
    private let token: Secret?
    private let client: HTTPClient

    /// Connects to a port of this machine while `body` works.
    ///
    /// - Parameter token: what the service asks of its clients; nil where it asks for nothing.
    @concurrent
    package static func with<Result: Sendable>(
        port: Int, token: Secret? = nil, _ body: @Sendable (ReleaseClient) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await body(ReleaseClient(base: "http://127.0.0.1:\(port)", token: token, client: client))
        }
    }

    /// Sends a request.
    ///
    /// - Throws: `EndpointError` where nothing came back.
    @concurrent
    package func send(_ method: String, _ path: String, body: String? = nil) async throws -> Reply {
        var request = HTTPClientRequest(url: base + path)
        request.method = HTTPMethod(rawValue: method)
        token?.reveal { request.headers.add(name: "authorization", value: "Bearer \($0)") }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        do {
            let response = try await client.execute(request, timeout: .seconds(60))
            let bytes = try await response.body.collect(upTo: Self.replyBytes)
            return Reply(
                status: Int(response.status.code),
                body: (try? JSONValue(parsing: Array(bytes.readableBytesView), maximumDepth: 64)) ?? .null,
                release: response.headers.first(name: "neo-release").flatMap { Int($0) })
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw EndpointError(.unreachable, "\(method) \(path) was not answered (\(error)).")
        }
    }
}

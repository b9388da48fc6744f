internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Asks a server of this machine how it is.
enum LocalServerHealth {
    /// Whether `GET /health` answers 200; while a model is loading, llama.cpp's server answers 503.
    static func isReady(port: Int) async -> Bool {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(1), read: .seconds(2)))
        configuration.httpVersion = .http1Only
        let status = try? await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await client.execute(
                HTTPClientRequest(url: "http://127.0.0.1:\(port)/health"), timeout: .seconds(3)
            ).status.code
        }
        return status == 200
    }
}

internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Sends single requests to a service over HTTP and tells what came back, whatever it was: for those who look at a service,
/// not for those who use it.
package struct ServiceClient: Sendable {
    /// What came back.
    package struct Reply: Sendable, Hashable {
        package var status: Int
        /// Names in small letters; of a header that came twice the last value.
        package var headers: [String: String]
        package var body: String
    }

    private let http: HTTPClient
    private let url: String

    /// Opens a client of a service while `body` works.
    ///
    /// - Parameter url: where it is, without a path: `http://127.0.0.1:8080`.
    package static func with<Result: Sendable>(
        _ url: String, _ body: @Sendable (ServiceClient) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration()
        // What leads elsewhere is an answer, too.
        configuration.redirectConfiguration = .disallow
        return try await HTTPClient.withHTTPClient(configuration: configuration) { http in
            try await body(ServiceClient(http: http, url: url.hasSuffix("/") ? String(url.dropLast()) : url))
        }
    }

    /// Sends a request.
    ///
    /// - Parameter seconds: how long it may take.
    /// - Throws: where no answer comes.
    package func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil, seconds: Int64 = 60
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: url + path)
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await http.execute(request, timeout: .seconds(seconds))
        let bytes = try await response.body.collect(upTo: 16 << 20)
        var found: [String: String] = [:]
        for header in response.headers { found[header.name.lowercased()] = header.value }
        return Reply(status: Int(response.status.code), headers: found, body: String(buffer: bytes))
    }
}

internal import AsyncHTTPClient
package import Base
internal import NIOCore

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Fetches files of repositories from the Hugging Face Hub, or from a mirror that speaks like it.
package struct HubClient: Sendable {
    /// The Hub's address, without a slash at its end.
    package var endpoint: String
    /// Sent to the endpoint's own host and to no other.
    package var token: Secret?
    /// Which requests go through a proxy.
    package var proxies: ProxySettings
    /// How often a file is tried when the connection breaks or the server is busy.
    package var attempts: Int
    /// How long a connection may take.
    package var connectMilliseconds: Int64
    /// Waits between attempts; the number counts them from 1.
    package var pause: @Sendable (_ attempt: Int) async throws -> Void

    /// A client.
    package init(
        endpoint: String = "https://huggingface.co", token: Secret? = nil,
        proxies: ProxySettings = ProxySettings(), attempts: Int = 4, connectMilliseconds: Int64 = 10_000,
        pause: @escaping @Sendable (_ attempt: Int) async throws -> Void = { attempt in
            try await Task.sleep(for: .seconds(1 << min(attempt, 5)))
        }
    ) {
        var endpoint = endpoint
        while endpoint.hasSuffix("/") { endpoint.removeLast() }
        self.endpoint = endpoint
        self.token = token
        self.proxies = proxies
        self.attempts = max(1, attempts)
        self.connectMilliseconds = connectMilliseconds
        self.pause = pause
    }

    /// The client that `HF_ENDPOINT`, `HF_TOKEN` and the proxy variables ask for.
    package init(environment: [String: String]) {
        let endpoint = environment["HF_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 }
        self.init(
            endpoint: endpoint ?? "https://huggingface.co", token: environment["HF_TOKEN"].flatMap(Secret.init),
            proxies: ProxySettings(environment: environment)
        )
    }

    /// Fetches a file of a repository to `path`, going on where an earlier attempt stopped.
    @concurrent
    func fetch(
        _ file: ModelEntry.File, of repository: String, revision: String, to path: String,
        progress: @Sendable (_ received: Int) -> Void
    ) async throws {
        let url = "\(endpoint)/\(repository)/resolve/\(revision)/\(file.path)"
        var partial = try PartialFile(file, path: path)
        try await transfer(url, size: file.size, into: &partial, progress: progress)
        try partial.finish()
    }

    /// Fetches what an address holds, and goes on where a broken connection stopped.
    ///
    /// - Parameter size: how many bytes there must be; nil where nobody knows.
    func transfer(
        _ url: String, size: Int?, into sink: inout some TransferSink & ~Copyable,
        progress: @Sendable (_ received: Int) -> Void
    ) async throws {
        var attempt = 1
        var hasAnswered = false
        while true {
            do {
                // What is whole already needs no request: only its renaming was missed, or the connection broke behind
                // the last byte.
                if sink.count != size {
                    try await receive(url, into: &sink, hasAnswered: &hasAnswered, progress: progress)
                }
                guard let size, sink.count != size else { return }
                throw TransferFailure(retry: true, reason: "\(url) ended after \(sink.count) of \(size) bytes")
            } catch let error as CancellationError {
                throw error
            } catch let error as DownloadsError {
                throw error
            } catch {
                try Task.checkCancellation()
                let failure = error as? TransferFailure
                guard failure?.retry ?? true, attempt < attempts else {
                    throw DownloadsError(.unavailable, failure?.reason ?? "\(url) could not be read (\(error))")
                }
            }
            try await pause(attempt)
            attempt += 1
        }
    }

    /// A request and what it is redirected to.
    private func receive(
        _ url: String, into sink: inout some TransferSink & ~Copyable, hasAnswered: inout Bool,
        progress: @Sendable (_ received: Int) -> Void
    ) async throws {
        var address = try Address(url)
        let origin = address.origin
        for _ in 0...Self.maximumRedirects {
            // Each address may have a proxy of its own, and a client has one.
            let next = try await HTTPClient.withHTTPClient(configuration: configuration(for: address)) { client in
                try await receive(
                    address, showingToken: address.origin == origin && address.mayCarrySecrets, into: &sink,
                    from: client, hasAnswered: &hasAnswered, progress: progress
                )
            }
            guard let next else { return }
            address = next
        }
        throw TransferFailure(retry: false, reason: "\(url) redirects more than \(Self.maximumRedirects) times")
    }

    /// One request; answers where it is redirected to.
    private func receive(
        _ address: Address, showingToken: Bool, into sink: inout some TransferSink & ~Copyable,
        from client: HTTPClient, hasAnswered: inout Bool, progress: @Sendable (_ received: Int) -> Void
    ) async throws -> Address? {
        var request = HTTPClientRequest(url: address.url)
        request.headers = Self.fields(from: sink.count, token: showingToken ? token : nil)
        let response: HTTPClientResponse
        do {
            response = try await client.execute(request, timeout: .hours(6))
        } catch let error as HTTPClientError where error == .proxyAuthenticationRequired {
            throw TransferFailure(retry: false, reason: "\(address.url): the proxy wants a user and a password")
        } catch {
            try Task.checkCancellation()
            // A host that never answered is not asked again: the next source may be nearer.
            throw TransferFailure(
                retry: hasAnswered, reason: "\(address.url) could not be reached (\(Self.words(error)))")
        }
        hasAnswered = true
        let headers = Self.lowercasedNames(response.headers)
        let code = "\(response.status)".split(separator: " ").first.flatMap { Int($0) } ?? 0
        switch code {
        case 301, 302, 303, 307, 308:
            guard let location = headers["location"] else {
                throw TransferFailure(retry: false, reason: "\(address.url) redirects to nowhere")
            }
            return try address.redirected(to: location)
        case 200: try sink.restart()
        case 206 where Self.rangeStart(headers["content-range"]) == sink.count: break
        case 206, 416:
            try sink.restart()
            throw TransferFailure(retry: true, reason: "\(address.url) answered with another range than was asked")
        case 401, 403:
            throw TransferFailure(
                retry: false, reason: "\(address.url) answered \(code); if it needs an account, set HF_TOKEN")
        case 408, 425, 429, 500...599:
            throw TransferFailure(retry: true, reason: "\(address.url) answered \(code)")
        default:
            throw TransferFailure(retry: false, reason: "\(address.url) answered \(code)")
        }
        progress(sink.count)
        for try await buffer in response.body {
            try Task.checkCancellation()
            try buffer.withUnsafeReadableBytes { try sink.append($0) }
            progress(sink.count)
        }
        return nil
    }

    private func configuration(for address: Address) throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .milliseconds(connectMilliseconds), read: .seconds(30))
        )
        configuration.httpVersion = .http1Only
        configuration.proxy = try proxies.proxy(for: address).map { proxy in
            let password = proxy.password.map { $0.reveal { $0 } } ?? ""
            let authorization = HTTPClient.Authorization.basic(username: proxy.user, password: password)
            return .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.user.isEmpty && password.isEmpty ? nil : authorization
            )
        }
        return configuration
    }

    private static let maximumRedirects = 5

    /// The commonest trouble in words of people.
    private static func words(_ error: any Error) -> String {
        let text = "\(error)"
        return text.contains("UnknownHost") ? "no address is known for this name; is there a network?" : text
    }

    // Status and headers are used through protocols of the standard library, which makes an import of NIO's HTTP
    // types unnecessary.

    private static func fields<Fields: ExpressibleByDictionaryLiteral>(
        from start: Int, token: Secret?
    ) -> Fields where Fields.Key == String, Fields.Value == String {
        // A coded body could not be continued in its middle.
        guard let token else {
            return ["user-agent": "neo", "accept-encoding": "identity", "range": "bytes=\(start)-"]
        }
        return token.reveal { secret in
            [
                "user-agent": "neo", "accept-encoding": "identity", "range": "bytes=\(start)-",
                "authorization": "Bearer \(secret)",
            ]
        }
    }

    private static func lowercasedNames(_ headers: some Sequence<(name: String, value: String)>) -> [String: String] {
        Dictionary(headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The first number of `bytes 100-199/200`.
    private static func rangeStart(_ header: String?) -> Int? {
        guard let header, header.hasPrefix("bytes ") else { return nil }
        return header.dropFirst(6).split(separator: "-").first.flatMap { Int($0) }
    }
}

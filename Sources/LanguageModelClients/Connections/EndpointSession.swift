internal import AsyncHTTPClient
internal import Base
internal import Downloads
internal import NIOCore
internal import NIOHTTP1
internal import Telemetry

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// An endpoint while it is used: its connections are kept between requests.
///
/// Replies are data: of what a server says, only the beginning of an error's text is shown, without control characters
/// and without the key.
struct EndpointSession: Sendable {
    let settings: EndpointSettings
    private let http: HTTPClient
    private let limit: ConcurrencyLimit

    /// Connects while `body` works.
    ///
    /// - Throws: `EndpointError` where the address, or the way to it, makes no sense; what `body` throws.
    @concurrent
    static func with<Result: Sendable>(
        _ settings: EndpointSettings, _ body: @Sendable (EndpointSession) async throws -> Result
    ) async throws -> Result {
        try await HTTPClient.withHTTPClient(configuration: try configuration(for: settings)) { http in
            try await body(EndpointSession(settings, http))
        }
    }

    /// Connects until `close` is called; where a scope of `with` does not fit.
    ///
    /// - Throws: `EndpointError` where the address, or the way to it, makes no sense.
    init(opening settings: EndpointSettings) throws(EndpointError) {
        let configuration = try Self.configuration(for: settings)
        self.init(settings, HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration))
    }

    private init(_ settings: EndpointSettings, _ http: HTTPClient) {
        self.settings = settings
        self.http = http
        limit = ConcurrencyLimit(settings.concurrentRequests)
    }

    /// The same server and connections, below another path of it.
    ///
    /// - Parameter url: an address that the session's own begins with, so that its key stays where it belongs.
    func below(_ url: String) -> EndpointSession {
        var settings = settings
        if settings.url.hasPrefix(url) { settings.url = url }
        return EndpointSession(settings, http)
    }

    /// Closes the connections of a session that was opened without `with`; nobody may be using it any more.
    func close() {
        // Nobody waits for it: the client holds itself until all is closed.
        _ = http.shutdown()
    }

    private static func configuration(
        for settings: EndpointSettings
    ) throws(EndpointError) -> HTTPClient.Configuration {
        let address = try EndpointConnection.address(of: settings.url)
        if !settings.headers.isEmpty, !address.mayCarrySecrets {
            throw EndpointError(
                .settings,
                "\(settings.url) is not encrypted, so its key could be read on the way; use https, or give no key.")
        }
        var configuration = try EndpointConnection.configuration(
            for: address, proxies: settings.proxies, read: .seconds(settings.seconds),
            certificateAuthority: settings.certificateAuthority)
        // `Retries` tries again, and knows when it makes no sense.
        configuration.connectionPool.retryConnectionEstablishment = false
        // A request that waits for a connection runs into the time limit of connecting; the permits make it wait earlier.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(8, settings.concurrentRequests)
        return configuration
    }

    /// What is at `path`, asked for once and with little patience: for what helps, but is not what was wanted.
    @concurrent
    func get(_ path: String, seconds: Double) async throws -> JSONValue {
        let permit = try await permit()
        defer { withExtendedLifetime(permit) {} }
        do {
            let reply = try await withTimeLimit(seconds: seconds) {
                try await collect(try await open(path, nil), path)
            }
            if let reply { return reply }
        } catch let failure as EndpointFailure {
            throw failure.error
        }
        throw EndpointError(.unreachable, "\(settings.url + path) did not answer within \(Int(seconds)) s.")
    }

    /// What `path` answers to `body`.
    @concurrent
    func post(_ path: String, _ body: JSONValue) async throws -> JSONValue {
        try await post(path, body) { $0 }
    }

    /// What `read` makes of the answer; a failure that it throws is one of the try.
    @concurrent
    func post<Answer: Sendable>(
        _ path: String, _ body: JSONValue, _ read: @escaping @Sendable (JSONValue) throws -> Answer
    ) async throws -> Answer {
        let permit = try await permit()
        defer { withExtendedLifetime(permit) {} }
        let data = ByteBuffer(string: body.canonicalText)
        var retries = Retries(settings)
        while true {
            do {
                let reply = try await withTimeLimit(seconds: Double(settings.seconds)) {
                    try read(try await collect(try await open(path, data), path))
                }
                if let reply { return reply }
                throw late(settings.url + path)
            } catch let failure as EndpointFailure {
                try await retries.pause(after: failure)
            }
        }
    }

    /// Leave to make a request.
    func permit() async throws -> ConcurrencyPermit { try await limit.permit() }

    /// Sends a request once: `POST`, or `GET` where there is no body.
    ///
    /// - Throws: `EndpointFailure` where the answer's status is not 200.
    func open(_ path: String, _ body: ByteBuffer?) async throws -> HTTPClientResponse {
        let url = settings.url + path
        var request = HTTPClientRequest(url: url)
        request.method = body == nil ? .GET : .POST
        if body != nil { request.headers.add(name: "content-type", value: "application/json") }
        request.headers.add(name: "user-agent", value: "neo")
        let headers = settings.openHeaders.merging(Telemetry.current?.headers ?? [:]) { own, _ in own }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        for (name, secret) in settings.headers.sorted(by: { $0.key < $1.key }) {
            secret.reveal { request.headers.replaceOrAdd(name: name, value: $0) }
        }
        if let body { request.body = .bytes(body) }
        let response: HTTPClientResponse
        do {
            response = try await http.execute(request, timeout: .seconds(settings.seconds))
        } catch {
            throw try lost(error, url)
        }
        guard response.status == .ok else { throw try await refusal(response, url) }
        return response
    }

    /// The whole answer as JSON.
    func collect(_ response: HTTPClientResponse, _ path: String) async throws -> JSONValue {
        let url = settings.url + path
        let reply = try await bytes(of: response, url)
        do {
            return try reply.withUnsafeReadableBytes { try JSONValue(parsing: $0) }
        } catch {
            let isPage = reply.readableBytesView.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "<")
            throw EndpointFailure(
                sentence: isPage
                    ? "\(url) answered with a web page, which is not JSON; is the address right, as with /v1 at its end?"
                    : "\(url) answered with something that is not JSON.",
                mayPass: false, isForm: true)
        }
    }

    /// Why a connection gave nothing, or not all.
    ///
    /// - Throws: `CancellationError` where the task was cancelled, which also ends connections.
    func lost(_ error: any Error, _ url: String) throws -> EndpointFailure {
        if error is CancellationError { throw error }
        try Task.checkCancellation()
        if let error = error as? HTTPClientError, error == .deadlineExceeded || error == .readTimeout {
            return late(url)
        }
        let trouble = ConnectionTrouble(error, certificateAuthority: settings.certificateAuthority)
        return EndpointFailure(
            sentence: trouble.words.map { "\(url) could not be reached: \($0)" }
                ?? "\(url) broke off in the middle of its answer", mayPass: trouble.mayPass, isConnection: true)
    }

    /// Not tried again: what took too long once would cost as much again.
    private func late(_ url: String) -> EndpointFailure {
        EndpointFailure(
            sentence: "\(url) did not answer within \(settings.seconds) s.", mayPass: false, isConnection: true)
    }

    private func bytes(of response: HTTPClientResponse, _ url: String) async throws -> ByteBuffer {
        do {
            return try await response.body.collect(upTo: settings.replyBytes)
        } catch is NIOTooManyBytesError {
            throw EndpointFailure(
                sentence:
                    "\(url) answered with more than \(settings.replyBytes >> 20) MB; the rest was not read.",
                mayPass: false, isForm: true)
        } catch {
            throw try lost(error, url)
        }
    }

    private func refusal(_ response: HTTPClientResponse, _ url: String) async throws -> EndpointFailure {
        let reply = Data(try await bytes(of: response, url).readableBytesView)
        var failure = EndpointReply.failure(
            status: Int(response.status.code), reply: reply, url: url, hiding: settings.secrets)
        failure.waitSeconds = response.headers.first(name: "retry-after").flatMap {
            RetryAfter.seconds($0, now: settings.time.now().timeIntervalSince1970)
        }
        return failure
    }
}

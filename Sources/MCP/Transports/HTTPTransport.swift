internal import AsyncHTTPClient
internal import Base
internal import Downloads
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A server that is reached over streamable HTTP: one address takes every message, and answers with JSON or with events.
///
/// No redirect is followed: a key goes where its setting says, and nowhere else.
package final class HTTPTransport: MCPTransport {
    static let replyBytes = 16 << 20

    package let answersWithin = true
    let setting: MCPServerSetting
    private let address: Address
    private let secrets: [String: Secret]
    private let http: HTTPClient
    /// The session of a legacy server, and how many there were.
    private let session = Mutex((id: String?.none, generation: 1))
    /// Handshakes of the legacy way, whose servers may say something of their own accord; each with its revision.
    private let handshakes: AsyncStream<String>
    private let shaken: AsyncStream<String>.Continuation

    /// A transport as a setting describes it.
    ///
    /// - Parameter environment: where keys and proxies stand.
    /// - Throws: `MCPError` where the address makes no sense, a key is missing, or would go unencrypted.
    package init(
        _ setting: MCPServerSetting, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(MCPError) {
        guard case .remote(let url, let named) = setting.kind else {
            throw MCPError(.settings, "The server \(setting.name) has no address.")
        }
        self.setting = setting
        do { address = try Address(url) } catch {
            throw MCPError(.settings, "The address of the server \(setting.name): \(error.reason).")
        }
        var secrets: [String: Secret] = [:]
        for (header, source) in named {
            guard let secret = environment[source.variable].flatMap({ Secret(source.prefix + $0) }) else {
                throw MCPError(
                    .settings,
                    "The header \(header) of the server \(setting.name) is in the environment variable "
                        + "\(source.variable), which is not set.")
            }
            secrets[header] = secret
        }
        guard secrets.isEmpty || address.mayCarrySecrets else {
            throw MCPError(
                .settings, "\(url) is not encrypted, so its key could be read on the way; use https, or give no key.")
        }
        self.secrets = secrets
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        do {
            if let proxy = try ProxySettings(environment: environment).proxy(for: address) {
                let password = proxy.password.map { $0.reveal { $0 } } ?? ""
                configuration.proxy = .server(
                    host: proxy.host, port: proxy.port,
                    authorization: proxy.user.isEmpty && password.isEmpty
                        ? nil : .basic(username: proxy.user, password: password))
            }
        } catch {
            throw MCPError(.settings, "The server \(setting.name) cannot be reached: \(error.reason).")
        }
        (handshakes, shaken) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// A server that has forgotten its session is agreed with anew.
    package var generation: Int { session.withLock { $0.generation } }

    package func run(_ inbox: MCPInbox) async {
        for await version in handshakes { await listen(version, inbox) }
        try? await http.shutdown()
    }

    package func finish() async {
        guard let id = session.withLock({ $0.id }) else { return }
        var request = HTTPClientRequest(url: address.url)
        request.method = .DELETE
        request.headers.add(name: "mcp-session-id", value: id)
        add(secrets, to: &request)
        _ = try? await http.execute(request, timeout: .seconds(2))
    }

    package func send(_ outgoing: MCPOutgoing, _ inbox: MCPInbox) async throws {
        let id: String? = if case .request(let request) = outgoing.message { request.id.string } else { nil }
        let response: HTTPClientResponse
        do {
            response = try await http.execute(try request(for: outgoing), timeout: .seconds(3_600))
        } catch let error as MCPError { throw error } catch {
            try Task.checkCancellation()
            throw MCPError(.unreachable, "\(address.url) could not be reached.", cause: error)
        }
        if let id = response.headers.first(name: "mcp-session-id"), id.utf8.count <= 1_024,
            id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), outgoing.revision != .modern
        {
            session.withLock { $0.id = id }
        }
        let status = Int(response.status.code)
        if status == 404, outgoing.revision == .legacy {
            session.withLock { session in
                if session.id != nil { session = (nil, session.generation + 1) }
            }
        }
        switch status {
        case 200..<300:
            let type = response.headers.first(name: "content-type")?.lowercased() ?? ""
            if type.hasPrefix("text/event-stream") {
                let isLegacy = outgoing.revision != .modern
                try await read(events: response.body, id, inbox, resuming: isLegacy ? outgoing.version : nil)
            } else {
                let bytes = try await collect(response.body)
                if !bytes.isEmpty { inbox.take(bytes) }
            }
            if outgoing.message.isInitialized { shaken.yield(outgoing.version) }
        case 401:
            throw unauthorized(status)
        case 403 where response.headers.contains(name: "www-authenticate"):
            throw unauthorized(status)
        default:
            let bytes = try await collect(response.body)
            let json = try? bytes.withUnsafeBytes { try JSONValue(parsing: $0) }
            if let error = json?["error"], let fault = try? MCPFault(error), let id {
                inbox.fail(id, fault)
                return
            }
            throw MCPError(.status(status), "\(address.url) answers with status \(status).")
        }
    }

    /// Asks for what the server says, behind the event of an id.
    func stream(_ version: String, after id: String?) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: address.url)
        request.headers.add(name: "accept", value: "text/event-stream")
        request.headers.add(name: "user-agent", value: "neo")
        request.headers.add(name: "mcp-protocol-version", value: version)
        if let session = session.withLock({ $0.id }) { request.headers.add(name: "mcp-session-id", value: session) }
        if let id { request.headers.add(name: "last-event-id", value: id) }
        add(secrets, to: &request)
        return try await http.execute(request, timeout: .seconds(3_600))
    }

    private func request(for outgoing: MCPOutgoing) throws(MCPError) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address.url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "accept", value: "application/json, text/event-stream")
        request.headers.add(name: "user-agent", value: "neo")
        add(secrets, to: &request)
        switch outgoing.revision {
        case .modern:
            request.headers.add(name: "mcp-protocol-version", value: MCPRevision.modern.rawValue)
            let (method, params) = outgoing.message.methodAndParams
            if let method { request.headers.add(name: "mcp-method", value: method) }
            if let name = params?["name"]?.string ?? params?["uri"]?.string {
                request.headers.add(name: "mcp-name", value: HTTPHeaderText.encoded(name))
            }
            for (name, value) in outgoing.parameters.sorted(by: { $0.key < $1.key }) {
                request.headers.add(name: "mcp-param-\(name)", value: HTTPHeaderText.encoded(value))
            }
        case .legacy:
            request.headers.add(name: "mcp-protocol-version", value: outgoing.version)
            if let id = session.withLock({ $0.id }) { request.headers.add(name: "mcp-session-id", value: id) }
        case nil: break
        }
        request.body = .bytes(ByteBuffer(string: outgoing.message.json.canonicalText))
        return request
    }

    private func add(_ secrets: [String: Secret], to request: inout HTTPClientRequest) {
        for (name, secret) in secrets.sorted(by: { $0.key < $1.key }) {
            secret.reveal { request.headers.replaceOrAdd(name: name, value: $0) }
        }
    }

    func collect(_ body: HTTPClientResponse.Body) async throws -> [UInt8] {
        do {
            return Array(try await body.collect(upTo: Self.replyBytes).readableBytesView)
        } catch is NIOTooManyBytesError { throw tooLong } catch {
            try Task.checkCancellation()
            throw brokeOff(error)
        }
    }

    func brokeOff(_ cause: (any Error)? = nil) -> MCPError {
        MCPError(.unreachable, "\(address.url) broke off in the middle of its answer.", cause: cause)
    }

    private func unauthorized(_ status: Int) -> MCPError {
        MCPError(
            .unauthorized,
            "\(address.url) wants somebody to log in (status \(status)). Neo does not log in to servers with OAuth yet: "
                + "put a token into an environment variable, and its name under `token` of the server \(setting.name).")
    }

    var tooLong: MCPError {
        MCPError(.form, "\(address.url) answered with more than \(Self.replyBytes >> 20) MB; the rest was not read.")
    }
}

extension MCPMessage {
    /// Whether it ends the handshake of the legacy way.
    fileprivate var isInitialized: Bool {
        if case .notification(let notification) = self {
            notification.method == "notifications/initialized"
        } else {
            false
        }
    }

    /// What is asked or told.
    fileprivate var methodAndParams: (String?, JSONValue?) {
        switch self {
        case .request(let request): (request.method, request.params)
        case .notification(let notification): (notification.method, notification.params)
        case .response: (nil, nil)
        }
    }
}

internal import AsyncHTTPClient
internal import Base
internal import Downloads
internal import NIOCore
internal import NIOHTTP1

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Sends requests to a collector, as OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp).
///
/// Addresses and headers may hold keys: in sentences there are only host and port.
struct Collector: Sendable {
    /// What became of a request.
    enum Outcome: Equatable {
        case taken
        /// Nobody answered; a later try may go better.
        case unreachable
        /// It will not be taken later either.
        case refused
    }

    /// "Try later", as the protocol has it.
    private static let passing: Set<UInt> = [429, 502, 503, 504]
    private static let replyBytes = 64 << 10

    let destination: ExportSettings.Destination
    let http: HTTPClient
    let trouble: TroubleLog
    /// Waits before another try.
    var pause: @Sendable (_ seconds: Double) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }

    /// The settings of a client that speaks to collectors through the proxy of the environment.
    static func configuration(
        for destination: ExportSettings.Destination, proxies: ProxySettings
    ) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .milliseconds(Int64(destination.seconds * 1000))))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        if let proxy = try? proxies.proxy(for: destination.address) {
            let password = proxy.password.map { $0.reveal { $0 } } ?? ""
            configuration.proxy = .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.user.isEmpty && password.isEmpty
                    ? nil : .basic(username: proxy.user, password: password))
        }
        return configuration
    }

    /// Sends a request, as often as it takes within its time.
    func send(_ message: OTLPValue) async -> Outcome {
        let body =
            switch destination.format {
            case .protobuf: ByteBuffer(bytes: message.protobuf)
            case .json: ByteBuffer(string: message.json.canonicalText)
            }
        let end = ContinuousClock.now + .seconds(destination.seconds)
        var wait = 0.5
        while true {
            let left = ContinuousClock.now.duration(to: end) / .seconds(1)
            let reply: Reply
            do {
                reply = try await post(body, seconds: left)
            } catch {
                note(.unreachable, "could not be reached")
                return .unreachable
            }
            if reply.status == 200 {
                if let partial = PartialSuccess(reply.body, format: destination.format) { note(partial) }
                return .taken
            }
            guard Self.passing.contains(reply.status) else {
                note(.refused, "answered \(reply.status)\(Self.hint(reply.status))")
                return .refused
            }
            let pauseSeconds = max(wait * Double.random(in: 0.75...1.25), reply.waitSeconds ?? 0)
            guard pauseSeconds < ContinuousClock.now.duration(to: end) / .seconds(1),
                (try? await pause(pauseSeconds)) != nil
            else {
                note(.unreachable, "answered \(reply.status) until its time was over")
                return .unreachable
            }
            wait *= 2
        }
    }

    private struct Reply {
        var status: UInt
        var waitSeconds: Double?
        var body: Data
    }

    private func post(_ body: ByteBuffer, seconds: Double) async throws -> Reply {
        var request = HTTPClientRequest(url: destination.address.url)
        request.method = .POST
        request.headers.add(name: "content-type", value: destination.format.contentType)
        request.headers.add(name: "user-agent", value: "neo")
        for (name, secret) in destination.headers {
            secret.reveal { request.headers.replaceOrAdd(name: name, value: $0) }
        }
        request.body = .bytes(body)
        let response = try await http.execute(request, timeout: .milliseconds(Int64(max(1, seconds * 1000))))
        let wait = response.headers.first(name: "retry-after").flatMap(Double.init)
        // What it says besides is not worth failing for.
        let said = try? await response.body.collect(upTo: Self.replyBytes)
        return Reply(
            status: response.status.code, waitSeconds: wait.flatMap { $0.isFinite ? max(0, $0) : nil },
            body: Data((said ?? ByteBuffer()).readableBytesView))
    }

    private func note(_ kind: TroubleLog.Kind, _ predicate: String) {
        trouble.note(
            kind,
            "telemetry: \(destination.address.origin) \(predicate); the work goes on without it. "
                + "OTEL_SDK_DISABLED=true turns telemetry off.")
    }

    private func note(_ partial: PartialSuccess) {
        let open = destination.headers.values.reduce(partial.message) { text, secret in
            secret.reveal { text.replacing($0, with: "•••") }
        }
        let said = String(
            open.prefix(200).map { $0.isNewline || $0.asciiValue.map { $0 < 32 || $0 == 127 } ?? false ? " " : $0 })
        trouble.note(
            .partial,
            "telemetry: \(destination.address.origin) did not take \(partial.rejected) records"
                + (said.isEmpty ? "." : ": \(said)"))
    }

    private static func hint(_ status: UInt) -> String {
        switch status {
        case 401, 403: " (are the headers in OTEL_EXPORTER_OTLP_HEADERS right?)"
        case 404, 405: " (is the address that of OTLP over HTTP?)"
        case 415: " (it may want the other of http/protobuf and http/json in OTEL_EXPORTER_OTLP_PROTOCOL)"
        default: ""
        }
    }
}

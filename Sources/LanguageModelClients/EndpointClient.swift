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

/// Sends JSON to an endpoint and reads JSON from it; tries again where that makes sense.
///
/// Replies are data: of what a server says, only the beginning of an error's text is shown, without control characters.
struct EndpointClient: Sendable {
    let endpoint: ModelEndpoint
    let proxies: ProxySettings
    /// How often a request is tried.
    let attempts: Int
    /// How long one try may take.
    let seconds: Int64
    /// Waits between attempts, at least as long as the server asked for.
    let pause: @Sendable (_ seconds: Double) async throws -> Void

    /// The greatest reply that is read: 256 vectors of 8,192 numbers, written out, are about 45 MB.
    private static let replyBytes = 128 << 20

    /// What `path` answers to `body`.
    @concurrent
    func post(_ path: String, _ body: JSONValue) async throws -> JSONValue {
        let url = endpoint.url + path
        let address = try EndpointConnection.address(of: url)
        if endpoint.key != nil, !address.mayCarrySecrets {
            throw EndpointError(
                .settings,
                "\(endpoint.url) is not encrypted, so its key could be read on the way; use https, or give no key.")
        }
        let configuration = try EndpointConnection.configuration(
            for: address, proxies: proxies, read: .seconds(seconds))
        let data = Data(body.canonicalText.utf8)
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            var attempt = 1
            while true {
                let failure: Failure
                do {
                    return try await send(data, to: url, by: client)
                } catch let error as Failure {
                    failure = error
                }
                // Where nobody listens, nobody will in a moment.
                guard failure.mayPass, attempt < (failure.isConnection ? min(attempts, 2) : attempts) else {
                    throw EndpointError(failure.mayPass ? .unreachable : .refused, failure.sentence)
                }
                try await pause(max(failure.waitSeconds ?? 0, Double(1 << min(attempt, 5)) / 2))
                attempt += 1
            }
        }
    }

    /// Why a try failed.
    private struct Failure: Error {
        var sentence: String
        /// Whether another try may go better.
        var mayPass: Bool
        /// Whether there was no answer at all.
        var isConnection = false
        /// How long the server asked to wait.
        var waitSeconds: Double?
    }

    private func send(_ body: Data, to url: String, by client: HTTPClient) async throws -> JSONValue {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "neo")
        endpoint.key?.reveal { request.headers.add(name: "authorization", value: "Bearer \($0)") }
        request.body = .bytes(ByteBuffer(bytes: body))
        let response: HTTPClientResponse
        let reply: Data
        do {
            response = try await client.execute(request, timeout: .seconds(seconds))
            reply = Data(try await response.body.collect(upTo: Self.replyBytes).readableBytesView)
        } catch let error as CancellationError {
            throw error
        } catch is NIOTooManyBytesError {
            throw Failure(sentence: "\(url) answered with more than \(Self.replyBytes >> 20) MB.", mayPass: false)
        } catch {
            try Task.checkCancellation()
            throw Failure(
                sentence: "\(url) could not be reached (\(error)); is the server running?", mayPass: true,
                isConnection: true)
        }
        let code = Int(response.status.code)
        guard code == 200 else {
            let said = EndpointConnection.excerpt(of: reply)
            let hint =
                switch code {
                case 401, 403: "; the key is missing or wrong"
                case 404: "; is the address right, and is the model there?"
                case 413: "; a text is too long for the model"
                default: ""
                }
            throw Failure(
                sentence: "\(url) answered \(code)\(hint)\(said.isEmpty ? "" : ": \(said)")",
                mayPass: code == 408 || code == 425 || code == 429 || code >= 500,
                // A server may ask for any time; more than a minute is not waited for.
                waitSeconds: response.headers.first(name: "retry-after").flatMap(Double.init).map {
                    min(max($0, 0), 60)
                }
            )
        }
        do {
            return try JSONValue(parsing: reply)
        } catch {
            throw EndpointError(.answer, "\(url) answered with something that is not JSON.", cause: error)
        }
    }
}

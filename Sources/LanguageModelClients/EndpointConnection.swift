internal import AsyncHTTPClient
internal import Base
internal import Downloads
internal import NIOCore

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// How all that somebody serves is reached: through the proxies of the environment, without following redirects.
enum EndpointConnection {
    /// The address, checked.
    static func address(of url: String) throws(EndpointError) -> Address {
        do {
            return try Address(url)
        } catch {
            throw EndpointError(.settings, "The endpoint's \(error.reason).")
        }
    }

    /// The settings of a client that speaks to one address.
    ///
    /// - Parameter read: how long the other side may be silent.
    static func configuration(
        for address: Address, proxies: ProxySettings, read: TimeAmount
    ) throws(EndpointError) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(3), read: read))
        configuration.httpVersion = .http1Only
        do {
            if let proxy = try proxies.proxy(for: address) {
                let password = proxy.password.map { $0.reveal { $0 } } ?? ""
                let hasName = !proxy.user.isEmpty || !password.isEmpty
                configuration.proxy = .server(
                    host: proxy.host, port: proxy.port,
                    authorization: hasName ? .basic(username: proxy.user, password: password) : nil)
            }
        } catch {
            throw EndpointError(.settings, "\(address.url) cannot be reached: \(error.reason).")
        }
        return configuration
    }

    /// The beginning of what a server said, on one line and without secrets that it repeats.
    static func excerpt(of reply: Data, hiding secrets: [Secret] = []) -> String {
        let value = try? JSONValue(parsing: reply)
        let message = value?["error"]?["message"]?.string ?? value?["error"]?.string ?? value?["message"]?.string
        return excerpt(of: message ?? String(decoding: reply.prefix(4_000), as: UTF8.self), hiding: secrets)
    }

    /// The beginning of a text, on one line and without secrets.
    static func excerpt(of text: String, hiding secrets: [Secret]) -> String {
        let open = secrets.reduce(String(text.prefix(4_000))) { text, secret in
            secret.reveal { text.replacing($0, with: "•••") }
        }
        let line = open.prefix(200).map {
            $0.isNewline || $0.asciiValue.map { $0 < 32 || $0 == 127 } ?? false ? " " : $0
        }
        return String(line)
    }
}

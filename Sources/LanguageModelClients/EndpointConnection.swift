internal import AsyncHTTPClient
internal import Base
internal import Downloads
internal import NIOCore
internal import NIOSSL

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
    /// - Parameters:
    ///   - read: how long the other side may be silent.
    ///   - certificateAuthority: a file of certificates, in PEM, that are trusted beside those of the machine.
    static func configuration(
        for address: Address, proxies: ProxySettings, read: TimeAmount, certificateAuthority: String? = nil
    ) throws(EndpointError) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(3), read: read))
        configuration.httpVersion = .http1Only
        if let certificateAuthority {
            configuration.tlsConfiguration = try trusting(certificateAuthority)
        }
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

    private static func trusting(_ path: String) throws(EndpointError) -> TLSConfiguration {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EndpointError(
                .settings, "The certificate authority's file \(path) is not there, or may not be read.")
        }
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMBytes(Array(data))
        } catch {
            throw EndpointError(.settings, "\(path) holds no certificate in PEM, which begins with BEGIN CERTIFICATE.")
        }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.additionalTrustRoots = [.certificates(certificates)]
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

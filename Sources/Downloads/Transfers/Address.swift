#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The address of a request: http or https, with a host.
package struct Address: Sendable, Hashable {
    /// The whole address.
    package let url: String
    /// Scheme, host and port: who is spoken to.
    package let origin: String
    /// The host, in small letters and without the brackets of an IPv6 address.
    package let host: String
    /// Whether it is spoken to in TLS.
    package let isEncrypted: Bool
    /// Whether nobody between here and there can read what is sent.
    package let mayCarrySecrets: Bool

    private let parsed: URL

    /// Checks an address.
    package init(_ text: String) throws(TransferFailure) {
        guard let parsed = URL(string: text), let host = parsed.host(), !host.isEmpty,
            let scheme = parsed.scheme?.lowercased(), scheme == "https" || scheme == "http"
        else {
            throw TransferFailure(retry: false, reason: "\"\(text)\" is no http or https address")
        }
        url = text
        self.parsed = parsed
        let port = parsed.port ?? (scheme == "https" ? 443 : 80)
        origin = "\(scheme)://\(host.lowercased()):\(port)"
        self.host = host.lowercased().filter { $0 != "[" && $0 != "]" }
        isEncrypted = scheme == "https"
        mayCarrySecrets = isEncrypted || ["localhost", "127.0.0.1", "::1"].contains(self.host)
    }

    /// Where a `Location` header leads; never from https to http.
    func redirected(to location: String) throws(TransferFailure) -> Address {
        guard let target = URL(string: location, relativeTo: parsed)?.absoluteURL else {
            throw TransferFailure(retry: false, reason: "\(url) redirects to \"\(location)\", which is no address")
        }
        let address = try Address(target.absoluteString)
        if origin.hasPrefix("https:"), !address.origin.hasPrefix("https:") {
            throw TransferFailure(
                retry: false, reason: "\(url) redirects to \(target.absoluteString), which is not encrypted")
        }
        return address
    }
}

internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Which requests go through a proxy, by the variables that curl obeys: `https_proxy`, `http_proxy`, `all_proxy` and
/// `no_proxy`.
///
/// The names are read in small letters first, then in capitals; `HTTP_PROXY` in capitals is not read, because a web
/// server hands the header `Proxy:` of a request to its children under that name (CVE-2016-5385).
package struct ProxySettings: Sendable, Hashable {
    /// A proxy that is spoken to in HTTP.
    struct Proxy: Sendable, Hashable {
        var host: String
        var port: Int
        /// What stands before the `@` of the address.
        var user: String
        var password: Secret?
    }

    /// A variable and its value, which may hold a password.
    private struct Setting: Sendable, Hashable {
        var name: String
        var value: String
    }

    private var http: Setting?
    private var https: Setting?
    /// Hosts that are reached directly, without a dot in front; `*` stands for all.
    private var direct: [String] = []

    /// No proxies.
    package init() {}

    /// The proxies that the environment asks for.
    package init(environment: [String: String]) {
        func setting(_ names: String...) -> Setting? {
            for name in names {
                if let value = environment[name], !value.isEmpty { return Setting(name: name, value: value) }
            }
            return nil
        }
        let everything = setting("all_proxy", "ALL_PROXY")
        http = setting("http_proxy") ?? everything
        https = setting("https_proxy", "HTTPS_PROXY") ?? everything
        direct = (setting("no_proxy", "NO_PROXY")?.value ?? "").split { $0 == "," || $0 == " " }.map { host in
            String(host.drop { $0 == "." }).lowercased()
        }
    }

    /// The proxy for an address; none for this machine and for the hosts of `no_proxy`.
    ///
    /// - Throws: `TransferFailure` with the variable's name where its value is no address of an HTTP proxy; the value
    ///   is not repeated.
    func proxy(for address: Address) throws(TransferFailure) -> Proxy? {
        let host = address.host
        if ["localhost", "127.0.0.1", "::1"].contains(host) { return nil }
        if direct.contains(where: { $0 == "*" || $0 == host || host.hasSuffix("." + $0) }) { return nil }
        guard let setting = address.isEncrypted ? https : http else { return nil }
        let text = setting.value.contains("://") ? setting.value : "http://\(setting.value)"
        guard let url = URL(string: text), url.scheme?.lowercased() == "http", let host = url.host(), !host.isEmpty
        else {
            throw TransferFailure(
                retry: false,
                reason: "the variable \(setting.name) is no address of an HTTP proxy; write http://HOST:PORT, or "
                    + "unset it"
            )
        }
        return Proxy(
            host: host, port: url.port ?? 80, user: url.user(percentEncoded: false) ?? "",
            password: url.password(percentEncoded: false).flatMap(Secret.init)
        )
    }
}

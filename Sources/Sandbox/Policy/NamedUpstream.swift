package import Base

/// A server that is used with a key that nobody inside gets to see. Inside, it is plain HTTP at `http://NAME.neo.internal`;
/// the proxy adds the key and speaks HTTPS with the server.
///
/// ```swift
/// policy.upstreams = [
///     try NamedUpstream(
///         name: "openai", base: "https://api.openai.com/v1", secret: key, variables: ["OPENAI_BASE_URL"])
/// ]
/// ```
package struct NamedUpstream: Sendable, Hashable {
    /// Below what such names are.
    package static let domain = "neo.internal"

    /// One label of a host's name.
    package let name: String
    /// Where requests go: `https://host[:port][/path]`.
    package let base: String
    /// The header that carries the key.
    package let header: String
    /// What stands before the key in it.
    package let prefix: String
    /// The key; nil in a policy that was read from a file, which never holds one.
    package var secret: Secret?
    /// Variables of the environment inside whose value is `url`.
    package let variables: [String]

    let target: HostAndPort
    /// With a slash before it and none behind it, or empty.
    let path: String

    /// An upstream.
    ///
    /// - Throws: `SandboxError` where something of it cannot hold.
    package init(
        name: String, base: String, header: String = "Authorization", prefix: String = "Bearer ", secret: Secret?,
        variables: [String] = []
    ) throws(SandboxError) {
        func problem(_ what: String) -> SandboxError {
            SandboxError(.policy, "The upstream \(HostName.shown(name)) cannot be used: \(what).")
        }
        guard !name.contains("."), let host = try? HostName(name + "." + Self.domain), case .name = host else {
            throw problem("its name must be one part of a host's name, such as openai")
        }
        let scheme = "https://"
        guard base.lowercased().hasPrefix(scheme) else { throw problem("its base must begin with https://") }
        let rest = base.dropFirst(scheme.count)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        do {
            target = try HostAndPort(String(rest[..<slash]), standard: 443)
        } catch {
            throw problem(String(error.message.dropLast()))
        }
        var path = String(rest[slash...])
        while path.hasSuffix("/") { path.removeLast() }
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        else { throw problem("its base has a query or characters that no path has") }
        let isToken = header.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        guard isToken, !header.isEmpty else { throw problem("\(HostName.shown(header)) is no header's name") }
        let isClean =
            prefix.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && secret?.reveal { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } } ?? true
        guard isClean else { throw problem("its key holds characters that a header cannot carry") }
        guard variables.allSatisfy({ !$0.isEmpty && !$0.contains("=") && !$0.utf8.contains(0) }) else {
            throw problem("a variable's name is empty or holds =")
        }
        self.name = name.lowercased()
        self.base = base
        self.header = header
        self.prefix = prefix
        self.secret = secret
        self.variables = variables
        self.path = path
    }

    /// The host inside.
    var host: HostName { .name(name + "." + Self.domain) }

    /// Where it is, inside.
    package var url: String { "http://\(name).\(Self.domain)" }
}

/// Without the key, which is in no file.
extension NamedUpstream: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, base, header, prefix, variables
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            name: container.decode(String.self, forKey: .name), base: container.decode(String.self, forKey: .base),
            header: container.decodeIfPresent(String.self, forKey: .header) ?? "Authorization",
            prefix: container.decodeIfPresent(String.self, forKey: .prefix) ?? "Bearer ", secret: nil,
            variables: container.decodeIfPresent([String].self, forKey: .variables) ?? [])
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(base, forKey: .base)
        try container.encode(header, forKey: .header)
        try container.encode(prefix, forKey: .prefix)
        try container.encode(variables, forKey: .variables)
    }
}

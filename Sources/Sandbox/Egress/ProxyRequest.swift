internal import Base
internal import NIOHTTP1

/// A request of plain HTTP, read in the one way in which it may be read, and as it goes on.
struct ProxyRequest {
    /// Who a request is for, as far as the connection says it.
    enum Role {
        /// A proxy was asked: the request line says it.
        case proxy
        /// The connection is one to this host already: the `Host` header must agree.
        case captured(HostAndPort)
    }

    /// The host that is meant.
    var target: HostAndPort
    /// Path and query.
    let path: String

    /// Reads a head.
    init(_ head: HTTPRequestHead, _ role: Role) throws(EgressRefusal) {
        try Self.check(head)
        let named = try Self.namedHost(head)
        let rest = head.uri.dropFirst("http://".count)
        if head.uri.prefix("http://".count).lowercased() == "http://" {
            let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
            let inURL = try Self.target(String(rest[..<end]))
            if let named, named != inURL {
                throw EgressRefusal(
                    .hostMismatch, "The Host header says \(named), the request line \(inURL).")
            }
            if case .captured(let expected) = role, expected != inURL { throw Self.mismatch(inURL, expected) }
            target = inURL
            path = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/" + rest[end...]
            return
        }
        guard case .captured(let expected) = role else {
            throw EgressRefusal(.badRequest, "This is a proxy: ask it for http://host/path, or for CONNECT host:port.")
        }
        guard head.uri.hasPrefix("/") || (head.uri == "*" && head.method == .OPTIONS) else {
            throw EgressRefusal(.badRequest, "The request line names no path and no http:// address.")
        }
        // HTTP/1.0 needs no Host header.
        if let named, named != expected { throw Self.mismatch(named, expected) }
        guard named != nil || head.version.minor == 0 else {
            throw EgressRefusal(.badRequest, "The request has no Host header.")
        }
        target = expected
        path = head.uri
    }

    private static func mismatch(_ named: HostAndPort, _ expected: HostAndPort) -> EgressRefusal {
        EgressRefusal(.hostMismatch, "The request is for \(named), the connection for \(expected).")
    }

    /// Two programs that read a request's end differently can be made to see different requests (RFC 9112, section 11.2).
    private static func check(_ head: HTTPRequestHead) throws(EgressRefusal) {
        guard head.version.major == 1, (0...1).contains(head.version.minor) else {
            throw EgressRefusal(.badRequest, "Only HTTP/1.1 and 1.0 are spoken here.")
        }
        let encodings = head.headers["transfer-encoding"]
        let lengths = head.headers["content-length"]
        guard encodings.isEmpty || (encodings.count == 1 && encodings[0].lowercased() == "chunked") else {
            throw EgressRefusal(.badRequest, "The only transfer encoding that goes through is chunked, once.")
        }
        guard encodings.isEmpty || (lengths.isEmpty && head.version.minor == 1), lengths.count <= 1 else {
            throw EgressRefusal(.badRequest, "The request says in two ways how long it is.")
        }
        guard lengths.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            throw EgressRefusal(.badRequest, "The request's length is no number.")
        }
        guard head.uri.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), !head.uri.contains("#") else {
            throw EgressRefusal(.badRequest, "The request line holds spaces, control characters or a fragment.")
        }
        let areClean = head.headers.allSatisfy { header in
            header.value.utf8.allSatisfy { $0 == 9 || ($0 >= 0x20 && $0 != 0x7F) }
        }
        guard areClean else { throw EgressRefusal(.badRequest, "A header holds control characters.") }
    }

    private static func namedHost(_ head: HTTPRequestHead) throws(EgressRefusal) -> HostAndPort? {
        let hosts = head.headers["host"]
        guard hosts.count <= 1 else { throw EgressRefusal(.badRequest, "The request has several Host headers.") }
        return if let host = hosts.first { try target(host) } else { nil }
    }

    private static func target(_ text: String) throws(EgressRefusal) -> HostAndPort {
        do { return try HostAndPort(text, standard: 80) } catch {
            throw EgressRefusal(.badRequest, error.message)
        }
    }

    /// The head as it goes to the server.
    func forwarded(_ head: HTTPRequestHead, to upstream: NamedUpstream?) throws(EgressRefusal) -> HTTPRequestHead {
        var sent = HTTPRequestHead(version: .http1_1, method: head.method, uri: path)
        sent.headers = head.headers.endToEnd
        sent.headers.remove(name: "host")
        if head.headers.contains(name: "transfer-encoding") {
            sent.headers.add(name: "transfer-encoding", value: "chunked")
        } else if !head.headers.contains(name: "content-length"), [.POST, .PUT, .PATCH].contains(head.method) {
            sent.headers.add(name: "content-length", value: "0")
        }
        guard let upstream else {
            sent.headers.add(name: "host", value: target.port == 80 ? target.host.inAuthority : target.description)
            return sent
        }
        try Self.refuseWayUp(path)
        sent.uri = upstream.path + path
        let server = upstream.target
        sent.headers.add(name: "host", value: server.port == 443 ? server.host.inAuthority : server.description)
        // What the client takes for a key is none of the server's business.
        for name in ["authorization", "x-api-key", "api-key", upstream.header] { sent.headers.remove(name: name) }
        upstream.secret?.reveal { sent.headers.add(name: upstream.header, value: upstream.prefix + $0) }
        return sent
    }

    /// A path that leads above the upstream's own would use the key for something else.
    private static func refuseWayUp(_ path: String) throws(EgressRefusal) {
        let plain = path.prefix { $0 != "?" }.lowercased().split(separator: "%2e", omittingEmptySubsequences: false)
            .joined(separator: ".").split(separator: "%2f", omittingEmptySubsequences: false).joined(separator: "/")
        guard !plain.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..") else {
            throw EgressRefusal(.badRequest, "The path leads above the upstream's own.")
        }
    }
}

extension HTTPHeaders {
    /// Without those that are about one connection (RFC 9110, section 7.6.1), and those of proxies.
    var endToEnd: HTTPHeaders {
        let named = self[canonicalForm: "connection"].map { $0.lowercased() }
        let dropped =
            Set(named).subtracting(["host", "content-length", "transfer-encoding", "content-type", "authorization"])
            .union([
                "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te",
                "trailer", "transfer-encoding", "upgrade", "http2-settings",
            ])
        return HTTPHeaders(filter { !dropped.contains($0.name.lowercased()) }.map { ($0.name, $0.value) })
    }
}

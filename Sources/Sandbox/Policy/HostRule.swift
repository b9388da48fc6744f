/// One rule about hosts: `[METHOD,…] [http://|https://]host[:port]`.
struct HostRule: Sendable, Hashable {
    enum Pattern: Sendable, Hashable {
        case exactly(HostName)
        /// All names below a domain, not the domain itself.
        case below(String)
    }

    enum Scheme: String, Sendable, Hashable {
        case http, https

        var port: Int { self == .http ? 80 : 443 }
    }

    /// As it was written.
    let text: String
    let pattern: Pattern
    /// Where it is written.
    let port: Int?
    let scheme: Scheme?
    /// All, where empty.
    let methods: Set<String>

    /// Reads a rule.
    ///
    /// - Parameter denies: whether it is one that refuses; those may be wider.
    init(_ text: String, denies: Bool) throws(SandboxError) {
        self.text = text
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard (1...2).contains(words.count), var rest = words.last.map(String.init) else {
            throw Self.problem(text, "write a host, or methods, one space and http://host")
        }
        var scheme: Scheme?
        if let end = rest.firstRange(of: "://") {
            guard let found = Scheme(rawValue: rest[..<end.lowerBound].lowercased()) else {
                throw Self.problem(text, "only http:// and https:// are known")
            }
            scheme = found
            rest = String(rest[end.upperBound...])
        }
        guard !rest.contains("/") else { throw Self.problem(text, "a rule names a host, not a path") }
        self.scheme = scheme
        methods = words.count == 2 ? Set(words[0].split(separator: ",").map(String.init)) : []
        if words.count == 2 {
            guard scheme == .http else {
                throw Self.problem(text, "the method of an encrypted request cannot be seen; only http:// can have one")
            }
            guard !methods.isEmpty, methods.allSatisfy({ $0.utf8.allSatisfy { (0x41...0x5A).contains($0) } }) else {
                throw Self.problem(text, "methods are words in capitals with commas between them, such as GET,HEAD")
            }
        }
        do {
            (pattern, port) = try Self.pattern(rest, denies: denies)
        } catch {
            throw Self.problem(text, String(error.message.dropLast()))
        }
    }

    private static func pattern(_ text: String, denies: Bool) throws(SandboxError) -> (Pattern, Int?) {
        if let address = NetworkAddress(text) { return (.exactly(.address(address)), nil) }
        let (host, port) = try HostAndPort.split(text)
        if host.hasPrefix("*.") {
            guard case .name(let domain) = try HostName(String(host.dropFirst(2))) else {
                throw SandboxError(.policy, "an address has no domain above it.")
            }
            guard denies || domain.contains(".") else {
                throw SandboxError(.policy, "*.\(domain) is wider than one owner: name a domain below .\(domain).")
            }
            guard denies || !isOwn(domain) else { throw own(domain) }
            return (.below(domain), port)
        }
        guard !host.contains("*") else {
            throw SandboxError(.policy, "* stands for what is below a domain, as in *.example.org, and nowhere else.")
        }
        let found = try HostName(host)
        if case .name(let name) = found, isOwn(name) { throw own(name) }
        return (.exactly(found), port)
    }

    /// Names that mean this machine, or what the proxy answers itself.
    private static func isOwn(_ name: String) -> Bool {
        ["localhost", NamedUpstream.domain].contains { name == $0 || name.hasSuffix("." + $0) }
    }

    private static func own(_ name: String) -> SandboxError {
        SandboxError(.policy, "\(name) is no host outside: name this machine by its address, as in 127.0.0.1:8080.")
    }

    private static func problem(_ text: String, _ what: String) -> SandboxError {
        SandboxError(.policy, "The rule \(HostName.shown(text)) about hosts cannot be kept: \(what).")
    }

    /// Whether it is about a host, whatever the port and method.
    func isAbout(_ host: HostName) -> Bool {
        switch pattern {
        case .exactly(let own): own == host
        case .below(let domain): host.isBelow(domain)
        }
    }

    /// Whether a permission is for a port.
    func allows(port: Int) -> Bool {
        if let own = self.port { return own == port }
        if let scheme { return scheme.port == port }
        return port == 80 || port == 443
    }

    /// Whether a denial is for a port: for all of them where it names none.
    func denies(port: Int) -> Bool {
        self.port.map { $0 == port } ?? scheme.map { $0.port == port } ?? true
    }
}

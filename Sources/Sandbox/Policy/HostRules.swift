/// Which hosts may be reached from inside: what is not allowed is refused, and a denial beats a permission.
///
/// ```swift
/// let rules = try HostRules(allow: ["api.example.org", "*.example.net", "GET,HEAD http://deb.debian.org"])
/// ```
package struct HostRules: Sendable, Hashable {
    /// Names, `*.domain` for all below a domain, or addresses; `host:port` for another port than 80 and 443. With
    /// `http://` or `https://` for one of the two, and with methods before `http://`.
    package let allow: [String]
    /// The same, refused even where a permission fits.
    package let deny: [String]
    /// Permissions, too, that the user of this machine gave, and no project and no model: their names may lead to private
    /// addresses, as those of a company's own servers do.
    package let chosen: [String]

    private let permissions: [HostRule]
    private let denials: [HostRule]
    private let choices: [HostRule]

    /// Rules.
    ///
    /// - Throws: `SandboxError` with the first rule that cannot be kept, and why.
    package init(allow: [String], deny: [String] = [], chosen: [String] = []) throws(SandboxError) {
        self.allow = allow
        self.deny = deny
        self.chosen = chosen
        var permissions: [HostRule] = []
        var denials: [HostRule] = []
        var choices: [HostRule] = []
        for text in chosen { choices.append(try HostRule(text, denies: false)) }
        for text in allow { permissions.append(try HostRule(text, denies: false)) }
        for text in deny { denials.append(try HostRule(text, denies: true)) }
        self.permissions = permissions + choices
        self.denials = denials
        self.choices = choices
    }

    /// What somebody inside wants to do with a host.
    package enum Access: Sendable, Hashable {
        /// A request whose method can be seen.
        case request(method: String)
        /// Bytes that nobody reads, which may be anything.
        case tunnel
    }

    /// A host's verdict.
    package enum Decision: Sendable, Hashable {
        /// By this rule.
        case allowed(rule: String)
        case denied(EgressRefusal)
    }

    /// Judges.
    package func decision(_ target: HostAndPort, _ access: Access) -> Decision {
        let denial = denials.first { rule in
            guard rule.isAbout(target.host), rule.denies(port: target.port) else { return false }
            // What is in a tunnel cannot be seen, so it is refused with whatever it could carry.
            guard case .request(let method) = access else { return true }
            return rule.scheme != .https && (rule.methods.isEmpty || rule.methods.contains(method))
        }
        if let denial {
            return .denied(EgressRefusal(.denylist, "\(target) is refused by the rule \(denial.text)."))
        }
        let about = permissions.filter { $0.isAbout(target.host) }
        let fitting = about.filter { $0.allows(port: target.port) }
        let permission = fitting.first { rule in
            guard case .request(let method) = access else { return rule.scheme != .http }
            return rule.scheme != .https && (rule.methods.isEmpty || rule.methods.contains(method))
        }
        if let permission { return .allowed(rule: permission.text) }
        if let other = fitting.first {
            return .denied(
                EgressRefusal(.methodPolicy, "\(target) may be reached only as the rule \(other.text) says."))
        }
        if !about.isEmpty {
            return .denied(
                EgressRefusal(.allowlist, "Port \(target.port) of \(target.host) is not allowed: a rule must name it."))
        }
        return .denied(EgressRefusal(.allowlist, "\(target) is not among the hosts that may be reached."))
    }

    /// Whether any request to a name could be allowed: only then may its address be asked for.
    package func couldAllow(_ host: HostName) -> Bool {
        permissions.contains { $0.isAbout(host) }
            && !denials.contains { $0.isAbout(host) && $0.port == nil && $0.scheme == nil && $0.methods.isEmpty }
    }

    /// Whether a rule names an address itself, so that it may be reached though it is private.
    func names(_ address: NetworkAddress, port: Int) -> Bool {
        permissions.contains { $0.pattern == .exactly(.address(address)) && $0.allows(port: port) }
    }

    /// Whether the user chose a host, so that its name may lead to a private address.
    func isChosen(_ target: HostAndPort) -> Bool {
        choices.contains { $0.isAbout(target.host) && $0.allows(port: target.port) }
    }

    /// Whether an address that a name led to is refused.
    func deniesAddress(_ address: NetworkAddress, port: Int) -> Bool {
        denials.contains { $0.pattern == .exactly(.address(address)) && $0.denies(port: port) }
    }

    /// The addresses of this machine that rules name: programs must ask the proxy for those.
    var namedLoopbacks: Set<String> {
        Set(
            permissions.compactMap { rule in
                guard case .exactly(.address(let address)) = rule.pattern else { return nil }
                return address.bytes.first == 127 || address.description == "::1" ? address.description : nil
            })
    }
}

extension HostRules: Codable {
    private enum CodingKeys: String, CodingKey {
        case allow, deny, chosen
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            allow: container.decode([String].self, forKey: .allow),
            deny: container.decodeIfPresent([String].self, forKey: .deny) ?? [],
            chosen: container.decodeIfPresent([String].self, forKey: .chosen) ?? [])
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(allow, forKey: .allow)
        try container.encode(deny, forKey: .deny)
        if !chosen.isEmpty { try container.encode(chosen, forKey: .chosen) }
    }
}

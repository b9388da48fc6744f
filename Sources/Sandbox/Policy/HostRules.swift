/// Which hosts may be reached from inside: what is not allowed is refused, and a denial beats a permission.
package struct HostRules: Sendable, Hashable, Codable {
    /// Names, `*.domain` for all below a domain, or addresses; `host:port` for another port than 80 and 443.
    package let allow: [String]
    /// The same, refused even where a permission fits.
    package let deny: [String]

    /// Rules.
    package init(allow: [String], deny: [String] = []) throws {
        self.allow = allow
        self.deny = deny
    }
}

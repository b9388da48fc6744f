/// The address of a page, read strictly: what two programs could read in two ways is refused.
///
/// Source: RFC 3986, without user information and with ASCII alone.
package struct WebAddress: Sendable, Hashable {
    /// `http` or `https`.
    package let scheme: String
    /// In small letters, without a dot at the end; an address of IPv6 stands in brackets.
    package let host: String
    package let port: Int?
    /// With its query, from the first slash on.
    package let path: String

    private static let longest = 8_000

    /// - Throws: `AgentsError` with what is wrong.
    package init(_ text: String) throws(AgentsError) {
        func wrong(_ why: String) -> AgentsError {
            AgentsError(.usage, "\"\(ToolText.shown(ToolText.oneLine(String(text.prefix(200)))))\" \(why).")
        }
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else {
            throw wrong(
                "is no address that can be fetched: it is too long, or holds spaces, backslashes or other letters than "
                    + "ASCII; encode them as %20 and so on")
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        scheme = parts[0].lowercased()
        guard ["http", "https"].contains(scheme), parts.count == 2, parts[1].hasPrefix("//") else {
            throw wrong("should begin with https:// or http://")
        }
        let rest = parts[1].dropFirst(2).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest.dropFirst(authority.count)
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail
        guard !authority.contains("@") else { throw wrong("holds a name or a password, which is not sent") }
        var name = authority.lowercased()
        var number: Int?
        if let colon = name.lastIndex(of: ":"), !name.hasSuffix("]") {
            let digits = name[name.index(after: colon)...]
            guard let value = Int(digits), (1...65_535).contains(value), digits.allSatisfy(\.isNumber) else {
                throw wrong("has no port that there is")
            }
            number = value
            name = String(name[..<colon])
        }
        if name.hasSuffix(".") { name.removeLast() }
        let isV6 = name.hasPrefix("[") && name.hasSuffix("]")
        let letters = isV6 ? name.dropFirst().dropLast() : name[...]
        let isName = letters.allSatisfy {
            $0.isLetter || $0.isNumber || $0 == "." || $0 == (isV6 ? ":" : "-")
        }
        guard !letters.isEmpty, isName, !name.contains(".."), !name.hasPrefix("."), name.utf8.count <= 255 else {
            throw wrong("has no host that can be asked")
        }
        host = name
        port = number
    }

    /// As it is asked for.
    package var text: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)" }

    /// What rules of hosts name it as: with its port, where it is not the usual one of its scheme.
    package var rule: String {
        guard let port, port != (scheme == "https" ? 443 : 80) else { return host }
        return "\(host):\(port)"
    }

    /// Whether the address itself can carry much: what a model was told to give away could stand in it.
    var carriesData: Bool { path.contains("?") || path.utf8.count > 200 }
}

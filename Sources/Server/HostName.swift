/// The name in a `Host` header or an option, without port and brackets.
struct HostName: Hashable, Sendable {
    /// Lower-case, without a dot at its end.
    let name: String

    /// Reads `name`, `name:port`, `[address]:port` or a bare IPv6 address.
    init(_ text: String) {
        var name = Substring(text)
        if name.hasPrefix("["), let end = name.firstIndex(of: "]") {
            name = name[name.index(after: name.startIndex)..<end]
        } else if name.count(where: { $0 == ":" }) == 1, let colon = name.firstIndex(of: ":") {
            name = name[..<colon]
        }
        if name.hasSuffix(".") { name = name.dropLast() }
        self.name = name.lowercased()
    }

    /// Whether it means this machine itself: `localhost`, `::1`, or an address in 127.0.0.0/8.
    var isLoopback: Bool {
        if name == "localhost" || name == "::1" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

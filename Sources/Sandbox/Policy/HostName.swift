/// A host in its one form. Rules, CONNECT targets, URLs, `Host` headers, TLS server names and DNS names are all read here,
/// so that no two of them can be read differently.
///
/// Names are lower case, without the closing dot; punycode stays as it is. What WHATWG's URL standard would read as an
/// IPv4 number in another notation (`0177.1`, `0x7f.1`, `2130706433`) is refused: programs disagree about it.
package enum HostName: Sendable, Hashable, CustomStringConvertible {
    case name(String)
    case address(NetworkAddress)

    /// Reads a host.
    ///
    /// - Parameter text: a name, an IPv4 address, or an IPv6 address with or without brackets.
    /// - Throws: `SandboxError` with what is wrong with it.
    package init(_ text: String) throws(SandboxError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw Self.problem(text, "is empty") }
        guard bytes.count <= 1024 else { throw Self.problem(text, "is longer than a host can be") }
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            throw Self.problem(text, "is not ASCII: write it in punycode (xn--…)")
        }
        if bytes.first == UInt8(ascii: "[") || bytes.contains(UInt8(ascii: ":")) {
            self = .address(try Self.six(text))
            return
        }
        guard bytes.allSatisfy(Self.isOfName) else {
            throw Self.problem(text, "holds a character that no host's name has")
        }
        let name = String(decoding: (bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes[...]), as: UTF8.self)
            .lowercased()
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.allSatisfy({ (1...63).contains($0.count) }), name.utf8.count <= 253 else {
            throw Self.problem(text, "has an empty part, or one of more than 63 characters, or more than 253 in all")
        }
        if Self.isNumber(labels[labels.count - 1]) {
            guard let address = NetworkAddress(name) else {
                throw Self.problem(
                    text, "ends in a number, but is no IPv4 address of four decimal numbers without leading zeros")
            }
            self = .address(address)
            return
        }
        guard labels.allSatisfy({ $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-") }) else {
            throw Self.problem(text, "has a part that begins or ends with a hyphen")
        }
        self = .name(name)
    }

    private static func six(_ text: String) throws(SandboxError) -> NetworkAddress {
        let hasBrackets = text.hasPrefix("[") && text.hasSuffix("]")
        let inner = hasBrackets ? String(text.dropFirst().dropLast()) : text
        guard let address = NetworkAddress(inner), inner.utf8.contains(UInt8(ascii: ":")) else {
            throw problem(text, "is no IPv6 address, which has no zone and stands in brackets before a port")
        }
        return address
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }

    /// WHATWG's "ends in a number": digits only, or `0x` and hexadecimal digits.
    private static func isNumber(_ label: Substring.UTF8View) -> Bool {
        if label.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        guard label.starts(with: "0x".utf8) else { return false }
        return label.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func problem(_ text: String, _ what: String) -> SandboxError {
        SandboxError(.policy, "The host \(shown(text)) \(what).")
    }

    /// A text from inside as it may be printed: short, and without control characters.
    static func shown(_ text: String) -> String {
        let printable = text.unicodeScalars.prefix(100).map { scalar in
            scalar.value < 0x20 || scalar.value > 0x7E ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
        return "“" + printable.joined() + (text.unicodeScalars.count > 100 ? "…" : "") + "”"
    }

    /// The name, or the address.
    package var description: String {
        switch self {
        case .name(let name): name
        case .address(let address): address.description
        }
    }

    /// As it stands before a port.
    package var inAuthority: String {
        switch self {
        case .name(let name): name
        case .address(let address): address.inAuthority
        }
    }

    /// Whether it is below a domain: `a.example.org` is below `example.org`, which is not below itself.
    func isBelow(_ domain: String) -> Bool {
        if case .name(let name) = self { name.hasSuffix("." + domain) } else { false }
    }
}

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// An IPv4 or IPv6 address. An IPv4 address that is written as an IPv6 one (`::ffff:1.2.3.4`) is the IPv4 address.
package struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes.
    package let bytes: [UInt8]

    /// An address of 4 or 16 bytes; nil for any other number.
    package init?(bytes: [UInt8]) {
        switch bytes.count {
        case 4: self.bytes = bytes
        case 16:
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            self.bytes = isMapped ? Array(bytes[12...]) : bytes
        default: return nil
        }
    }

    /// Four decimal numbers without leading zeros, or IPv6 without brackets and zone; nil for all else.
    package init?(_ text: String) {
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard text.utf8.count <= 45, text.utf8.allSatisfy(Self.isOfSix) else { return nil }
            var found = [UInt8](repeating: 0, count: 16)
            guard inet_pton(AF_INET6, text, &found) == 1 else { return nil }
            self.init(bytes: found)
        } else {
            let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            let numbers = parts.compactMap(Self.number)
            guard parts.count == 4, numbers.count == 4 else { return nil }
            self.init(bytes: numbers)
        }
    }

    private static func isOfSix(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func number(_ digits: Substring.UTF8View) -> UInt8? {
        guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            digits.count == 1 || digits.first != 0x30
        else { return nil }
        return UInt8(String(Substring(digits)))
    }

    /// Whether it is one of IPv6.
    package var isSix: Bool { bytes.count == 16 }

    /// As `inet_ntop` writes it.
    package var description: String {
        guard isSix else { return bytes.map(String.init).joined(separator: ".") }
        var text = [CChar](repeating: 0, count: 46)
        guard inet_ntop(AF_INET6, bytes, &text, 46) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// As it stands in a URL: IPv6 in brackets.
    package var inAuthority: String { isSix ? "[\(description)]" : description }

    /// Whether it can be a host that anybody may reach: not private, not this machine, not its link, not shared by a
    /// provider, not for documents and measurements, not multicast.
    ///
    /// By IANA's registries of special addresses (RFC 6890 and its successors), the stricter reading where they leave
    /// one. IPv4 inside IPv6 (NAT64, 6to4) is judged as IPv4; Teredo and IPv4-compatible addresses are refused.
    package var isPublic: Bool {
        guard isSix else { return Self.isPublicFour(bytes) }
        if starts(with: [0x00, 0x64, 0xFF, 0x9B]) {
            return bytes[4..<12].allSatisfy { $0 == 0 } && Self.isPublicFour(Array(bytes[12...]))
        }
        if starts(with: [0x20, 0x02]) { return Self.isPublicFour(Array(bytes[2..<6])) }
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        let isSpecial =
            starts(with: [0x20, 0x01, 0x0D, 0xB8])  // documents
            || (starts(with: [0x20, 0x01]) && bytes[2] < 2)  // 2001::/23: protocols, Teredo, benchmarks
            || (starts(with: [0x3F, 0xFF]) && bytes[2] < 0x10)  // 3fff::/20: documents
        return !isSpecial
    }

    private func starts(with prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }

    private static func isPublicFour(_ bytes: [UInt8]) -> Bool {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _): false
        case (100, 64...127, _): false
        case (169, 254, _), (172, 16...31, _), (192, 168, _): false
        case (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 51, 100), (203, 0, 113): false
        case (198, 18...19, _): false
        case (224..., _, _): false
        default: true
        }
    }
}

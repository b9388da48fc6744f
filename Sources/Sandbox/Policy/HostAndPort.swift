/// A host with its port, as a CONNECT target, a URL's authority or a `Host` header has them.
package struct HostAndPort: Sendable, Hashable, CustomStringConvertible {
    package var host: HostName
    package var port: Int

    package init(host: HostName, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port` or `[address]:port`.
    ///
    /// - Parameter standard: the port where none is written; nil where one must be.
    package init(_ text: String, standard: Int?) throws(SandboxError) {
        let (host, port) = try Self.split(text)
        self.host = try HostName(host)
        guard let found = port ?? standard else {
            throw SandboxError(.policy, "\(HostName.shown(text)) names no port: write host:port.")
        }
        self.port = found
    }

    /// Parts a text at the colon before the port, if it has one. IPv6 must be in brackets to have one.
    static func split(_ text: String) throws(SandboxError) -> (host: String, port: Int?) {
        let bytes = Array(text.utf8)
        let end = bytes.first == UInt8(ascii: "[") ? bytes.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } : nil
        let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") && $0 >= end ?? 0 }
        if let end {
            guard end == bytes.count || colons == [end] else {
                throw SandboxError(.policy, "\(HostName.shown(text)) is no host and port.")
            }
        } else if colons.count > 1 {
            throw SandboxError(.policy, "The IPv6 address in \(HostName.shown(text)) must stand in brackets.")
        }
        guard let colon = colons.first else { return (text, nil) }
        let digits = bytes[(colon + 1)...]
        guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(port)
        else {
            throw SandboxError(.policy, "\(HostName.shown(text)) has no port between 1 and 65535 behind the colon.")
        }
        return (String(decoding: bytes[..<colon], as: UTF8.self), port)
    }

    package var description: String { "\(host.inAuthority):\(port)" }
}

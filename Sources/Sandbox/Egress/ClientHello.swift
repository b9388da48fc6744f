/// Finds the server's name in the first message of a TLS client (RFC 8446, sections 4.1.2 and 5.1; RFC 6066, section 3),
/// which may come in several records and in any pieces.
struct ClientHello: Sendable {
    enum Result: Sendable, Hashable {
        /// More bytes are needed.
        case incomplete
        /// A greeting, with the name in it if there is one.
        case greeting(serverName: String?)
        /// Something else, or more than a greeting can be.
        case other
    }

    /// More than any client sends, also with keys against quantum computers.
    static let most = 64 << 10

    /// Reads what has come so far.
    static func read(_ bytes: some Collection<UInt8>) -> Result {
        var records = Reader(bytes.prefix(most + 5))
        var handshake: [UInt8] = []
        while true {
            guard let type = records.number(1) else { break }
            guard type == 22 else { return .other }
            guard let version = records.number(2) else { break }
            guard version >> 8 == 3 else { return .other }
            guard let length = records.number(2) else { break }
            guard (1...(1 << 14)).contains(length) else { return .other }
            let piece = records.upTo(length)
            handshake += piece
            if let whole = expected(handshake), handshake.count >= whole {
                return greeting(handshake[4..<whole])
            }
            if let first = handshake.first, first != 1 { return .other }
            if let whole = expected(handshake), whole > most { return .other }
            if piece.count < length { break }
        }
        return bytes.count > most ? .other : .incomplete
    }

    private static func expected(_ handshake: [UInt8]) -> Int? {
        guard handshake.count >= 4 else { return nil }
        return 4 + (Int(handshake[1]) << 16 | Int(handshake[2]) << 8 | Int(handshake[3]))
    }

    private static func greeting(_ body: some Collection<UInt8>) -> Result {
        var reader = Reader(body)
        guard reader.skip(2 + 32), reader.vector(1) != nil, reader.vector(2) != nil, reader.vector(1) != nil else {
            return .other
        }
        if reader.isAtEnd { return .greeting(serverName: nil) }
        guard let all = reader.vector(2), reader.isAtEnd else { return .other }
        var extensions = Reader(all)
        var name: String?
        while !extensions.isAtEnd {
            guard let type = extensions.number(2), let content = extensions.vector(2) else { return .other }
            guard type == 0 else { continue }
            // A second one could be the one that the server reads.
            guard name == nil, let found = serverName(content) else { return .other }
            name = found
        }
        return .greeting(serverName: name)
    }

    private static func serverName(_ content: [UInt8]) -> String? {
        var reader = Reader(content)
        guard let list = reader.vector(2), reader.isAtEnd else { return nil }
        var names = Reader(list)
        guard names.number(1) == 0, let name = names.vector(2), names.isAtEnd, !name.isEmpty else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// Reads numbers and counted runs of bytes.
    private struct Reader {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func number(_ count: Int) -> Int? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
        }

        mutating func skip(_ count: Int) -> Bool {
            defer { rest = rest.dropFirst(count) }
            return rest.count >= count
        }

        mutating func upTo(_ count: Int) -> [UInt8] {
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }

        /// A run whose length stands before it in so many bytes.
        mutating func vector(_ bytesOfLength: Int) -> [UInt8]? {
            guard let length = number(bytesOfLength), rest.count >= length else { return nil }
            return upTo(length)
        }
    }
}

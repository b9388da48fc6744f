/// A question to a name server (RFC 1035), and answers to it. Only what a stub needs: one question, one address.
struct DNSQuestion: Sendable, Hashable {
    /// RFC 1035, section 4.1.1.
    enum ResponseCode: UInt8, Sendable {
        case noError = 0
        case formatError = 1
        case serverFailure = 2
        case nameError = 3
        case notImplemented = 4
        case refused = 5
    }

    static let address: UInt16 = 1
    static let addressOfSix: UInt16 = 28

    /// The labels as text with dots; nil where a label holds what would read as another name.
    let name: String?
    let type: UInt16
    /// Identifier, flags and the question itself, for the answer.
    private let head: [UInt8]
    private let question: [UInt8]
    private let isInternet: Bool

    /// Reads a message; nil where it is no query, and nothing is answered.
    init?(_ message: [UInt8]) {
        // One question; answers and authorities none; additional records (EDNS) are not read.
        guard (17...4096).contains(message.count), message[2] & 0x80 == 0, message[2] & 0x78 == 0,
            message[4...9].elementsEqual([0, 1, 0, 0, 0, 0])
        else { return nil }
        head = Array(message[0..<4])
        var labels: [String] = []
        var isClean = true
        var at = 12
        while message[at] != 0 {
            let length = Int(message[at])
            // Two high bits would be a pointer, which a question has no use for.
            guard length <= 63, at + 1 + length < message.count, at - 12 + length < 255 else { return nil }
            let label = message[(at + 1)...(at + length)]
            isClean = isClean && !label.contains(UInt8(ascii: ".")) && label.allSatisfy { $0 < 0x80 }
            labels.append(String(decoding: label, as: UTF8.self))
            at += 1 + length
        }
        guard at + 5 <= message.count else { return nil }
        name = isClean && !labels.isEmpty ? labels.joined(separator: ".") : nil
        type = UInt16(message[at + 1]) << 8 | UInt16(message[at + 2])
        isInternet = message[at + 3] == 0 && message[at + 4] == 1
        question = Array(message[12..<(at + 5)])
    }

    /// Whether it asks for an address.
    var asksForAddress: Bool { isInternet && (type == Self.address || type == Self.addressOfSix) }

    /// An answer, with an IPv4 address where there is one.
    func answer(_ code: ResponseCode, _ address: NetworkAddress? = nil) -> [UInt8] {
        // A response, recursion as desired and available.
        var message = [head[0], head[1], 0x80 | head[2] & 0x01, 0x80 | code.rawValue]
        message += [0, 1, 0, address == nil ? 0 : 1, 0, 0, 0, 0] + question
        // The name by a pointer to the question's, type A, class IN, 60 s.
        if let address { message += [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4] + address.bytes }
        return message
    }
}

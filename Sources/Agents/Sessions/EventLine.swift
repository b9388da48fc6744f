internal import Base

/// An event as one line of a session's file: its JSON, with a checksum as the last member.
///
/// The checksum is the first 64 bits of the SHA-256 of the line without it, so that a line is checked without being
/// written anew.
enum EventLine {
    private static let opening = #","sum":""#
    private static let closing = "\"}"
    private static let digits = 16

    /// The line, without its end.
    static func text(of event: SessionEvent) -> String {
        let body = event.json.canonicalText.dropLast()
        return body + opening + ContentHash(of: String(body)).hex.prefix(digits) + closing
    }

    /// The event that a line holds; nil where the line is not as it was written.
    static func body(of line: Substring) -> String? {
        let bytes = line.utf8
        let end = opening.utf8.count + digits + closing.utf8.count
        guard bytes.count > end, line.hasSuffix(closing) else { return nil }
        let body = String(decoding: bytes.dropLast(end), as: UTF8.self)
        let sum = String(decoding: bytes.dropLast(closing.utf8.count).suffix(digits), as: UTF8.self)
        guard bytes.dropLast(digits + closing.utf8.count).suffix(opening.utf8.count).elementsEqual(opening.utf8),
            ContentHash(of: body).hex.prefix(digits) == sum
        else { return nil }
        return body + "}"
    }
}

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

    /// Whether a line is as it was written. The sum is a member like others, so that the line itself is the event's JSON.
    static func isWhole(_ line: String) -> Bool {
        var line = line
        return line.withUTF8 { isWhole(UnsafeRawBufferPointer($0)) }
    }

    /// The same of a line's bytes.
    static func isWhole(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let end = bytes.count - opening.utf8.count - digits - closing.utf8.count
        guard end > 0, bytes[end...].starts(with: opening.utf8),
            bytes.suffix(closing.utf8.count).elementsEqual(closing.utf8)
        else { return false }
        var hash = ContentHash.Builder()
        hash.addPiece(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        let sum = bytes[(end + opening.utf8.count)...].prefix(digits)
        return hash.finish().hex.utf8.prefix(digits).elementsEqual(sum)
    }
}

internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Results that fit a conversation: head and tail, with the path of the whole.
enum ToolText {
    /// Bytes of a result that the model reads.
    static let limit = 16_000
    /// A line that is longer is cut: a gigabyte without an end of line is no line.
    static let longestLine = 2_000

    /// The bytes as text that can be shown: invalid UTF-8 repaired, control characters made visible, long lines cut.
    static func shown(_ bytes: some Collection<UInt8>) -> String {
        shown(String(decoding: bytes, as: UTF8.self))
    }

    static func shown(_ text: String) -> String {
        // By scalars: a carriage return and a line feed are one character, at which no line would end.
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { scalars in
            let line = Substring(scalars)
            let cut = line.utf8.count > longestLine ? line.prefix(longestLine) + " … (line cut)" : line
            return String(String.UnicodeScalarView(cut.unicodeScalars.map(visible)))
        }.joined(separator: "\n")
    }

    /// The text with control characters made visible: a name may hold what a terminal would obey.
    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { visible($0) != $0 && $0 != "\n" }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" ? $0 : visible($0) }))
    }

    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09, 0x20...0x7E, 0xA0...: scalar
        // The control pictures stand for what they are.
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? " "
        default: "\u{FFFD}"
        }
    }

    /// A name that may hold ends of lines, as one line.
    static func oneLine(_ text: String) -> String { String(text.map { $0.isNewline ? "\u{240A}" : $0 }) }

    /// Head and tail where the text is too long, and a file with all of it.
    ///
    /// - Parameter all: what the text was made of, where lines of it were cut.
    static func bounded(
        _ text: String, of all: String? = nil, in context: ToolContext
    ) -> (text: String, whole: String?) {
        let all = all ?? text
        guard text.utf8.count > limit || all.utf8.count > text.utf8.count else { return (text, nil) }
        let whole = freePath(context)
        let isKept = FileManager.default.createFile(
            atPath: whole, contents: Data(all.utf8), attributes: [.posixPermissions: 0o600])
        var kept = HeadAndTail(limit: limit)
        var text = text
        text.withUTF8 { kept.append(UnsafeRawBufferPointer($0)) }
        return (kept.text + (isKept ? "\n(all of it: \(whole))" : ""), isKept ? whole : nil)
    }

    /// A file for the whole of a result. Servers give the same id to calls of different turns.
    static func freePath(_ context: ToolContext) -> String {
        let name = "\(context.outputFolder)/\(safeName(context.callID))"
        var path = name + ".txt"
        var number = 1
        while FileManager.default.fileExists(atPath: path), number < 10_000 {
            number += 1
            path = "\(name)-\(number).txt"
        }
        return path
    }

    /// A name that a model chose, as a file's name.
    static func safeName(_ name: String) -> String {
        let kept = name.unicodeScalars.map { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || scalar == "-" || scalar == "_" ? Character(scalar) : "_"
        }
        return kept.isEmpty ? "call" : String(kept.prefix(80))
    }
}

internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The bytes of a reviewed document as lines, of which some can be changed while all others stay as they are.
struct DocumentSource {
    /// The places of a line's bytes, and of its end: a line feed, a carriage return before it or not, or nothing.
    private struct Line {
        var content: Range<Int>
        var end: Range<Int>
    }

    let path: String
    let bytes: [UInt8]
    let text: String
    private let lines: [Line]

    /// The SHA-256 of the bytes.
    let hash: String

    /// How many lines there are: one more than ends of lines.
    var lineCount: Int { lines.count }

    /// A document of a project; nil where there is none.
    ///
    /// - Throws: `EngineerError` where it is no text that can be shown. A link is none: it could lead to a file of the
    ///   person who looks, which the project has no part in.
    static func read(_ kind: ReviewedDocument.Kind, in project: Project) throws(EngineerError) -> DocumentSource? {
        let path = project.path(kind.fileName)
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
        func refusal(_ reason: String) -> EngineerError {
            EngineerError(code: .project, message: "\(path) cannot be shown: \(reason)")
        }
        switch facts[.type] as? FileAttributeType {
        case .typeRegular?: break
        case .typeSymbolicLink?: throw refusal("it is a link, which is not followed. Put the file itself there.")
        default: throw refusal("it is no file.")
        }
        guard facts[.size] as? Int ?? 0 <= ReviewedDocument.longest else {
            throw refusal("it must have at most 1 MB.")
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw refusal("it cannot be read.") }
        guard let text = String(validating: data, as: UTF8.self) else { throw refusal("it must be a text in UTF-8.") }
        return DocumentSource(path: path, data: data, text: text)
    }

    private init(path: String, data: Data, text: String) {
        (self.path, self.text) = (path, text)
        let bytes = Array(data)
        // The mark of the encoding is no part of the first line.
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var lines: [Line] = []
        for place in bytes.indices where bytes[place] == UInt8(ascii: "\n") {
            let end = place > start && bytes[place - 1] == UInt8(ascii: "\r") ? place - 1 : place
            lines.append(Line(content: start..<end, end: end..<(place + 1)))
            start = place + 1
        }
        lines.append(Line(content: start..<bytes.count, end: bytes.count..<bytes.count))
        (self.bytes, self.lines) = (bytes, lines)
        hash = ContentHash(of: data).hex
    }

    /// Lines as they stand in the file, with a line feed between them.
    func text(of range: ClosedRange<Int>) -> String {
        lines[(range.lowerBound - 1)...(range.upperBound - 1)]
            .map { String(decoding: bytes[$0.content], as: UTF8.self) }.joined(separator: "\n")
    }

    /// The document with another text in place of some lines, or without them where it is empty. A line keeps its end; one
    /// more gets the end that lines have here.
    func replacing(_ range: ClosedRange<Int>, with text: String) -> [UInt8] {
        guard !text.utf8.elementsEqual(self.text(of: range).utf8) else { return bytes }
        let old = Array(lines[(range.lowerBound - 1)...(range.upperBound - 1)])
        guard let first = old.first, let last = old.last else { return bytes }
        let after = bytes[last.end.upperBound...]
        var result = Array(bytes[..<first.content.lowerBound])
        guard !text.isEmpty else { return result + after }
        let usual = (old + lines).first { !$0.end.isEmpty }.map { bytes[$0.end] } ?? [UInt8(ascii: "\n")]
        let rows = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (place, row) in rows.enumerated() {
            result += row
            if place == rows.count - 1 {
                result += bytes[last.end]
            } else {
                result += place < old.count - 1 ? bytes[old[place].end] : usual
            }
        }
        return result + after
    }
}

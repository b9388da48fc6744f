internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What was written at the prompt of a folder: `.neo/prompt-history`, a JSON string a line, for this user alone.
///
/// Nothing inside the walls sees it. That it cannot be kept is no reason not to work: it is passed over.
struct PromptHistory: Sendable {
    /// So many texts are kept.
    static let most = 500
    /// A text that is longer is not kept: it was pasted.
    static let longest = 16 << 10
    private let path: String

    init(workspace: String) { path = workspace + "/.neo/prompt-history" }

    /// The texts, the oldest first.
    func texts() -> [String] {
        guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        return lines.suffix(Self.most).compactMap { Self.text(String($0)) }
    }

    /// Keeps a text; it is on the disk when this returns.
    func append(_ text: String) {
        guard text.utf8.count <= Self.longest, !text.allSatisfy(\.isWhitespace) else { return }
        do {
            let (log, contents) = try LineLog.open(path, purpose: "The history \(path)") { Self.text($0) != nil }
            try log.append([JSONValue.string(text).canonicalText], isDurable: true)
            guard contents.lines.count >= 2 * Self.most else { return }
            let kept = contents.lines.suffix(Self.most - 1) + [JSONValue.string(text).canonicalText]
            try WholeFile.write(Array((kept.joined(separator: "\n") + "\n").utf8), to: path)
        } catch {}
    }

    private static func text(_ line: String) -> String? { (try? JSONValue(parsing: line))?.string }
}

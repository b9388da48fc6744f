#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A text that was looked at once and is kept: later texts must be equal.
///
/// With `RECORD=1` in the environment the file is written instead; its difference is then read in the version control.
///
/// ```swift
/// if let difference = try GoldenFile("help/search.txt", beside: #filePath).difference(from: text) {
///     Issue.record("\(difference)")
/// }
/// ```
package struct GoldenFile {
    private let path: String
    private let records: Bool

    /// A file in the folder `Golden` beside a source file.
    package init(
        _ name: String, beside source: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        path = URL(filePath: source).deletingLastPathComponent().appending(path: "Golden/\(name)").path
        records = environment["RECORD"] == "1"
    }

    /// Nil where the file holds this text, or does so now; else what differs, for people.
    package func difference(from text: String) throws -> String? {
        guard !records else {
            try writeTestFile(text, to: path)
            return nil
        }
        let advice = "RECORD=1 in the environment writes the file."
        guard let data = FileManager.default.contents(atPath: path) else { return "\(path) is missing. \(advice)" }
        let kept = String(decoding: data, as: UTF8.self)
        guard kept != text else { return nil }
        return "\(path) differs (- kept, + now). \(advice)\n\(Self.difference(from: kept, to: text))"
    }

    /// The lines that differ, each with two lines around it.
    package static func difference(from old: String, to new: String) -> String {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [(text: String, differs: Bool)] = []
        var (left, right) = (0, 0)
        while left < before.count || right < after.count {
            if removed.contains(left) {
                lines.append(("- \(before[left])", true))
                left += 1
            } else if inserted.contains(right) {
                lines.append(("+ \(after[right])", true))
                right += 1
            } else {
                lines.append(("  \(before[left])", false))
                (left, right) = (left + 1, right + 1)
            }
        }
        return shortened(lines)
    }

    private static func shortened(_ lines: [(text: String, differs: Bool)]) -> String {
        var result: [String] = []
        var skipped = false
        for index in lines.indices {
            let around = lines[max(index - 2, 0)...min(index + 2, lines.count - 1)]
            guard around.contains(where: \.differs) else {
                skipped = true
                continue
            }
            if skipped { result.append("…") }
            skipped = false
            result.append(lines[index].text)
        }
        return result.joined(separator: "\n")
    }
}

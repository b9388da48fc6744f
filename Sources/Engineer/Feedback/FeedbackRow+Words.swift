package import Base
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension FeedbackRow {
    /// The fields of `neo feedback list --json`.
    package var json: JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return [
            "time": .string(Date(timeIntervalSince1970: time).timestamp), "kind": .string(kind.rawValue),
            "answer": .string(answer), "release": release.map { .integer($0) } ?? .null, "rater": .string(rater),
            "rating": rating.map { .integer($0) } ?? .null, "reason": text(reason), "comment": text(comment),
            "correction": text(correction), "document": text(document), "question": text(question),
            "text": text(self.text), "way": .string(way), "counts": .bool(counts),
        ]
    }

    /// In one line; what people wrote is not harmless yet.
    package var line: String {
        let said =
            switch kind {
            case .thumb: rating == 1 ? "up" : "down"
            case .correction: "correction"
            case .citation: "opened \(document ?? "")"
            }
        let why = reason.flatMap(FeedbackReason.init).map { ": \($0.words)" } ?? ""
        let words = [question, comment.map { "(\($0))" }, correction.map { "→ \($0)" }].compactMap { $0 }
            .joined(separator: "  ").replacing("\n", with: " ")
        return "\(Date(timeIntervalSince1970: time).timestamp)  \(said)\(why)  \(ReportText.shortened(words))"
            + (counts ? "" : "  (in a flood: does not count)")
    }
}

internal import AutoML
package import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// In what two releases differ: parameters, what they were made from, documents, and files.
package struct ReleaseDifference: Sendable, Hashable {
    /// One thing that differs.
    package struct Change: Sendable, Hashable {
        /// `parameter`, `origin`, `document`, or `file`.
        package let kind: String
        package let name: String
        /// Nil where only the second has it.
        package let before: String?
        /// Nil where only the first has it.
        package let after: String?
    }

    package let first: ReleaseIdentity
    package let second: ReleaseIdentity
    package let changes: [Change]

    /// Compares what the two say; neither is verified.
    package init(_ first: ReleaseFolder, _ second: ReleaseFolder) throws {
        self.first = first.identity
        self.second = second.identity
        let parameters = try [first, second].map { folder in
            try folder.configuration().configuration.values.mapValues(\.canonicalText)
        }
        let origins = [first, second].map { folder in
            var origin = folder.manifest.hashes.mapValues { String($0.prefix(12)) }
            origin["study"] = folder.manifest.study
            origin["neo"] = folder.manifest.neo
            origin["generator"] = folder.manifest.generator
            for model in folder.manifest.models { origin["\(model.role) \(model.name)"] = model.weights ?? "served" }
            return origin
        }
        let documents = try [first, second].map { folder in
            var hashes: [String: String] = [:]
            for line in try folder.read("documents.jsonl").split(separator: UInt8(ascii: "\n")) {
                let hash = ContentHash(of: Data(line)).short
                hashes[try JSONValue(parsing: Array(line), maximumDepth: 64)["id"]?.string ?? ""] = hash
            }
            return hashes
        }
        let files = [first, second].map { folder in
            Dictionary(
                folder.manifest.files.map { ($0.path, $0.sha256.short) }, uniquingKeysWith: { first, _ in first })
        }
        changes =
            Self.changes("parameter", parameters) + Self.changes("origin", origins)
            + Self.changes("document", documents) + Self.changes("file", files)
    }

    private static func changes(_ kind: String, _ values: [[String: String]]) -> [Change] {
        Set(values.flatMap(\.keys)).sorted().compactMap { name in
            let (before, after) = (values[0][name], values[1][name])
            return before == after ? nil : Change(kind: kind, name: name, before: before, after: after)
        }
    }

    /// The difference as one object.
    package var json: JSONValue {
        [
            "first": .integer(first.number), "second": .integer(second.number),
            "changes": .array(
                changes.map { change in
                    [
                        "kind": .string(change.kind), "name": .string(change.name),
                        "before": change.before.map { .string($0) } ?? .null,
                        "after": change.after.map { .string($0) } ?? .null,
                    ]
                }),
        ]
    }

    /// The difference for people.
    package var text: String {
        guard !changes.isEmpty else { return "Releases \(first.number) and \(second.number) are the same." }
        let titles = [
            ("parameter", "Parameters"), ("origin", "Made from"), ("document", "Documents"), ("file", "Files"),
        ]
        return titles.compactMap { kind, title in
            let lines = changes.filter { $0.kind == kind }.map { change in
                "  \(ReportText.line(change.name)): \(Self.words(change.before)) → \(Self.words(change.after))"
            }
            let more = lines.count > 40 ? ["  … and \(lines.count - 40) more; --json has all"] : []
            return lines.isEmpty ? nil : ([title] + lines.prefix(40) + more).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func words(_ value: String?) -> String {
        value.map { ReportText.shortened(ReportText.line($0), to: 80) } ?? "none"
    }
}

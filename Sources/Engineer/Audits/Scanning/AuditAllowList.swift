internal import Base
internal import Yams

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What people have looked at and let stand: `audit-allow.yaml` beside neo.yaml.
///
/// ```yaml
/// allow:
///   - finding: personal-data.email.documents
///     place: docs/contact.md
///     reason: the address of the help desk, which is public
///     by: ada
/// ```
struct AuditAllowList: Sendable {
    /// One thing that may stay.
    struct Entry: Sendable, Hashable {
        /// The finding's id, or its beginning up to a dot.
        let finding: String
        /// The file, where `*` stands for any letters; nil for all places.
        let place: String?
        let reason: String
        let by: String

        func allows(_ id: String, _ file: String) -> Bool {
            guard id == finding || id.hasPrefix(finding + ".") else { return false }
            return place.map { Self.matches($0[...], file[...]) } ?? true
        }

        private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
            let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
            guard let first = parts.first, let last = parts.last, parts.count > 1 else { return pattern == text }
            guard text.hasPrefix(first), text.hasSuffix(last), text.utf8.count >= first.utf8.count + last.utf8.count
            else {
                return false
            }
            var rest = text.dropFirst(first.count).dropLast(last.count)
            for part in parts.dropFirst().dropLast() where !part.isEmpty {
                guard let range = rest.firstRange(of: part) else { return false }
                rest = rest[range.upperBound...]
            }
            return true
        }
    }

    static let fileName = "audit-allow.yaml"

    var entries: [Entry] = []

    init() {}

    /// Reads the project's list; an empty one where there is no file.
    ///
    /// - Throws: `EngineerError` with file and line where an entry says nothing that can be used, or gives no reason.
    init(_ project: Project) throws(EngineerError) {
        guard let data = FileManager.default.contents(atPath: project.path(Self.fileName)) else { return }
        guard data.count <= 1_000_000 else {
            throw EngineerError(
                code: .invalidProjectFile, message: "\(Self.fileName) has more than 1 MB: is it a list of exceptions?")
        }
        let reader = YAMLReader(
            file: Self.fileName,
            root: try YAMLReader.parse(
                String(decoding: data, as: UTF8.self), file: Self.fileName, hint: "Start with `allow:` and a list."))
        try reader.checkKeys(reader.root, known: ["allow"], within: Self.fileName)
        for node in reader.root["allow"]?.sequence ?? [] {
            try reader.checkKeys(node, known: ["finding", "place", "reason", "by"], within: "allow")
            func text(_ key: String) -> String? {
                node[key]?.scalar.map(\.string).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
            }
            guard let finding = text("finding"), let reason = text("reason"), let by = text("by") else {
                throw reader.failure(
                    "An exception needs `finding`, `reason` and `by`: what may stay, why, and who looked at it.",
                    line: node.mark?.line)
            }
            entries.append(Entry(finding: finding, place: text("place"), reason: reason, by: by))
        }
    }

    /// What lets a finding stay in a file; nil where nobody said so.
    func entry(for id: String, in file: String) -> Entry? { entries.first { $0.allows(id, file) } }
}

package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `skills.lock`: where installed skills came from, what they held, and what they held before. The files of each version
/// are kept beside it.
package struct SkillLock: Sendable {
    /// What a skill held from some day on.
    package struct Version: Sendable, Hashable {
        package var hash: ContentHash
        /// Of git, where it came from there.
        package var commit: String?
        /// When it was added, `2026-11-22T09:15:02Z`.
        package var added: String
    }

    /// An installed skill.
    package struct Entry: Sendable, Hashable {
        /// The folder or URL.
        package var source: String
        /// All versions, the one that is installed last.
        package var versions: [Version]

        package var current: Version? { versions.last }
        package var commit: String? { current?.commit }
    }

    private let root: String
    /// The lock's file.
    package var path: String { root + "/skills.lock" }

    /// - Parameter root: `.neo` of a project, or the folder of the user's configuration.
    package init(root: String) { self.root = root }

    /// The folder of an installed skill.
    package func folder(of name: String) -> String { root + "/skills/" + name }

    /// All entries, by name.
    package func entries() throws(AgentsError) -> [String: Entry] {
        guard SkillFile.kind(path) != nil else { return [:] }
        guard let bytes = SkillFile.read(path, limit: 16 << 20),
            let json = try? JSONValue(parsing: bytes, maximumDepth: 16), json["version"]?.integer == 1
        else {
            throw AgentsError(
                .storage,
                "\(path) cannot be read as version 1 of a lock. Move it away, and add its skills again.")
        }
        return (json["skills"]?.object ?? [:]).compactMapValues { value in
            let versions = (value["versions"]?.array ?? []).compactMap { version -> Version? in
                guard let hash = version["hash"]?.string.flatMap(ContentHash.init(hex:)) else { return nil }
                return Version(hash: hash, commit: version["commit"]?.string, added: version["added"]?.string ?? "")
            }
            return versions.isEmpty ? nil : Entry(source: value["source"]?.string ?? "", versions: versions)
        }
    }

    /// The entry of a skill that lies where this lock's skills lie.
    package func entry(of skill: Skill) -> Entry? {
        skill.folder == folder(of: skill.name) ? (try? entries())?[skill.name] : nil
    }

    /// Writes all entries.
    func write(_ entries: [String: Entry]) throws {
        let skills = entries.mapValues { entry -> JSONValue in
            .object([
                "source": .string(entry.source),
                "versions": .array(
                    entry.versions.map { version in
                        var fields: [String: JSONValue] = [
                            "hash": .string(version.hash.hex), "added": .string(version.added),
                        ]
                        if let commit = version.commit { fields["commit"] = .string(commit) }
                        return .object(fields)
                    }),
            ])
        }
        try WholeFile.makeFolder(root)
        let json = JSONValue.object(["version": 1, "skills": .object(skills)])
        try WholeFile.write(Array((json.prettyText + "\n").utf8), to: path)
    }

    // MARK: Versions

    private func keptFolder(_ hash: ContentHash) -> String { root + "/skills-history/" + hash.hex }

    /// What a version held; nil where it was not kept.
    package func content(_ hash: ContentHash) -> SkillContent? {
        guard let content = try? SkillContent(of: keptFolder(hash)), content.hash == hash else { return nil }
        return content
    }

    /// Keeps a version's files.
    func keep(_ content: SkillContent) throws {
        guard self.content(content.hash) == nil else { return }
        // What was cut off while it was written is begun anew.
        if SkillFile.kind(keptFolder(content.hash)) != nil {
            try FileManager.default.removeItem(atPath: keptFolder(content.hash))
        }
        try content.write(to: keptFolder(content.hash))
    }
}

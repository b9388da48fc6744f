package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Which skills of projects the user of this machine trusts: by workspace, folder and content. What was trusted is kept,
/// so that what changed since can be shown.
package struct SkillTrust: Sendable {
    /// How far a skill is trusted.
    package enum Verdict: Sendable, Hashable {
        case trusted
        /// Nobody has said so yet.
        case unknown
        /// It was, with another content.
        case changed(before: ContentHash)
    }

    private let folder: String
    private var path: String { folder + "/trust.json" }

    package init(_ places: SkillPlaces) { folder = places.state }

    /// How far a skill with that content is trusted.
    package func verdict(on skill: Skill, _ hash: ContentHash, workspace: String) -> Verdict {
        guard let known = read()[workspace]?[key(skill, workspace)] else { return .unknown }
        return known == hash ? .trusted : .changed(before: known)
    }

    /// Notes that the user trusts a skill as it is.
    package func trust(_ skill: Skill, _ content: SkillContent, workspace: String) throws {
        try WholeFile.makeFolder(folder)
        let kept = keptFolder(content.hash)
        if SkillFile.kind(kept) == nil { try content.write(to: kept) }
        // Another process may trust another skill at this moment.
        try withDirectoryLock(folder) {
            var all = read()
            all[workspace, default: [:]][key(skill, workspace)] = content.hash
            let json = JSONValue.object([
                "version": 1, "workspaces": .object(all.mapValues { .object($0.mapValues { .string($0.hex) }) }),
            ])
            try WholeFile.write(Array((json.prettyText + "\n").utf8), to: path)
        }
    }

    /// What was trusted, where it was kept.
    package func content(_ hash: ContentHash) -> SkillContent? { try? SkillContent(of: keptFolder(hash)) }

    private func keptFolder(_ hash: ContentHash) -> String { folder + "/trusted/" + hash.hex }

    private func key(_ skill: Skill, _ workspace: String) -> String {
        skill.folder.hasPrefix(workspace + "/") ? String(skill.folder.dropFirst(workspace.count + 1)) : skill.folder
    }

    /// What cannot be read trusts nothing.
    private func read() -> [String: [String: ContentHash]] {
        guard let bytes = SkillFile.read(path, limit: 16 << 20),
            let json = try? JSONValue(parsing: bytes, maximumDepth: 8)
        else { return [:] }
        return (json["workspaces"]?.object ?? [:]).mapValues { skills in
            (skills.object ?? [:]).compactMapValues { $0.string.flatMap(ContentHash.init(hex:)) }
        }
    }
}

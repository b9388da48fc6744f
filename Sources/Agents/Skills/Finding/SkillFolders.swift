#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where skills lie, and those that are found there.
package struct SkillFolders: Sendable {
    /// A folder to look in.
    package struct Place: Sendable, Hashable {
        package var path: String
        package var origin: Skill.Origin
    }

    /// What was found.
    package struct Found: Sendable, Hashable {
        /// The skills, the names in order, each once.
        package var skills: [Skill] = []
        /// What was passed over or taken leniently, a sentence each.
        package var remarks: [String] = []
    }

    package static let mostDepth = 6
    package static let mostFolders = 2_000
    private static let passedOver: Set<String> = [".git", "node_modules"]

    /// Of two skills with one name, that of the earlier place counts.
    package let places: [Place]

    /// - Parameters:
    ///   - home: the user's home.
    ///   - configuration: the folder of the user's `config.yaml`.
    package init(workspace: String, home: String, configuration: String) {
        places =
            ["skills", ".agents/skills", ".claude/skills", ".neo/skills"].map {
                Place(path: workspace + "/" + $0, origin: .project)
            }
            + [home + "/.agents/skills", configuration + "/skills"].map { Place(path: $0, origin: .user) }
    }

    /// Looks.
    package func find() -> Found {
        var found = Found()
        var byName: [String: Skill] = [:]
        for place in places {
            var left = Self.mostFolders
            // A project's `.agents` may be a link to anywhere; the user's own folders are the user's to link.
            let above = String(place.path.prefix(upTo: place.path.lastIndex(of: "/") ?? place.path.endIndex))
            if place.origin == .project, SkillFile.kind(above) == .link, SkillFile.kind(place.path) != nil {
                found.remarks.append("\(Self.shown(above)) is a link, and is not followed.")
                continue
            }
            switch SkillFile.kind(place.path) {
            case .folder?: break
            case .link?:
                found.remarks.append("\(Self.shown(place.path)) is a link, and is not followed.")
                continue
            default: continue
            }
            for folder in Self.folders(place.path, 0, &left, &found.remarks) {
                do {
                    let skill = try Self.skill(folder, place.origin)
                    found.remarks += skill.remarks.map { "\(Self.shown(folder)): \($0)." }
                    if let first = byName[skill.name] {
                        found.remarks.append(
                            "\(Self.shown(folder)) has the name of \(Self.shown(first.folder)), which counts.")
                    } else {
                        byName[skill.name] = skill
                    }
                } catch {
                    found.remarks.append("\(Self.shown(folder)) is passed over: \(error.message).")
                }
            }
            if left <= 0 {
                found.remarks.append(
                    "\(Self.shown(place.path)) has more than \(Self.mostFolders) folders; the others were not looked at."
                )
            }
        }
        found.skills = byName.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return found
    }

    /// The skill in a folder.
    ///
    /// - Throws: `AgentsError`, the end of a sentence about the folder.
    package static func skill(_ folder: String, _ origin: Skill.Origin) throws(AgentsError) -> Skill {
        guard let path = Skill.fileNames.map({ folder + "/" + $0 }).first(where: { SkillFile.kind($0) != nil }) else {
            throw AgentsError(.usage, "it has no SKILL.md")
        }
        guard let bytes = SkillFile.read(path, limit: Skill.mostBytes) else {
            throw AgentsError(
                .usage,
                "its SKILL.md is no regular file that can be read, or has more than \(Skill.mostBytes >> 10) KiB")
        }
        let name = folder.split(separator: "/").last.map(String.init) ?? ""
        let text = String(decoding: bytes, as: UTF8.self)
        let (matter, body, remarks) = try SkillFrontMatter.read(text, folderName: name)
        return Skill(matter: matter, body: body, folder: folder, origin: origin, remarks: remarks)
    }

    /// The folders with a `SKILL.md` below one.
    static func folders(with root: String) -> [String] {
        var left = mostFolders
        var remarks: [String] = []
        return folders(root, 0, &left, &remarks)
    }

    /// The folders with a `SKILL.md`, in the order of their names; what lies in one belongs to it.
    private static func folders(
        _ folder: String, _ depth: Int, _ left: inout Int, _ remarks: inout [String]
    ) -> [String] {
        guard left > 0 else { return [] }
        left -= 1
        if depth > 0, Skill.fileNames.contains(where: { SkillFile.kind(folder + "/" + $0) != nil }) { return [folder] }
        guard depth < mostDepth else { return [] }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        var all: [String] = []
        for name in names where !passedOver.contains(name) {
            let path = folder + "/" + name
            switch SkillFile.kind(path) {
            case .folder?: all += folders(path, depth + 1, &left, &remarks)
            case .link?: remarks.append("\(shown(path)) is a link, and is not followed.")
            default: break
            }
        }
        return all
    }

    private static func shown(_ path: String) -> String { ToolText.harmless(ToolText.oneLine(path)) }
}

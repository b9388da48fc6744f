internal import Agents
internal import MCP

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MCPServedResources {
    /// The skills of a project: `skill://NAME/SKILL.md` each, and its other files below `skill://NAME/`.
    ///
    /// Only files that lie in a skill's folder are found: what is asked for is looked up among them, and leads nowhere else.
    static func skills(of folder: String) -> MCPServedResources {
        @Sendable func skills() -> [Skill] {
            SkillPlaces.machine(folder).folders.find().skills.filter { $0.origin == .project }
        }
        return MCPServedResources(
            list: {
                skills().map { skill in
                    Entry(
                        uri: "skill://\(skill.name)/SKILL.md", name: skill.name,
                        summary: String(skill.matter.description.prefix(1_000)))
                }
            },
            read: { uri in
                guard uri.hasPrefix("skill://") else { return nil }
                let parts = uri.dropFirst("skill://".count).split(separator: "/", maxSplits: 1)
                guard parts.count == 2, let skill = skills().first(where: { $0.name == parts[0] }),
                    let content = try? SkillContent(of: skill.folder)
                else { return nil }
                let path = String(parts[1])
                let wanted = [path, decoded(path) ?? path]
                return content.forAgents.files.first { wanted.contains($0.path) }?.bytes
            })
    }

    /// A path that an address writes with percent signs; nil where it is none.
    private static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

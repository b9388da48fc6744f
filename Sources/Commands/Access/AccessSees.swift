internal import ArgumentParser
internal import Base
internal import Documents
internal import Engineer
internal import RAG
internal import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo access sees`.
struct AccessSees: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sees",
        abstract: "List the documents that a key or a group sees.",
        discussion: """
            Example:
              neo access sees portal my-docs
              neo access sees hr my-docs --json
            """)

    @Argument(help: "The name or id of a key, or a group.")
    var name: String

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let project = try Project(opening: project.project)
        let access = try await ProjectAccess.read(project)
        let keys = try await KeyDesk(project).keys()
        let key = keys.first { ($0.name == name || $0.id == name) && $0.isValid(at: Date()) }
        let groups: Set<AccessGroup>
        if let key {
            groups = key.groups
        } else if let group = AccessGroup(name), group == .everyone || access.groups.contains(group) {
            groups = [group, .everyone]
        } else {
            let known = Set(access.groups + [.everyone]).sorted().map(\.name).joined(separator: ", ")
            throw EngineerError(
                code: .invalidRequest,
                message: "\(name) is no valid key and no group of a document. The groups are \(known).")
        }
        let places = access.places(seenBy: groups)
        try output.render([
            "name": .string(name), "groups": .array(groups.sorted().map { .string($0.name) }),
            "documents": .array(places.map { .string($0.id.rawValue) }), "of": .integer(access.entries.count),
        ]) {
            Terminal.harmless(
                "\(name) sees \(places.count) of \(access.entries.count) documents"
                    + (access.hasRules ? "." : ": neo.yaml has no section access, so everybody sees all.")
                    + places.map { "\n  \($0.file)" }.joined())
        }
    }
}

internal import Agents
internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo skills`: what agents are told of how work is done.
struct SkillsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skills",
        abstract: "List, check, find, trust, add and measure the skills that agents are offered.",
        discussion: """
            Example:
              neo skills list
              neo skills add https://git.example.org/skills.git --path brewing
              neo skills show brewing
              neo skills trust brewing
              neo skills eval brewing --model office/qwen3-coder

            A skill is a folder with SKILL.md, in the form of Agent Skills. Looked for are skills, .agents/skills,
            .claude/skills and .neo/skills of the folder, then ~/.agents/skills and ~/.config/neo/skills.
            """,
        subcommands: [
            List.self, Show.self, Validate.self, Search.self, Trust.self, Add.self, Remove.self, Diff.self,
            History.self, Eval.self,
        ])
}

/// The folder whose skills are meant, and how the command speaks.
struct SkillsPlace: ParsableArguments {
    @Option(help: "The folder that an agent would work in.", completion: .directory)
    var folder = "."

    @OptionGroup var output: OutputOptions

    /// The places of the folder.
    func places() throws -> SkillPlaces { .machine(try AgentCommand.existingFolder(folder)) }

    /// The skills that there are.
    func shelf(model: String? = nil) throws -> SkillShelf {
        let places = try places()
        let user = try ModelsConfiguration.read(ProcessInfo.processInfo.environment)
        let name = try model.map { try user.reference($0).description }
        return SkillShelf(places, isTrusted: user.trusts(places.workspace), model: name)
    }
}

/// What `neo skills` says of a skill.
enum SkillWords {
    /// Whether it is offered, in a word.
    static func state(_ entry: SkillShelf.Entry) -> String {
        switch entry.withheld {
        case nil: "offered"
        case .notTrusted?: "not_trusted"
        case .changed?: "changed"
        case .doesNotHelp?: "does_not_help"
        case .unreadable?: "unreadable"
        }
    }

    static func json(_ entry: SkillShelf.Entry) -> JSONValue {
        var fields: [String: JSONValue] = [
            "name": .string(entry.skill.name), "description": .string(entry.skill.matter.description),
            "origin": .string(entry.skill.origin.rawValue), "folder": .string(entry.skill.folder),
            "state": .string(state(entry)), "effect": .string(entry.effect.rawValue),
        ]
        if let hash = entry.hash { fields["hash"] = .string(hash.hex) }
        if case .unreadable(let why)? = entry.withheld { fields["problem"] = .string(why) }
        return .object(fields)
    }
}

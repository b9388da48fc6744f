internal import Agents
internal import ArgumentParser
internal import Base

extension SkillsCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the skills that there are, and which of them agents are offered.",
            discussion: """
                Example:
                  neo skills list
                  neo skills list --model office/qwen3-coder --json

                State: offered, not_trusted, changed (since you trusted it), does_not_help (on the model, as was
                measured), unreadable. With --json: {"skills": [{name, description, origin, folder, hash, state,
                effect}], "remarks": [...]}.
                """)

        @OptionGroup var place: SkillsPlace

        @Option(help: "The model that would read them; what was measured on it counts.")
        var model: String?

        func run() throws {
            let shelf = try place.shelf(model: model)
            for remark in shelf.remarks { place.output.note(Terminal.harmless(remark)) }
            try place.output.render(
                .object([
                    "skills": .array(shelf.entries.map(SkillWords.json)),
                    "remarks": .array(shelf.remarks.map(JSONValue.string)),
                ])
            ) {
                guard !shelf.entries.isEmpty else {
                    return "There are no skills here. docs/skills.md says where they are looked for."
                }
                return Terminal.harmless(
                    shelf.entries.map { entry in
                        "\(entry.skill.name)  \(SkillWords.state(entry)), \(entry.effect.rawValue), \(entry.skill.origin.rawValue)\n    "
                            + entry.skill.matter.description.split(whereSeparator: \.isWhitespace).joined(
                                separator: " ")
                    }.joined(separator: "\n"))
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a skill: what it says, its files, where it is from.",
            discussion: """
                Example:
                  neo skills show use-neo

                With --json: the fields of neo skills list, and matter, body, files, remarks.
                """)

        @Argument(help: "The skill's name.")
        var name: String

        @OptionGroup var place: SkillsPlace

        func run() throws {
            let entry = try place.shelf().entry(name)
            let skill = entry.skill
            let files = (try? SkillContent(of: skill.folder))?.files.map(\.path) ?? []
            var fields = SkillWords.json(entry).object ?? [:]
            fields["matter"] = skill.matter.json
            fields["body"] = .string(skill.body)
            fields["files"] = .array(files.map(JSONValue.string))
            fields["remarks"] = .array(skill.remarks.map(JSONValue.string))
            try place.output.render(.object(fields)) {
                Terminal.harmless(
                    """
                    \(skill.name): \(SkillWords.state(entry)), \(skill.folder)
                    \(skill.matter.description)

                    \(skill.body)

                    Files: \(files.joined(separator: ", "))
                    """)
            }
        }
    }

    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "search",
            abstract: "Find skills by words.",
            discussion: """
                Example:
                  neo skills search "release canary"

                With --json: {"skills": [...]}, best first, as of neo skills list.
                """)

        @Argument(help: "The words.")
        var words: String

        @OptionGroup var place: SkillsPlace

        func run() throws {
            let shelf = try place.shelf()
            let found = SkillSearch(shelf.entries.map(\.skill)).find(words)
            let entries = found.compactMap { skill in shelf.entries.first { $0.skill == skill } }
            try place.output.render(.object(["skills": .array(entries.map(SkillWords.json))])) {
                entries.isEmpty
                    ? "No skill has any of these words."
                    : Terminal.harmless(
                        entries.map { "\($0.skill.name): \($0.skill.matter.description)" }.joined(separator: "\n"))
            }
        }
    }

    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "validate",
            abstract: "Check skills against the specification, strictly.",
            discussion: """
                Example:
                  neo skills validate skills/use-neo

                Agents load skills leniently; what is published should pass. The verdict is that of the reference
                validator (agentskills validate). With --json: {"skills": [{"folder", "valid", "problems",
                "advice"}]}. Exit code 1 where one is not valid.
                """)

        @Argument(help: "Folders with SKILL.md, or SKILL.md itself.", completion: .directory)
        var folders: [String]

        @OptionGroup var output: OutputOptions

        func run() throws {
            var rows: [JSONValue] = []
            var lines: [String] = []
            var isGood = true
            for argument in folders {
                let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
                let isFile = parts.last.map { $0.lowercased() == "skill.md" } ?? false
                let given = isFile ? (parts.count > 1 ? parts.dropLast().joined(separator: "/") : ".") : argument
                let folder = (try? AgentCommand.existingFolder(given)) ?? given
                let problems = SkillValidator.problems(inFolder: folder)
                let advice = (try? SkillFolders.skill(folder, .project)).map(SkillValidator.advice) ?? []
                isGood = isGood && problems.isEmpty
                rows.append(
                    .object([
                        "folder": .string(folder), "valid": .bool(problems.isEmpty),
                        "problems": .array(problems.map(JSONValue.string)),
                        "advice": .array(advice.map(JSONValue.string)),
                    ]))
                lines.append("\(argument): \(problems.isEmpty ? "valid" : "not valid")")
                lines += (problems + advice).map { "  - \($0)" }
            }
            try output.render(.object(["skills": .array(rows)])) { Terminal.harmless(lines.joined(separator: "\n")) }
            if !isGood { throw ExitCode(1) }
        }
    }

    struct Trust: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "trust",
            abstract: "Say that agents may be offered a skill of this project, as it is now.",
            discussion: """
                Example:
                  neo skills show brewing
                  neo skills trust brewing

                A skill can say anything to an agent: read it first. What is trusted is its content; after a change it
                is asked again. Skills of ~/.agents/skills and ~/.config/neo/skills are yours, and need no trust.
                With --json: {"name", "hash", "state"}.
                """)

        @Argument(help: "The skill's name.")
        var name: String

        @OptionGroup var place: SkillsPlace

        func run() throws {
            let places = try place.places()
            let entry = try place.shelf().entry(name)
            guard entry.skill.origin == .project else {
                throw ValidationError("\(name) is a skill of your own: it needs no trust.")
            }
            let content = try SkillContent(of: entry.skill.folder)
            try SkillTrust(places).trust(entry.skill, content, workspace: places.workspace)
            try place.output.render(
                .object(["name": .string(name), "hash": .string(content.hash.hex), "state": "offered"])
            ) {
                Terminal.harmless("\(name) is offered to agents in this folder, as it is now (\(content.hash.short)).")
            }
        }
    }
}

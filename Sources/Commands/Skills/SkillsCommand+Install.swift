internal import Agents
internal import ArgumentParser
internal import Base
internal import Sandbox

extension SkillsCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Add a skill from a folder or a repository of git, or bring it up to date.",
            discussion: """
                Example:
                  neo skills add ../skills/brewing
                  neo skills add https://git.example.org/skills.git --path brewing --user

                Its files are copied as a whole into .neo/skills of the folder, or with --user into
                ~/.config/neo/skills; git runs inside walls and reaches that host alone. Links, devices and paths
                that lead out are refused. skills.lock beside the folder says where each came from and what it held.
                In a project it is offered to agents after neo skills trust. Adding again brings a newer version.
                With --json: {"name", "did": "new" | "replaced" | "same", "hash", "folder", "problems"}.
                """)

        @Argument(help: "A folder, or an address that begins with https://.", completion: .directory)
        var source: String

        @Option(help: "The skill's folder within the source, where there are several.")
        var path: String?

        @Flag(help: "For all of your folders rather than this one.")
        var user = false

        @OptionGroup var place: SkillsPlace

        func run() async throws {
            let places = try place.places()
            let store = SkillStore(places, user ? .user : .project)
            let source = SkillSource(source, path: path) { try Sandbox.find() }
            let (did, skill, hash) = try await store.add(source)
            let problems = SkillValidator.problems(inFolder: skill.folder)
            for problem in problems { place.output.note(Terminal.harmless("\(skill.name): \(problem)")) }
            try place.output.render(
                .object([
                    "name": .string(skill.name), "did": .string(did.rawValue), "hash": .string(hash.hex),
                    "folder": .string(skill.folder), "problems": .array(problems.map(JSONValue.string)),
                ])
            ) {
                let words =
                    switch did {
                    case .new: "is added"
                    case .replaced: "is another version now: neo skills diff \(skill.name)"
                    case .same: "is there already, as it is in the source"
                    }
                let next =
                    user
                    ? ""
                    : "\nRead it, then let agents have it: neo skills show \(skill.name); neo skills trust \(skill.name)"
                return Terminal.harmless(
                    "\(skill.name) \(words) (\(skill.folder), \(hash.short)).\(did == .same ? "" : next)")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove",
            abstract: "Remove a skill that was added.",
            discussion: """
                Example:
                  neo skills remove brewing

                With --json: {"removed": name}.
                """)

        @Argument(help: "The skill's name.")
        var name: String

        @Flag(help: "One of yours rather than of this folder.")
        var user = false

        @OptionGroup var place: SkillsPlace

        func run() async throws {
            try await SkillStore(try place.places(), user ? .user : .project).remove(name)
            try place.output.render(.object(["removed": .string(name)])) { Terminal.harmless("\(name) is removed.") }
        }
    }

    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract: "Show what changed in a skill since it was trusted, or since the version before.",
            discussion: """
                Example:
                  neo skills diff brewing

                Compared with what is there now: what you trusted, where it has changed since; else the version
                before, of a skill that was added. With --json: {"name", "from", "to", "files": [{"path", "change",
                "lines"}]}.
                """)

        @Argument(help: "The skill's name.")
        var name: String

        @OptionGroup var place: SkillsPlace

        func run() throws {
            let places = try place.places()
            let skill = try place.shelf().entry(name).skill
            let now = try SkillContent(of: skill.folder)
            let before = try Self.before(skill, now, places)
            let difference = SkillDifference(from: before, to: now)
            try place.output.render(
                .object([
                    "name": .string(name), "from": .string(before.hash.hex), "to": .string(now.hash.hex),
                    "files": difference.json,
                ])
            ) { difference.files.isEmpty ? "\(name) did not change." : Terminal.harmless(difference.text) }
        }

        private static func before(
            _ skill: Skill, _ now: SkillContent, _ places: SkillPlaces
        ) throws -> SkillContent {
            let trust = SkillTrust(places)
            switch trust.verdict(on: skill, now.hash, workspace: places.workspace) {
            case .changed(let before): if let content = trust.content(before) { return content }
            case .trusted, .unknown: break
            }
            let lock = SkillLock(root: places.root(of: skill.origin))
            let versions = lock.entry(of: skill)?.versions ?? []
            if let earlier = versions.last(where: { $0.hash != now.hash }), let content = lock.content(earlier.hash) {
                return content
            }
            return now
        }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history",
            abstract: "List the versions of a skill that was added, the newest first.",
            discussion: """
                Example:
                  neo skills history brewing --json

                With --json: {"name", "source", "versions": [{"hash", "commit", "added", "kept"}]}.
                """)

        @Argument(help: "The skill's name.")
        var name: String

        @OptionGroup var place: SkillsPlace

        func run() throws {
            let places = try place.places()
            let skill = try place.shelf().entry(name).skill
            let lock = SkillLock(root: places.root(of: skill.origin))
            guard let entry = lock.entry(of: skill) else {
                throw ValidationError("\(name) was not added by neo skills add, so it has no history here.")
            }
            let rows = entry.versions.reversed().map { version -> JSONValue in
                .object([
                    "hash": .string(version.hash.hex), "commit": version.commit.map(JSONValue.string) ?? .null,
                    "added": .string(version.added), "kept": .bool(lock.content(version.hash) != nil),
                ])
            }
            try place.output.render(
                .object(["name": .string(name), "source": .string(entry.source), "versions": .array(rows)])
            ) {
                Terminal.harmless(
                    (["\(name) from \(entry.source)"]
                        + entry.versions.reversed().map {
                            "\($0.added)  \($0.hash.short)\($0.commit.map { "  commit \($0.prefix(12))" } ?? "")"
                        }).joined(separator: "\n"))
            }
        }
    }
}

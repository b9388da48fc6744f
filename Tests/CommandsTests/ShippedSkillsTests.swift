import ArgumentParser
import Base
import Commands
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// The skills that Neo ships: each is valid, and each command that they name is run, or exists as it is named.
@Suite struct ShippedSkillsTests {
    static let names = [
        "debug-retrieval", "golden-questions", "rag-search", "read-a-report", "sandbox-policy", "use-neo",
    ]

    private static let root: String = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return path.hasSuffix("/") ? path : path + "/"
    }()

    private static func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(root)skills/\(name)/SKILL.md")), as: UTF8.self)
    }

    @Test func `all are valid, short enough, and have cases to measure them by`() async throws {
        let folder = Self.root + "skills"
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == Self.names)
        try await withTemporaryDirectory { empty in
            let neo = NeoProcess(folder: empty)
            let result = try await neo.run(
                through: [], ["skills", "validate", "--json"] + Self.names.map { "\(folder)/\($0)" })
            #expect(result.status == 0, "\(result.output)")
            for row in try JSONValue(parsing: result.output)["skills"]?.array ?? [] {
                #expect(row["problems"] == [] && row["advice"] == [], "\(row.canonicalText)")
            }
            for name in Self.names {
                let shown = try await neo.check("skills", "eval", name, "--folder", Self.root, "--check", "--json")
                #expect(try JSONValue(parsing: shown.output)["cases"]?.integer ?? 0 >= 2, "\(name): \(shown.output)")
            }
        }
    }

    /// The blocks of a skill that are run, in order.
    private static func blocks(_ text: String) -> [String] {
        var blocks: [String] = []
        var open: [Substring]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let lines = open {
                if line == "```" {
                    blocks.append(lines.joined(separator: "\n"))
                    open = nil
                } else {
                    open = lines + [line]
                }
            } else if line.hasPrefix("```bash") {
                open = []
            }
        }
        return blocks
    }

    /// A block as a script that fails where a command does not end as the skill says.
    private static func script(_ block: String) -> String {
        let lines = block.split(separator: "\n").map { line -> String in
            guard let mark = line.firstRange(of: " # exit ") else { return String(line) }
            let code = line[mark.upperBound...]
            return """
                status=0
                \(line[..<mark.lowerBound]) || status=$?
                [ "$status" -eq \(code) ] || { echo "ended with $status, not \(code): \(line[..<mark.lowerBound].replacing("\"", with: "'").replacing("$", with: ""))" >&2; exit 99; }
                """
        }
        return lines.joined(separator: "\n")
    }

    /// Documents and questions as the skills speak of them; all but the first skill begin with a project.
    private static func prepare(_ neo: NeoProcess, makesProject: Bool) async throws {
        try neo.write(
            "docs/keys.md", "# Keys\n\nRun `keys rotate` to replace every key.\n\nA key lives for ninety days.\n")
        try neo.write("docs/tea.md", "# Tea\n\n## Green tea\n\nSteep green tea for two minutes at eighty degrees.\n")
        try neo.write("docs/coffee.md", "# Coffee\n\nA moka pot wants a fine grind and a low flame.\n")
        try neo.write(
            "questions.jsonl",
            """
            {"id": "k", "question": "How do I get new keys everywhere?", "answers": ["keys rotate"], "evidence": [{"document": "keys.md", "quote": "Run `keys rotate` to replace every key."}]}
            {"id": "t", "question": "How long does green tea stay in the pot?", "answers": ["two minutes"], "evidence": [{"document": "tea.md", "quote": "Steep green tea for two minutes at eighty degrees."}]}
            {"id": "c", "question": "What grind does a moka pot want?", "answers": ["fine"], "evidence": [{"document": "coffee.md", "quote": "A moka pot wants a fine grind and a low flame."}]}
            {"id": "n", "question": "Who invented the samovar?", "answers": [], "evidence": [], "answerable": false}

            """)
        guard makesProject else { return }
        try await neo.check("new", "my-docs", "--documents", "docs/*.md", "--golden", "questions.jsonl")
        let yaml = try neo.read("my-docs/neo.yaml").replacing("encoder: all-minilm-l6-v2", with: "encoder: none")
        try neo.write("my-docs/neo.yaml", yaml)
    }

    @Test(arguments: names)
    func `every command of a block runs, in order, and ends as the skill says`(name: String) async throws {
        let blocks = Self.blocks(try Self.text(name))
        #expect(!blocks.isEmpty)
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try await Self.prepare(neo, makesProject: name != "use-neo" && name != "sandbox-policy")
            let products = try NeoProcess.executable().split(separator: "/").dropLast().joined(separator: "/")
            var environment = ProcessInfo.processInfo.environment
            environment["NEO_HOME"] = folder + "/home"
            environment["NEO_KNOWLEDGE"] = "none"
            environment["PATH"] = "/\(products):\(environment["PATH"] ?? "/usr/bin:/bin")"
            for block in blocks {
                let result = try await ChildProcess(
                    executable: "bash", arguments: ["-euo", "pipefail", "-c", Self.script(block)], directory: folder,
                    environment: environment
                ).run()
                try #require(result.status == 0, "\(block)\n\(result.output.suffix(2_000))\n\(result.errorOutput)")
            }
        }
    }

    /// What stands between backticks and begins with `neo`.
    private static func inline(_ text: String) -> [String] {
        var found: [String] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("```") {
            for (place, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            where place % 2 == 1 && part.hasPrefix("neo ") {
                found.append(String(part))
            }
        }
        return found
    }

    @Test(arguments: names)
    func `every command that is named elsewhere exists, with its options`(name: String) throws {
        let help = URL(filePath: #filePath).deletingLastPathComponent().path + "/Golden/help/"
        for command in Self.inline(try Self.text(name)) {
            var type: any ParsableCommand.Type = NeoCommand.self
            var path: [String] = []
            let words = command.split(separator: " ").dropFirst()
            for word in words {
                guard let next = type.configuration.subcommands.first(where: { $0._commandName == word }) else { break }
                type = next
                path.append(String(word))
            }
            // A placeholder stands for any command: `neo help COMMAND`.
            if path.isEmpty, words.first == "help" { continue }
            #expect(!path.isEmpty, "\(command)")
            // Of a command that stands for one of its own, that one's options are its, too.
            if let usual = type.configuration.defaultSubcommand { path.append(usual._commandName) }
            let text = try String(contentsOfFile: help + path.joined(separator: "-") + ".txt", encoding: .utf8)
            for word in words where word.hasPrefix("--") && word.count > 2 {
                let option = word.prefix { $0 != "=" && $0 != "," && $0 != ")" }
                #expect(text.contains(option), "\(command): \(option)")
            }
        }
    }
}

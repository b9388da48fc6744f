import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo skills` as a user runs it.
@Suite struct SkillsCommandTests {
    private static func with(_ body: @escaping @Sendable (NeoProcess) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            try FileManager.default.createDirectory(atPath: folder + "/w", withIntermediateDirectories: false)
            try await body(NeoProcess(folder: folder))
        }
    }

    private static func skill(_ name: String, _ body: String = "Heat the water.") -> String {
        "---\nname: \(name)\ndescription: Brews \(name).\n---\n\(body)\n"
    }

    @Test func `a skill is added, trusted, changed, compared, listed and removed`() async throws {
        try await Self.with { neo in
            func skills(_ arguments: String..., status: Int = 0) async throws -> ChildProcess.Result {
                let result = try await neo.run(through: [], ["skills"] + arguments + ["--folder", "w"])
                try #require(result.status == status, "\(arguments): \(result.output)\(result.errorOutput)")
                return result
            }
            func state() async throws -> String? {
                try JSONValue(parsing: await skills("list", "--json").output)["skills"]?.array?.first?["state"]?.string
            }
            #expect(try await skills("list").output.contains("There are no skills here"))
            try neo.write("source/tea/SKILL.md", Self.skill("tea"))
            try neo.write("source/tea/scripts/brew.sh", "echo tea\n")
            #expect(try await skills("add", "source/tea").output.contains("tea is added"))
            #expect(try neo.read("w/.neo/skills/tea/scripts/brew.sh") == "echo tea\n")
            #expect(try await state() == "not_trusted")
            _ = try await skills("trust", "tea")
            #expect(try await state() == "offered")
            #expect(try await skills("add", "source/tea").output.contains("there already"))

            try neo.write("source/tea/SKILL.md", Self.skill("tea", "Boil the water."))
            let again = try JSONValue(parsing: await skills("add", "source/tea", "--json").output)
            #expect(again["did"] == "replaced")
            #expect(try await state() == "changed")
            let difference = try await skills("diff", "tea").output
            #expect(difference.contains("-Heat the water.") && difference.contains("+Boil the water."))
            let versions =
                try JSONValue(parsing: await skills("history", "tea", "--json").output)["versions"]?.array ?? []
            #expect(versions.count == 2 && versions.allSatisfy { $0["kept"] == true })
            #expect(try await skills("show", "tea", "--json").output.contains("Boil the water."))
            #expect(try await skills("search", "boil").output.hasPrefix("tea:"))

            // What somebody changed by hand is not overwritten.
            try neo.write("w/.neo/skills/tea/SKILL.md", Self.skill("tea", "Mine."))
            try neo.write("source/tea/SKILL.md", Self.skill("tea", "Newer."))
            #expect(
                try await skills("add", "source/tea", status: 1).errorOutput.contains("somebody made or changed it"))
            #expect(try neo.read("w/.neo/skills/tea/SKILL.md").contains("Mine."))
            _ = try await skills("remove", "tea")
            #expect(try await skills("remove", "tea", status: 1).errorOutput.contains("only what was added"))
            // Nothing of the work in between is left.
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: neo.folder + "/w/.neo").allSatisfy {
                    !$0.contains("part")
                })
        }
    }

    @Test func `skills that are added and trusted at the same time lose no entry`() async throws {
        try await Self.with { neo in
            let names = (1...6).map { "s\($0)" }
            for name in names { try neo.write("source/\(name)/SKILL.md", Self.skill(name)) }
            let added = try await withThrowingTaskGroup(of: String?.self) { group in
                for name in names {
                    group.addTask {
                        let result = try await neo.run(
                            through: [], ["skills", "add", "source/\(name)", "--folder", "w"])
                        #expect(
                            result.status == 0 || result.errorOutput.contains("Changing skills"),
                            "\(result.errorOutput)")
                        return result.status == 0 ? name : nil
                    }
                }
                return try await group.reduce(into: []) { all, name in all += [name].compactMap(\.self) }.sorted()
            }
            let lock = try JSONValue(parsing: neo.read("w/.neo/skills.lock"))["skills"]?.object ?? [:]
            #expect(!added.isEmpty && lock.keys.sorted() == added)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for name in added {
                    group.addTask { try await neo.check("skills", "trust", name, "--folder", "w") }
                }
                try await group.waitForAll()
            }
            let list = try JSONValue(parsing: await neo.check("skills", "list", "--folder", "w", "--json").output)
            #expect(list["skills"]?.array?.allSatisfy { $0["state"] == "offered" } == true)
        }
    }

    @Test func `a skill comes from git over the network, inside walls, with its commit`() async throws {
        try await Self.with { neo in
            try neo.write("repo/tea/SKILL.md", Self.skill("tea"))
            try neo.write("repo/cup/SKILL.md", Self.skill("cup"))
            try await neo.shell(
                """
                cd repo && git init -q -b main && git add -A && git -c user.name=n -c user.email=e commit -qm one
                git clone -q --bare . ../served.git && cd ../served.git && git update-server-info
                """)
            try await LoopbackFiles.serving(neo.folder) { port in
                let address = "http://127.0.0.1:\(port)/served.git"
                let many = try await neo.run(through: [], ["skills", "add", address, "--folder", "w"])
                #expect(
                    many.status == 1 && many.errorOutput.contains("has 2 skills. Name one with --path: cup, tea"),
                    "\(many.errorOutput)")
                let one = try await neo.run(through: [], ["skills", "add", address, "--path", "tea", "--folder", "w"])
                #expect(one.status == 0, "\(one.errorOutput)")
                let lock = try JSONValue(parsing: neo.read("w/.neo/skills.lock"))["skills"]?["tea"]
                #expect(lock?["source"]?.string == address)
                #expect(lock?["versions"]?.array?.first?["commit"]?.string?.count == 40)
                let missing = try await neo.run(
                    through: [], ["skills", "add", "http://127.0.0.1:\(port)/none.git", "--folder", "w"])
                #expect(missing.status == 1 && missing.errorOutput.contains("cannot be cloned"))
            }
        }
    }

    @Test(arguments: [
        (["add", "bad/link"], 1, "is a link"), (["add", "bad/fifo"], 1, "no regular file"),
        (["add", "bad/many"], 1, "more than 1000 files"), (["add", "bad/name"], 1, "is none of a folder"),
        (["add", "bad/matter"], 1, "is no skill"), (["add", "bad", "--path", "../other"], 1, "below the source"),
        (["add", "bad", "--path", "out/x"], 1, "one itself"), (["add", "nowhere"], 1, "There is no folder"),
        (["add", "ssh://host/x"], 1, "neither a folder nor an address"),
        (["add", "https://a:b@host/x"], 1, "a name or a password"),
        (["validate", "bad/matter"], 1, ""), (["validate", "nowhere"], 1, ""),
        (["show", "nothing"], 1, "There is no skill"),
        (["trust", "nothing"], 1, "There is no skill"), (["list", "--folder", "nowhere"], 2, "There is no folder"),
        (["search"], 2, "Missing expected argument"),
    ])
    func `bad input gets a sentence and nothing is left behind`(arguments: [String], status: Int, words: String)
        async throws
    {
        try await Self.with { neo in
            try neo.write("secret", "TOKEN")
            for name in ["link", "fifo"] { try neo.write("bad/\(name)/SKILL.md", Self.skill(name)) }
            try neo.write("bad/name/SKILL.md", Self.skill("../../name"))
            try neo.write("bad/matter/SKILL.md", "no matter")
            try await neo.shell(
                """
                ln -s ../../secret bad/link/secret; mkfifo bad/fifo/pipe; mkdir bad/many; ln -s .. bad/out
                cd bad/many && printf -- '---\\nname: many\\ndescription: x\\n---\\n' > SKILL.md && touch $(seq 1001)
                """)
            let folder = arguments.contains("--folder") || arguments[0] == "validate" ? [] : ["--folder", "w"]
            let result = try await neo.run(through: [], ["skills"] + arguments + folder)
            #expect(result.status == status, "\(result.output)\(result.errorOutput)")
            #expect(result.errorOutput.contains(words), "\(result.errorOutput)")
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/w/.neo/skills"))
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/name"))
        }
    }

    /// Activates a skill, runs its script inside walls, and ends with what it saw.
    private static let brewing = #"""
        def reply(messages):
            results = [m["content"] for m in messages if m["role"] == "tool"]
            if len(results) == 0:
                arguments = json.dumps({"action": "activate", "name": "tea"})
                return "First.", [{"id": "a", "type": "function", "function": {"name": "skill", "arguments": arguments}}]
            if "<skill_resources" not in results[0]:
                return "no skill", []
            if len(results) == 1:
                folder = results[0].split('<skill_resources folder="')[1].split('"')[0]
                return "Then.", [tool("b", "shell", command="bash " + folder + "/scripts/brew.sh")]
            said = "".join(str(m["content"]) for m in messages if m["role"] == "user")
            return results[1] + "|" + str("<name>tea</name>" in said), []
        """#

    @Test func `an agent is offered a trusted skill, and runs its script inside walls`() async throws {
        try await Self.with { neo in
            try neo.write("source/tea/SKILL.md", Self.skill("tea"))
            try neo.write("source/tea/scripts/brew.sh", "echo brewed by $0 | sed 's/ by .*//'\n")
            try await neo.check("skills", "add", "source/tea", "--folder", "w")
            try await ScriptedChatServer.serving(neo, replies: Self.brewing) {
                let before = try await neo.run(through: [], ["agent", "Brew.", "--folder", "w"])
                #expect(before.errorOutput.contains("not offered until you trust them: tea"), "\(before.errorOutput)")
                try await neo.check("skills", "trust", "tea", "--folder", "w")
                let result = try await neo.check("agent", "Brew.", "--folder", "w")
                #expect(result.output.contains("brewed") && result.output.contains("|True"), "\(result.output)")
                let small = try await neo.run(through: [], ["agent", "Brew.", "--folder", "w", "--tools", "small"])
                #expect(small.output == "no skill\n")
            }
        }
    }

    /// Knows how hot where the catalogue has tea, and never where the pot stands.
    private static let knowing = #"""
        def reply(messages):
            said = "".join(str(m["content"]) for m in messages if m["role"] == "user")
            return "It is " + ("71" if "<name>tea</name>" in said else "some"), []
        """#

    @Test func `what a skill does for a model is measured, kept and shown`() async throws {
        try await Self.with { neo in
            for name in ["tea", "pot"] {
                try neo.write("w/skills/\(name)/SKILL.md", Self.skill(name))
                let cases = ["a", "b"].map {
                    #"{"id": "\#($0)", "prompt": "How hot?", "assertions": ["answer contains: 71"]}"#
                }
                try neo.write(
                    "w/skills/\(name)/evals/evals.json",
                    #"{"skill_name": "\#(name)", "evals": [\#(cases.joined(separator: ", "))]}"#)
            }
            try await ScriptedChatServer.serving(neo, replies: Self.knowing) {
                let refused = try await neo.run(through: [], ["skills", "eval", "tea", "--folder", "w"])
                #expect(refused.status == 2 && refused.errorOutput.contains("is not trusted as it is"))
                for name in ["tea", "pot"] {
                    try await neo.check("skills", "trust", name, "--folder", "w")
                    let result = try await neo.check(
                        "skills", "eval", name, "--folder", "w", "--repeats", "1", "--json")
                    let found = try JSONValue(parsing: result.output)
                    #expect(found["effect"]?.string == (name == "tea" ? "helps" : "does_not_help"), "\(result.output)")
                    #expect(found["model"] == "fake/scripted")
                    let folder = try #require(found["folder"]?.string)
                    #expect(FileManager.default.fileExists(atPath: folder + "/benchmark.json"))
                }
                func states(_ model: String...) async throws -> [String?] {
                    let result = try await neo.run(through: [], ["skills", "list", "--folder", "w", "--json"] + model)
                    return try JSONValue(parsing: result.output)["skills"]?.array?.map { $0["state"]?.string } ?? []
                }
                #expect(try await states("--model", "fake/scripted") == ["does_not_help", "offered"])
                #expect(try await states() == ["offered", "offered"])
            }
        }
    }
}

/// Files of a folder over HTTP on loopback, for as long as the body works.
enum LoopbackFiles {
    static func serving(_ folder: String, _ body: @escaping @Sendable (String) async throws -> Void) async throws {
        let script = """
            import functools, http.server
            handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=".")
            with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
                with open("files-port.part", "w") as file:
                    file.write(str(server.server_address[1]))
                import os
                os.rename("files-port.part", "files-port")
                server.serve_forever()
            """
        let server = ChildProcess(executable: "python3", arguments: ["-c", script], directory: folder)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await server.run() }
            while !FileManager.default.fileExists(atPath: folder + "/files-port") {
                try await Task.sleep(for: .milliseconds(10))
            }
            let data = FileManager.default.contents(atPath: folder + "/files-port") ?? Data()
            defer { group.cancelAll() }
            try await body(String(decoding: data, as: UTF8.self))
        }
    }
}

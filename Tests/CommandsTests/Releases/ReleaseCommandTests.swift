import Base
import FoundationEssentials
import LanguageModelClients
import Processes
import Storage
import Subprocess
import Synchronization
import Testing

/// `neo release`, as its user meets it.
@Suite(.timeLimit(.minutes(5))) struct ReleaseCommandTests {
    /// A project that was searched, with its releases.
    private func withReleases(_ count: Int = 1, _ body: (NeoProcess) async throws -> Void) async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "2")
            for _ in 0..<count { try await neo.check("release", "build", "p") }
            try await body(neo)
        }
    }

    private func json(_ neo: NeoProcess, _ arguments: [String]) async throws -> JSONValue {
        let result = try await neo.run(through: [], ["release"] + arguments + ["--json"])
        return try JSONValue(parsing: result.output)
    }

    @Test func `a release answers from its folder alone, without documents and without project`() async throws {
        try await withReleases { neo async throws in
            let body = #"{"query": "How long do I steep green tea?"}"#
            let post =
                "POST /v1/answer HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
            var replies: [String] = []
            func ask(_ command: [String]) async throws {
                let result = try await neo.serve(command: command) { server async throws in
                    replies.append(try await RawConnection.reply(server.port, to: post))
                    try server.stop()
                }
                #expect(result.status == 0)
            }
            try await ask(["serve", "p"])
            try await neo.check("release", "promote", "1", "p")
            try await neo.shell("rm -r docs; cp -r p/release/1 elsewhere")
            try await ask(["serve", "p"])
            try await ask(["serve", "elsewhere"])
            let bodies = try replies.map { reply in
                var members = try #require(
                    try JSONValue(parsing: String(reply.split(separator: "\r\n\r\n", maxSplits: 1)[1])).object)
                members["release"] = nil
                return members
            }
            #expect(bodies[0]["abstained"] == false, "\(replies[0])")
            #expect(bodies[0] == bodies[1] && bodies[1] == bodies[2])
            #expect(!replies[0].contains("neo-release"))
            #expect(replies[1].contains("neo-release: 1") && replies[2].contains("neo-release: 1"))
        }
    }

    @Test func `its own tests pass, and fail where it answers otherwise`() async throws {
        try await withReleases { neo async throws in
            let passed = try await json(neo, ["test", "1", "p"])
            #expect(passed["isPassed"] == true, "\(passed.prettyText)")
            #expect(passed["tests"]?.array?.map { $0["name"]?.string } == ["golden", "smoke", "contract", "load"])
            // A release with other expectations, and hashes to match.
            let golden = try neo.read("p/release/1/tests/golden.jsonl")
            try neo.write("p/release/1/tests/golden.jsonl", golden.replacing("tea.md#", with: "coffee.md#"))
            let refused = try await neo.run("release", "test", "1", "p")
            #expect(refused.status == 1 && refused.errorOutput.contains("tests/golden.jsonl was changed"))
            try await reseal(neo)
            let failed = try await neo.run("release", "test", "1", "p")
            #expect(failed.status == 3)
            #expect(failed.output.contains("FAILED  golden"), "\(failed.output)\(failed.errorOutput)")
        }
    }

    /// Writes the hashes of release 1 anew, as somebody would who wants to hide a change.
    private func reseal(_ neo: NeoProcess) async throws {
        try await neo.shell(
            """
            python3 - <<'END'
            import hashlib, json
            path = "p/release/1/manifest.json"
            manifest = json.load(open(path))
            for file in manifest["files"]:
                content = open("p/release/1/" + file["path"], "rb").read()
                file["sha256"], file["bytes"] = hashlib.sha256(content).hexdigest(), len(content)
            json.dump(manifest, open(path, "w"))
            END
            """)
    }

    @Test func `whatever is changed in a release is named, and it is not served`() async throws {
        try await withReleases(2) { neo async throws in
            #expect(try await neo.run("release", "verify", "1", "p").status == 0)
            try await neo.shell(
                """
                cd p/release/1
                echo more >> openapi.json; rm USER_GUIDE.md; echo x > extra.txt; mkdir d; ln -s /etc/passwd d/link
                """)
            let found = try await neo.run("release", "verify", "1", "p", "--json")
            #expect(found.status == 3)
            let problems = try JSONValue(parsing: found.output)["problems"]?.array ?? []
            #expect(
                Set(problems.map { "\($0["kind"]?.string ?? "") \($0["path"]?.string ?? "")" })
                    == ["changed openapi.json", "missing USER_GUIDE.md", "unknown extra.txt", "link d/link"])
            let served = try await neo.run("serve", "p", "--release", "1", "--port", "0")
            #expect(served.status == 1 && served.errorOutput.contains("not as it was made"))
            let promoted = try await neo.run("release", "promote", "1", "p")
            #expect(promoted.status == 1 && promoted.errorOutput.contains("not as it was made"))
            // New hashes do not help: the database knows the old ones.
            try await neo.shell("rm -r p/release/1; cp -r p/release/2 p/release/1")
            try await reseal(neo)
            try await neo.shell("sed -i 's/\"release\": 2/\"release\": 1/' p/release/1/manifest.json")
            let forged = try await neo.run("release", "verify", "1", "p")
            #expect(forged.status == 3 && forged.output.contains("manifest.json"), "\(forged.output)")
            #expect(try await neo.run("release", "promote", "1", "p").status == 1)
        }
    }

    @Test func `the first release is promoted, the next one compared, and one goes back at once`() async throws {
        try await withReleases(2) { neo async throws in
            #expect(try await neo.run("release", "rollback", "p").status == 1)
            let first = try await json(neo, ["promote", "1", "p", "--by", "Ada"])
            #expect(first["isDone"] == true && first["gate"]?["verdict"] == "first")
            // The same documents and configuration: nothing could tell them apart.
            let second = try await json(neo, ["promote", "latest", "p"])
            #expect(second["isDone"] == true && second["gate"]?["verdict"] == "not worse")
            #expect(second["gate"]?["questions"] == 3 && second["gate"]?["isHeldOut"] == false)
            #expect(try await json(neo, ["rollback", "p", "--because", "\u{1B}[31mred"])["live"] == 1)
            #expect(try await neo.run("release", "rollback", "p").status == 1)
            let list = try await json(neo, ["list", "p"])
            #expect(list["live"] == 1)
            #expect(list["steps"]?.array?.map { $0["action"]?.string } == ["promote", "promote", "rollback"])
            #expect(list["steps"]?.array?.first?["who"] == "Ada")
            // What people write is shown, and does nothing.
            let text = try await neo.check("release", "list", "p").output
            #expect(text.contains("[31mred") && !text.contains("\u{1B}"))
        }
    }

    @Test func `an undetermined release waits for a person, and that is written down`()
        async throws
    {
        try await withReleases { neo async throws in
            try await neo.check("release", "promote", "1", "p")
            // Without one document one of three questions fails, which may be chance.
            try await neo.shell("rm docs/tea.md")
            let built = try await neo.check("release", "build", "p")
            #expect(built.errorOutput.contains("The documents changed since the search"))
            let open = try await neo.run("release", "promote", "2", "p")
            #expect(open.status == 3)
            #expect(open.output.contains("Undetermined") && open.output.contains("more question"), "\(open.output)")
            let decided = try await neo.run("release", "promote", "2", "p", "--decide", "it is needed")
            #expect(decided.status == 2 && decided.errorOutput.contains("terminal"))
            // Where no question can be measured any more, nothing is compared, and nothing promoted.
            try await neo.shell("for f in docs/*; do echo '# Nothing' > $f; done")
            try await neo.check("release", "build", "p")
            let blind = try await neo.run("release", "promote", "3", "p")
            #expect(blind.status == 1 && blind.errorOutput.contains("can be measured"), "\(blind.errorOutput)")
            let list = try await json(neo, ["list", "p"])
            #expect(list["live"] == 1)
            #expect(
                list["steps"]?.array?.map { $0["verdict"]?.string } == ["first", "undetermined"])
            #expect(list["steps"]?.array?.map { $0["isAccepted"]?.bool } == [true, false])
        }
    }

    @Test func `killed at any moment, a release is whole or not there, and the next one is made`() async throws {
        try await withReleases { neo async throws in
            // From before the first file to after the last one.
            for milliseconds in [20, 60, 120, 200, 300, 450] {
                let seconds = "0.\(String(1000 + milliseconds).dropFirst())"
                _ = try await neo.run(through: ["timeout", "-s", "KILL", seconds], ["release", "build", "p"])
                for number in try FileManager.default.contentsOfDirectory(atPath: neo.folder + "/p/release")
                where !number.hasPrefix(".") {
                    #expect(try await neo.run("release", "verify", number, "p").status == 0)
                }
            }
            let last = try JSONValue(parsing: try await neo.check("release", "build", "p", "--json").output)
            let names = try FileManager.default.contentsOfDirectory(atPath: neo.folder + "/p/release")
            #expect(names.count == last["release"]?.integer && !names.contains { $0.hasPrefix(".") })
        }
    }

    @Test func `killed at any moment, a promotion is done or not, and another one is possible`() async throws {
        try await withReleases(2) { neo async throws in
            for milliseconds in [20, 60, 120, 200, 300] {
                let seconds = "0.\(String(1000 + milliseconds).dropFirst())"
                _ = try await neo.run(through: ["timeout", "-s", "KILL", seconds], ["release", "promote", "1", "p"])
                let list = try await json(neo, ["list", "p"])
                #expect(list["live"] == 1 || list["live"] == .null)
                #expect((list["live"] == 1) == (list["steps"]?.array?.isEmpty == false))
            }
            try await neo.check("release", "promote", "2", "p")
            #expect(try await json(neo, ["list", "p"])["live"] == 2)
        }
    }

    @Test func `of two promotions at once one is done, and the other one says which process is at it`() async throws {
        try await withReleases(3) { neo async throws in
            try await neo.check("release", "promote", "1", "p")
            // While somebody promotes, whom the lock stands for here: at any other moment it might be over already.
            let second = try await withExclusiveLock(at: neo.folder + "/p/.neo/promotion.lock", purpose: "A promotion")
            {
                let refused = try await neo.run("release", "promote", "3", "p")
                #expect(try await json(neo, ["list", "p"])["live"] == 1)
                return refused
            }
            #expect(second.status == 1)
            let sentence = "A promotion is already running here as process \(ProcessInfo.processInfo.processIdentifier)"
            #expect(second.errorOutput.contains(sentence), "\(second.errorOutput)")
            #expect(second.output.isEmpty)
            // Three that begin together: as many steps as were done, and the last one is what is served.
            let statuses = try await withThrowingTaskGroup(of: Int.self) { tasks in
                for number in ["2", "3", "2"] {
                    tasks.addTask {
                        let result = try await neo.run("release", "promote", number, "p")
                        let isSaid =
                            result.errorOutput.contains("already running")
                            || result.errorOutput.contains("served already")
                        #expect(result.status == 0 || isSaid, "\(result.errorOutput)")
                        return result.status
                    }
                }
                return try await tasks.reduce(into: [Int]()) { $0.append($1) }
            }
            let after = try await json(neo, ["list", "p"])
            let steps = after["steps"]?.array ?? []
            #expect(statuses.allSatisfy { $0 == 0 || $0 == 1 } && statuses.contains(0))
            #expect(steps.count == 1 + statuses.count { $0 == 0 })
            #expect(after["live"] == steps.last?["release"])
        }
    }

    @Test
    func `a program that needs Swift is taken along with a word of warning, and its libraries are what is installed`()
        async throws
    {
        try await withReleases { neo async throws in
            let built = try await neo.check("release", "build", "p", "--program", try NeoProcess.executable())
            #expect(built.errorOutput.contains("starts only where Swift is installed"), "\(built.errorOutput)")
            let script = try neo.read("p/release/2/install.sh")
            #expect(
                script.contains("ca-certificates libseccomp2 libsqlite3-0 libstdc++6 "), "\(script)")
            // One that asks for nothing: neo-cell, of C alone.
            let cell = try NeoProcess.executable() + "-cell"
            let quiet = try await neo.check("release", "build", "p", "--program", cell)
            #expect(!quiet.errorOutput.contains("Swift"), "\(quiet.errorOutput)")
            #expect(try neo.read("p/release/3/install.sh").contains("--no-install-recommends ca-certificates\n"))
        }
    }

    @Test func `a server takes over what is promoted, and what is rolled back, and no request fails`() async throws {
        try await withReleases(2) { neo async throws in
            try await neo.check("release", "promote", "1", "p")
            let result = try await neo.serve(["--requests-per-minute", "1000000"]) { server async throws in
                let failures = Mutex<[String]>([])
                let releases = Mutex<[Int?]>([])
                let (port, errors) = (server.port, server.errors)
                try await ReleaseClient.with(port: port) { client in
                    let ask: @Sendable () async throws -> Void = {
                        while !Task.isCancelled {
                            let reply = try? await client.send(
                                "POST", "/v1/retrieve", body: #"{"query": "moka pot"}"#)
                            if Task.isCancelled { return }
                            if reply?.status != 200 { failures.withLock { $0.append("\(String(describing: reply))") } }
                            releases.withLock { if $0.last != reply?.release { $0.append(reply?.release) } }
                        }
                    }
                    try await withThrowingTaskGroup(of: Void.self) { tasks in
                        for _ in 0..<4 { tasks.addTask { try await ask() } }
                        try await neo.check("release", "promote", "2", "p")
                        await errors.wait(for: "Release 2 answers now")
                        #expect(try await client.send("GET", "/version").release == 2)
                        try await neo.check("release", "rollback", "p")
                        await errors.wait(for: "Release 1 answers now")
                        #expect(try await client.send("GET", "/version").release == 1)
                        tasks.cancelAll()
                    }
                }
                #expect(failures.withLock { $0 } == [])
                #expect(Set(releases.withLock { $0 }) == [1, 2])
                try server.stop()
            }
            #expect(result.status == 0)
        }
    }

    @Test(
        "What makes no sense is said",
        arguments: [
            (["build", "p"], 1, "results.json"), (["promote", "9", "p"], 1, "There is no release 9"),
            (["verify", "latest", "p"], 1, "There is no release yet"), (["verify", "0", "p"], 2, "release"),
            (["test", "live", "p"], 1, "No release is in service"),
            (["promote", "1", "p", "--margin", "2"], 2, "--margin"),
            (["promote", "1", "p", "--stage", "half"], 2, "shadow"),
            (["rollback", "p", "--because", ""], 2, "--because"),
            (["list", "nowhere"], 1, "neo.yaml"),
        ])
    func wrong(arguments: [String], status: Int, sentence: String) async throws {
        try await NeoProcess.withProject { neo async throws in
            let result = try await neo.run(through: [], ["release"] + arguments)
            #expect(result.status == status, "\(result.errorOutput)")
            #expect(result.errorOutput.contains(sentence), "\(result.errorOutput)")
        }
    }
}

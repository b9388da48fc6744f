import Foundation
import Testing

/// What starts programs outside of the walls: all other programs go through `Sandbox` or `ConfinedProcess`.
///
/// A new place belongs in here with its reason, and in docs/sandbox.md, "What no walls are around".
@Suite struct ChildProcessPlacesTests {
    /// How often each file makes a `ChildProcess`, and why it may.
    private static let allowed: [String: (count: Int, reason: String)] = [
        "Sources/Processes/ChildProcess+Log.swift": (1, "setsid, which starts Neo's own background process"),
        "Sources/Sandbox/Run/Sandbox+Inside.swift": (1, "neo-cell, which puts the walls up"),
        "Sources/Sandbox/Runsc/Sandbox+Runsc.swift": (1, "runsc, which is the walls"),
        "Sources/Sandbox/Confined/ConfinedProcess.swift": (1, "without walls: macOS, or NEO_SANDBOX=off of the user"),
        "Sources/Sandbox/Doctor/PlainProfile.swift": (1, "what the walls are compared with"),
        "Sources/Sandbox/Doctor/MachineWalls.swift": (1, "bwrap --version: what the walls are made of"),
        "Sources/Sandbox/Doctor/AttackRange.swift": (1, "a process of the host that an attack tries to end"),
        "Sources/LanguageModelClients/LocalRuntime/LocalModelUse.swift": (1, "the supervisor, which is Neo itself"),
        "Sources/LanguageModelClients/LocalRuntime/LocalEngine+Command.swift": (
            2, "the words of a server, which its supervisor runs inside walls unless NEO_SANDBOX=off"
        ),
        "Sources/Commands/Support/OwnProgram.swift": (1, "Neo itself"),
        "Sources/Commands/Support/LearningTimer.swift": (
            1, "systemctl --user or launchctl: the user's own service manager, asked by neo learn --schedule"
        ),
        "Sources/Tracking/Parquet/ParquetUpkeep.swift": (1, "Neo itself, which writes Parquet in the background"),
        "Sources/Tracking/Host/AcceleratorSampler.swift": (
            1, "nvidia-smi: the driver's own, and given nothing to read"
        ),
        "Sources/Commands/Support/ExternalCommand.swift": (
            1, "walls: none, which neo.yaml says and the report repeats"
        ),
        "Sources/Commands/Support/AlertPorts.swift": (
            1, "outside_walls: true of a way to tell of alerts, which neo.yaml says"
        ),
        "Sources/Commands/MCP/KeptServerCommands.swift": (1, "Neo itself, which keeps a server in the background"),
        "Sources/MCP/Transports/StdioTransport.swift": (
            1, "walls: none, which the server's setting says; or NEO_SANDBOX=off of the user"
        ),
        "Sources/Agents/Hooks/CommandHook.swift": (1, "outside_walls: true, which the user's config.yaml says"),
    ]

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()

    @Test("What is started outside of the walls is started in the places that are listed, each with a reason")
    func childProcesses() throws {
        let found = try Self.files(["swift"]).mapValues(Self.childProcesses).filter { $0.value > 0 }
        #expect(found == Self.allowed.mapValues(\.count))
    }

    @Test("Nothing starts a program in another way")
    func otherWays() throws {
        let swift = try Self.files(["swift"]).mapValues(Self.otherWays)
        let c = try Self.files(["c", "h", "cc", "cpp"]).mapValues { Self.otherWays($0) + Self.forks($0) }
        let found = swift.merging(c) { $0 + $1 }.filter { $0.value > 0 }
        // The launcher starts bubblewrap, and the keeper of a run's door.
        #expect(found == ["Sources/neo-cell/main.c": 2, "Sources/neo-cell/door.c": 1])
    }

    @Test(
        "A process that somebody makes is found, and words about one are not",
        arguments: [
            ("let child = ChildProcess(executable: \"git\")", 1), ("ChildProcess.init(\n executable: path)", 1),
            ("return try await Processes.ChildProcess (executable: path).run()", 1),
            ("/// try await ChildProcess(executable: \"git\").run()", 0), ("ConfinedProcess(executable: path)", 0),
            ("func run() -> ChildProcess.Result { ChildProcess.Result(status: 0) }", 0),
            ("let child: ChildProcess = .init(executable: path)", 1),
        ])
    func isFound(line: String, count: Int) {
        #expect(Self.childProcesses(line) == count)
    }

    @Test(
        "Other ways to start a program are found",
        arguments: [
            ("posix_spawn(&pid, path, nil, nil, words, nil)", 1), ("    let task = Process()", 1),
            ("execv(path, words);", 1), ("Foundation.Process()", 1), ("try store.fork(id)", 0),
            ("ChildProcess(executable: path)", 0), ("// fork(2) says more", 0),
        ])
    func isOtherWay(line: String, count: Int) {
        #expect(Self.otherWays(line) == count)
    }

    private static func childProcesses(_ text: String) -> Int {
        let code = withoutComments(text)
        return code.matches(of: /(?:^|\W)ChildProcess\s*(?:\.\s*init\s*)?\(/).count
            + code.matches(of: /:\s*(?:Processes\.)?ChildProcess\??\s*=\s*\.init\s*\(/).count
    }

    private static func otherWays(_ text: String) -> Int {
        withoutComments(text).matches(
            of: /(?:^|[^\w.])(?:(?:Foundation\.)?Process|exec[lv]p?e?|posix_spawnp?|popen)\(/
        ).count
    }

    /// Where C makes a process; Swift may not.
    private static func forks(_ text: String) -> Int {
        withoutComments(text).matches(of: /(?:^|\W)(?:v?fork|clone)\(/).count
    }

    private static func withoutComments(_ text: String) -> String {
        text.replacing(/(?m)^\s*\/\/.*$/, with: "")
    }

    /// The texts of all sources of some kinds, by their paths in the package.
    private static func files(_ kinds: Set<String>) throws -> [String: String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: root + "Sources")
        let chosen = names.filter { kinds.contains(($0 as NSString).pathExtension) }
        // A walk that found nothing would break no rule either.
        try #require(chosen.count > (kinds.contains("swift") ? 500 : 10))
        return try Dictionary(
            uniqueKeysWithValues: chosen.map {
                ("Sources/" + $0, try String(contentsOfFile: "\(root)Sources/\($0)", encoding: .utf8))
            })
    }
}

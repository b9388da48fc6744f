import Base
import Downloads
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// The built `neo`, run as a user runs it.
struct NeoProcess {
    /// The project's folder, and a home of its own: tests neither see nor touch the user's.
    let folder: String
    /// Where searches leave what they found out; they begin cold, and leave nothing.
    var knowledge = "none"

    /// A folder with three documents and four questions about them, searched without an encoder.
    @discardableResult
    static func withProject<Result>(_ body: (NeoProcess) async throws -> Result) async throws -> Result {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write(
                "docs/tea.md", "# Tea\n\n## Green tea\n\nSteep green tea for two minutes at eighty degrees.\n")
            try neo.write("docs/coffee.md", "# Coffee\n\nA moka pot wants a fine grind and a low flame.\n")
            try neo.write("docs/water.md", "# Water\n\nHard water dulls the taste; a filter takes out the lime.\n")
            try neo.write("questions.jsonl", goldenRows)
            try await neo.check("new", "p", "--documents", "docs/*.md", "--golden", "questions.jsonl")
            let yaml = try neo.read("p/neo.yaml").replacing("encoder: all-minilm-l6-v2", with: "encoder: none")
            try neo.write("p/neo.yaml", yaml)
            return try await body(neo)
        }
    }

    static let goldenRows = """
        {"id": "t", "question": "How long does green tea stay in the pot?", "answers": ["two minutes"], "evidence": [{"document": "tea.md", "quote": "Steep green tea for two minutes at eighty degrees."}]}
        {"id": "c", "question": "What grind does a moka pot want?", "answers": ["fine"], "evidence": [{"document": "coffee.md", "quote": "A moka pot wants a fine grind and a low flame."}]}
        {"id": "w", "question": "What removes lime from water?", "answers": ["a filter"], "evidence": [{"document": "water.md", "quote": "a filter takes out the lime"}]}
        {"id": "n", "question": "Who invented the samovar?", "answers": [], "evidence": [], "answerable": false}

        """

    /// Runs `neo` in the folder.
    func run(_ arguments: String...) async throws -> ChildProcess.Result {
        try await run(through: [], arguments)
    }

    /// Runs `neo` and expects it to succeed.
    @discardableResult
    func check(_ arguments: String...) async throws -> ChildProcess.Result {
        let result = try await run(through: [], arguments)
        try #require(result.status == 0, "neo \(arguments.joined(separator: " ")): \(result.errorOutput)")
        return result
    }

    /// Runs `neo` behind another program, e.g. `timeout -s KILL 0.1`.
    func run(
        through wrapper: [String], _ arguments: [String], input: String? = nil
    ) async throws -> ChildProcess.Result {
        var environment = ProcessInfo.processInfo.environment
        environment["NEO_HOME"] = folder + "/home"
        environment["NEO_KNOWLEDGE"] = knowledge
        environment["NEO_TOKEN"] = nil
        // Help is wrapped to the terminal's width.
        environment["COLUMNS"] = "100"
        let line = wrapper + [try Self.executable()] + arguments
        return try await ChildProcess(
            executable: line[0], arguments: Array(line.dropFirst()), directory: folder, environment: environment,
            input: input
        ).run()
    }

    /// Runs a script in the folder, for what is more easily said so.
    func shell(_ script: String) async throws {
        let result = try await ChildProcess(
            executable: "bash", arguments: ["-euc", script], directory: folder
        ).run()
        try #require(result.status == 0, "\(result.errorOutput)")
    }

    func write(_ path: String, _ text: String) throws {
        let url = URL(filePath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(path)")), as: UTF8.self)
    }

    /// Results without what depends on the clock and the name of the folder.
    func results(at path: String) throws -> JSONValue {
        guard case .object(var results) = try JSONValue(parsing: read(path)) else { return nil }
        results["timings"] = nil
        results["project"] = nil
        return .object(results)
    }

    /// All files below a folder.
    func files(below path: String) throws -> [String] {
        let root = "\(folder)/\(path)"
        return try FileManager.default.subpathsOfDirectory(atPath: root).map { "\(root)/\($0)" }.filter { path in
            var isFolder = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
        }.sorted()
    }

    /// Puts random weights where the model store keeps the encoder, whose content it does not check when it is used.
    func installTinyModel() throws {
        let entry = try ModelCatalogue.builtIn.entry("all-minilm-l6-v2")
        try TinyModel().write(to: "\(folder)/home/models/\(entry.name)/\(entry.revision)")
    }

    /// `neo` lies beside the tests' own executable.
    static func executable() throws -> String {
        let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
        let path = products.hasSuffix("/") ? products + "neo" : products + "/neo"
        try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is not built")
        return path
    }
}

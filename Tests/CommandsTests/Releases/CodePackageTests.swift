import Base
import FoundationEssentials
import Processes
import Testing

/// `code/` of a release, without building it: scripts/release-code, which `make test-peers` runs, does that.
@Suite(.timeLimit(.minutes(3))) struct CodePackageTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private func withRelease(_ body: (NeoProcess) async throws -> Void) async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "1")
            try await neo.check("release", "build", "p")
            try await body(neo)
        }
    }

    @Test func `its manifest names Neo by NEO_PACKAGE, and says so where it is not set`() async throws {
        try await withRelease { neo async throws in
            func dump(_ setting: String) async throws -> JSONValue {
                try await neo.shell(
                    "cd p/release/1/code; env \(setting) swift package dump-package > \(neo.folder)/dump")
                return try JSONValue(parsing: neo.read("dump"))
            }
            func place(_ package: JSONValue) -> String? {
                package["dependencies"]?.array?.first?["fileSystem"]?.array?.first?["path"]?.string
            }
            let named = try await dump("NEO_PACKAGE=/opt/neo")
            #expect(place(named) == "/opt/neo")
            #expect(named["targets"]?.array?.map { $0["name"]?.string } == ["answer", "answerTests"])
            #expect(place(try await dump("-u NEO_PACKAGE"))?.contains("NEO_PACKAGE") == true)
        }
    }

    @Test func `its sources compile against RAG as this build has it, and others do not`() async throws {
        let products = URL(filePath: try NeoProcess.executable()).deletingLastPathComponent().path
        // libxml2's headers lie in a folder of their own.
        let flags = try await ChildProcess(executable: "pkg-config", arguments: ["--cflags", "libxml-2.0"]).run().output
        let options =
            try Self.moduleMaps(products).flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
            + flags.split { $0.isWhitespace }.flatMap { ["-Xcc", String($0)] }
        func compile(_ file: String) async throws -> ChildProcess.Result {
            try await ChildProcess(
                executable: "swiftc",
                arguments: [
                    "-typecheck", "-swift-version", "6", "-warnings-as-errors", "-parse-as-library", "-I",
                    products + "/Modules",
                ] + options + [file]
            ).run()
        }
        try await withRelease { neo async throws in
            let code = neo.folder + "/p/release/1/code"
            for file in ["Sources/answer/Answer.swift", "Tests/answerTests/GoldenTests.swift"] {
                let result = try await compile("\(code)/\(file)")
                #expect(result.status == 0, "\(result.errorOutput)")
            }
            let program = try neo.read("p/release/1/code/Sources/answer/Answer.swift")
            try neo.write("Answer.swift", program.replacing("reply.sentences", with: "reply.phrases"))
            #expect(try await compile(neo.folder + "/Answer.swift").errorOutput.contains("no member 'phrases'"))
        }
    }

    /// What says where the headers of C modules are.
    private static func moduleMaps(_ products: String) throws -> [String] {
        let files = FileManager.default
        func below(_ folder: String, _ inner: [String]) throws -> [String] {
            try files.contentsOfDirectory(atPath: folder).flatMap { name in
                inner.map { "\(folder)/\(name)/\($0)module.modulemap" }
            }
        }
        let checkouts = root + "/.build/checkouts"
        var found = try below(products, [""]) + below(root + "/Sources", ["", "include/"])
        for package in try files.contentsOfDirectory(atPath: checkouts) {
            let sources = "\(checkouts)/\(package)/Sources"
            if files.fileExists(atPath: sources) { found += try below(sources, ["", "include/"]) }
        }
        return found.filter { files.fileExists(atPath: $0) }
    }

    @Test func `a release in which its code was built is as it was made, and goes nowhere with what was built`()
        async throws
    {
        try await withRelease { neo async throws in
            try await neo.shell(
                """
                cd p/release/1/code
                mkdir -p .build/debug .swiftpm; echo object > .build/debug/answer; echo {} > Package.resolved
                ln -s debug .build/link
                """)
            try await neo.check("release", "verify", "1", "p")
            try await neo.check("backup", "p", "--to", "b.tar")
            try await neo.check("restore", "b.tar", "again")
            let kept = try neo.files(below: "again/release/1/code").map { $0.split(separator: "/").last }
            #expect(
                kept.sorted { $0 ?? "" < $1 ?? "" } == [
                    "Answer.swift", "GoldenTests.swift", "Package.swift", "README.md",
                ])
            // What else is put beside it is not passed over.
            try neo.write("p/release/1/code/.builder", "x")
            try neo.write("p/release/1/.build/x", "x")
            let found = try await neo.run("release", "verify", "1", "p")
            #expect(found.status == 3)
            #expect(found.output.contains("code/.builder") && found.output.contains(".build/x"), "\(found.output)")
        }
    }
}

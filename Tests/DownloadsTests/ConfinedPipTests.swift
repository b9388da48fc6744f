import Foundation
import Processes
import TestSupport
import Testing

@testable import Downloads

/// pip as it is, inside walls, with indexes of this machine.
@Suite struct ConfinedPipTests {
    /// Makes `simple/tiny/index.html`, which names the wheel in the folder, or where `address` says.
    private static func makeIndex(_ folder: String, wheelAt address: String = "") async throws {
        let script = """
            import os, sys, zipfile
            folder, address = sys.argv[1:]
            os.makedirs(folder + "/simple/tiny", exist_ok=True)
            name = "tiny-1.0-py3-none-any.whl"
            with zipfile.ZipFile(folder + "/simple/tiny/" + name, "w") as wheel:
                wheel.writestr("tiny.py", "")
                wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
                wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
                wheel.writestr("tiny-1.0.dist-info/RECORD", "")
            with open(folder + "/simple/tiny/index.html", "w") as page:
                page.write(f'<!DOCTYPE html><html><body><a href="{address}{name}">{name}</a></body></html>')
            """
        let made = try await ChildProcess(executable: "python3", arguments: ["-c", script, folder, address]).run()
        try #require(made.status == 0, "\(made.errorOutput)")
    }

    /// Serves a folder on this machine while the body works.
    private static func serving<Value: Sendable>(
        _ folder: String, _ body: @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        let server = ChildProcess(
            executable: "python3", arguments: ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1"],
            directory: folder)
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { line.finish() }
                _ = try? await server.stream { stream, bytes in
                    if stream == .output { line.yield(String(decoding: bytes, as: UTF8.self)) }
                }
            }
            var said = ""
            for await piece in lines {
                said += piece
                if said.contains("(") { break }
            }
            let port = try #require(said.firstMatch(of: /port ([0-9]+)/).flatMap { Int($0.1) }, "\(said)")
            let value = try await body(port)
            group.cancelAll()
            return value
        }
    }

    /// What `pip download tiny` says, and what it fetched.
    private static func fetch(
        _ variables: [String: String], in folder: String
    ) async throws -> (said: String, files: [String]) {
        let target = folder + "/fetched"
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.lowercased().hasSuffix("_proxy") }
        for name in environment.keys where name.hasPrefix("PIP_") { environment[name] = nil }
        environment["PIP_CONFIG_FILE"] = "/dev/null"
        let pip = try await ConfinedPip.find(for: "download", environment: environment.merging(variables) { $1 })
        let result = try await pip.run(
            ["download", "--quiet", "--retries", "0", "--no-cache-dir", "--no-deps", "--dest", target, "tiny"],
            writable: [target])
        return (
            result.errorOutput + pip.remedy(result.errorOutput),
            try FileManager.default.contentsOfDirectory(atPath: target)
        )
    }

    @Test func `an index of this machine that the environment names is reached`() async throws {
        try await withTemporaryDirectory { folder in
            try await Self.makeIndex(folder)
            try await Self.serving(folder) { port in
                let fetched = try await Self.fetch(["PIP_INDEX_URL": "http://127.0.0.1:\(port)/simple"], in: folder)
                #expect(fetched.files == ["tiny-1.0-py3-none-any.whl"], "\(fetched.said)")
            }
        }
    }

    @Test func `files on another host than the index are refused until the user names it`() async throws {
        try await withTemporaryDirectory { folder in
            try await Self.serving(folder) { index in
                try await Self.serving(folder) { files in
                    try await Self.makeIndex(folder, wheelAt: "http://127.0.0.1:\(files)/simple/tiny/")
                    let variables = ["PIP_INDEX_URL": "http://127.0.0.1:\(index)/simple"]
                    let refused = try await Self.fetch(variables, in: folder)
                    #expect(refused.files.isEmpty)
                    #expect(refused.said.contains("name that in NEO_PIP_HOSTS"), "\(refused.said)")
                    let named = try await Self.fetch(
                        variables.merging(["NEO_PIP_HOSTS": "127.0.0.1:\(files)"]) { $1 }, in: folder)
                    #expect(named.files == ["tiny-1.0-py3-none-any.whl"], "\(named.said)")
                }
            }
        }
    }

    @Test(arguments: [("s3cret", true), ("wr0ng", false)])
    func `a proxy that the environment names is asked by Neo`(password: String, isRight: Bool) async throws {
        try await withTemporaryDirectory { folder in
            try await Self.makeIndex(folder)
            try await Self.serving(folder) { port in
                let proxy = LoopbackProxy(to: port, authorization: "Basic bmVvOnMzY3JldA==")  // neo:s3cret
                try await proxy.run { door in
                    let fetched = try await Self.fetch(
                        [
                            "PIP_INDEX_URL": "http://index.example/simple", "PIP_TRUSTED_HOST": "index.example",
                            "http_proxy": "http://neo:\(password)@127.0.0.1:\(door)",
                        ], in: folder)
                    #expect(fetched.files.isEmpty != isRight, "\(fetched.said)")
                    #expect(proxy.requests.first == "CONNECT index.example:80 HTTP/1.1")
                    #expect(!fetched.said.contains(password))
                }
            }
        }
    }

    @Test func `a folder of packages needs no network`() async throws {
        try await withTemporaryDirectory { folder in
            try await Self.makeIndex(folder)
            let fetched = try await Self.fetch(
                ["PIP_NO_INDEX": "1", "PIP_FIND_LINKS": folder + "/simple/tiny"], in: folder)
            #expect(fetched.files == ["tiny-1.0-py3-none-any.whl"], "\(fetched.said)")
        }
    }
}

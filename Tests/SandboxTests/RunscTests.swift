import Base
import Foundation
import Processes
import TestSupport
import Testing

@testable import Sandbox

/// Runs on gVisor's kernel, where Debian's runsc is installed.
@Suite(.enabled(if: executablePath(of: "runsc") != nil, "runsc is not installed: sudo apt-get install runsc"))
struct RunscTests {
    @Test func `a command works in its folder, and sees nothing else`() async throws {
        try await withTemporaryDirectory { folder in
            let work = MountPlan.resolvedOrSame(folder) + "/work"
            try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(filePath: work + "/neo.yaml"))
            try Data("secret".utf8).write(to: URL(filePath: folder + "/secret"))
            let script = """
                echo hello > made; cat /proc/version; cat ../secret || echo hidden
                echo x >> neo.yaml || echo kept; read line; echo "$line"; exit 7
                """
            let result = try await Sandbox.find(runtime: .runsc).run(
                ["/bin/sh", "-c", script], under: SandboxPolicy(workspace: work), input: "typed\n")
            #expect(result.status == 7, "\(result.errorOutput)")
            // gVisor's kernel says that it is this one, whatever the machine's is.
            #expect(result.output.hasPrefix("Linux version 4.4.0"), "\(result.output)")
            #expect(result.output.hasSuffix("hidden\nkept\ntyped\n"), "\(result.output)")
            #expect(result.walls.layers == ["gvisor"])
            #expect(try String(contentsOfFile: work + "/made", encoding: .utf8) == "hello\n")
            #expect(try String(contentsOfFile: work + "/neo.yaml", encoding: .utf8) == "mine")
            // What stood for what is protected is gone.
            #expect(try FileManager.default.contentsOfDirectory(atPath: work).sorted() == ["made", "neo.yaml"])
        }
    }

    @Test(
        "A limit ends a run, with all of it",
        arguments: [
            ("time.sleep(60)", SandboxLimit.wallSeconds), ("print('x' * (64 << 20))", .outputBytes),
            ("b = b'x' * (400 << 20); time.sleep(20)", .memoryBytes),
        ])
    func limits(program: String, limit: SandboxLimit) async throws {
        var policy = SandboxPolicy()
        policy.limits.wallSeconds = limit == .wallSeconds ? 2 : 30
        policy.limits.outputBytes = 1 << 20
        policy.limits.memoryBytes = 100 << 20
        let result = try await Sandbox.find(runtime: .runsc).run(
            ["/usr/bin/python3", "-c", "import time; " + program], under: policy)
        #expect(result.limitsHit == [limit], "\(result)")
        #expect(result.status == 128 + 9)
    }

    @Test func `a program that is not there has the status of shells`() async throws {
        let result = try await Sandbox.find(runtime: .runsc).run(["no-such-program"], under: SandboxPolicy())
        #expect(result.status == 127)
    }

    @Test func `a network is refused in a sentence, before anything runs`() async throws {
        for policy in [
            SandboxPolicy(network: .hosts(try HostRules(allow: ["example.org"]))), SandboxPolicy(served: 8_080),
        ] {
            let error = await #expect(throws: SandboxError.self) {
                _ = try await Sandbox.find(runtime: .runsc).run(["/bin/true"], under: policy)
            }
            #expect(error?.message.contains("or use bubblewrap") == true)
        }
    }
}

/// The form in which gVisor is told.
@Suite struct RunscBundleTests {
    @Test func `mounts come from the plan that bubblewrap has, in its order`() async throws {
        try await withTemporaryDirectory { folder in
            let work = MountPlan.resolvedOrSame(folder)
            let plan = try MountPlan(SandboxPolicy(workspace: work))
            defer { plan.removeStubs() }
            let bundle = try RunscBundle(
                plan, command: ["true"], environment: [("A", "b")], limits: SandboxLimits(), filter: [:])
            defer { bundle.remove() }
            let config = try String(contentsOfFile: bundle.folder + "/config.json", encoding: .utf8)
            #expect(config.contains("\"noNewPrivileges\":true") && config.contains("\"capabilities\":{}"))
            let places = config.matches(of: /"destination":"([^"]+)"/).map { String($0.1) }
            let own = try #require(places.firstIndex(of: work))
            let temporary = try #require(places.firstIndex(of: "/tmp"))
            let hidden = try #require(places.firstIndex(of: work + "/.neo"))
            #expect(temporary < own && own < hidden)
            let attributes = try FileManager.default.attributesOfItem(atPath: bundle.folder)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }
    }
}

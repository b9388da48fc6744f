import Base
import Foundation
import Processes
import TestSupport
import Testing

/// `neo learn --schedule` in a folder of the test's own, with a service manager that writes down what it is asked: the
/// machine's own is not touched.
@Suite struct LearnScheduleTests {
    private static func run(_ neo: NeoProcess, _ arguments: String..., manager: String?) async throws
        -> ChildProcess.Result
    {
        // Only what the command needs: no other systemctl is found.
        try await neo.shell("rm -rf bin && mkdir -p bin xdg run")
        if let manager {
            try neo.write("bin/systemctl", "#!/bin/sh\necho \"$@\" >> '\(neo.folder)/asked'\n\(manager)\n")
            try await neo.shell("chmod 755 bin/systemctl")
        }
        return try await neo.run(
            through: [
                "/usr/bin/env", "-u", "DBUS_SESSION_BUS_ADDRESS", "PATH=\(neo.folder)/bin",
                "XDG_CONFIG_HOME=\(neo.folder)/xdg",
                "XDG_RUNTIME_DIR=\(neo.folder)/run",
            ], arguments)
    }

    private static func withFolder(_ body: (NeoProcess) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder async throws in
            var neo = NeoProcess(folder: folder)
            neo.knowledge = folder + "/learnt"
            try await body(neo)
        }
    }

    @Test func `a timer is written and started once, is shown, and is removed`() async throws {
        try await Self.withFolder { neo async throws in
            let first = try await Self.run(neo, "learn", "--schedule", "weekly", manager: "exit 0")
            #expect(first.status == 0 && first.output.hasPrefix("neo learn runs weekly. Wrote:\n"), "\(first)")
            let service = try neo.read("xdg/systemd/user/neo-learn.service")
            #expect(service.contains("Environment=\"NEO_KNOWLEDGE=\(neo.folder)/learnt\""))
            #expect(service.contains("/neo\" learn --quiet\n"))
            #expect(try neo.read("xdg/systemd/user/neo-learn.timer").contains("OnCalendar=weekly"))
            let asked = """
                --user list-timers --no-pager
                --user daemon-reload
                --user enable neo-learn.timer
                --user restart neo-learn.timer

                """
            #expect(try neo.read("asked") == asked)
            let again = try await Self.run(neo, "learn", "--schedule", "weekly", "--json", manager: "exit 0")
            #expect(try JSONValue(parsing: again.output)["files"] == [])
            let list = try await Self.run(neo, "knowledge", "list", "--json", manager: nil)
            #expect(try JSONValue(parsing: list.output)["schedule"] == "weekly")
            let doctor = try await Self.run(neo, "doctor", manager: nil)
            #expect(doctor.output.contains("ok     schedule of neo learn: weekly, by \(neo.folder)/xdg"))
            let off = try await Self.run(neo, "learn", "--schedule", "off", manager: "exit 0")
            #expect(off.status == 0 && off.output.hasPrefix("neo learn runs no more by itself. Removed:"))
            #expect(try neo.files(below: "xdg").isEmpty)
            #expect(try neo.read("asked").hasSuffix("--user disable --now neo-learn.timer\n--user daemon-reload\n"))
            let none = try await Self.run(neo, "learn", "--schedule", "off", manager: nil)
            #expect(none.status == 0 && none.output == "Nothing was scheduled.\n")
        }
    }

    @Test(arguments: [nil, "echo 'no bus' >&2; exit 1"])
    func `where nobody starts timers nothing is installed, and the crontab's line is printed`(manager: String?)
        async throws
    {
        try await Self.withFolder { neo async throws in
            let result = try await Self.run(neo, "learn", "--schedule", "daily", manager: manager)
            #expect(result.status == 1 && result.output.hasPrefix("Nothing was installed: "))
            #expect(result.output.contains(manager == nil ? "there is no systemctl" : "and said: no bus"))
            #expect(result.output.contains("\n  @daily NEO_KNOWLEDGE='\(neo.folder)/learnt' '"))
            #expect(try neo.files(below: "xdg").isEmpty)
        }
    }

    @Test func `what the manager refuses leaves no files`() async throws {
        try await Self.withFolder { neo async throws in
            let refused = try await Self.run(
                neo, "learn", "--schedule", "daily", manager: "test \"$2\" != enable || { echo masked >&2; exit 4; }")
            #expect(refused.status == 1 && refused.errorOutput.contains("ended with 4, and said: masked"))
            #expect(try neo.files(below: "xdg").isEmpty)
        }
    }

    @Test func `a schedule that nobody knows is a wrong command line`() async throws {
        try await Self.withFolder { neo async throws in
            for wrong in [["--schedule", "hourly"], ["--schedule", "off", "--use", "2"]] {
                #expect(try await neo.run(through: [], ["learn"] + wrong).status == 2)
            }
        }
    }
}

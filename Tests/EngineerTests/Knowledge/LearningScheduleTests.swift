import Base
import Foundation
import Processes
import TestSupport
import Testing

@testable import Engineer

@Suite struct LearningScheduleTests {
    /// Paths with all that a unit, a shell or a property list would take for something else.
    private static func job() throws -> LearningJob {
        try LearningJob(program: "/opt/my \"neo\" 100%/$HOME/n\\eo'x", knowledge: "/data & <more>/50%/it's")
    }

    @Test func `what is written once is not written again, and is removed`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let schedule = LearningSchedule(["XDG_CONFIG_HOME": folder, "HOME": "/nowhere"], manager: .systemd)
            #expect(schedule.folder == folder + "/systemd/user" && schedule.current == nil)
            #expect(try schedule.remove() == [])
            let job = try LearningJob(program: "/usr/bin/neo", knowledge: "/k")
            #expect(try schedule.write(.weekly, job) == schedule.paths)
            #expect(schedule.current == .weekly)
            #expect(try schedule.write(.weekly, job) == [])
            #expect(try schedule.write(.daily, job) == [folder + "/systemd/user/neo-learn.timer"])
            #expect(schedule.current == .daily)
            #expect(try schedule.remove().count == 2 && schedule.current == nil)
        }
    }

    @Test(arguments: [0, 1])
    func `a file of somebody else is neither written over nor removed`(which: Int) async throws {
        try await withTemporaryDirectory { folder async throws in
            let schedule = LearningSchedule(["XDG_CONFIG_HOME": folder], manager: .systemd)
            let path = schedule.paths[which]
            try writeTestFile("[Timer]\nOnCalendar=weekly\n", to: path)
            let job = try LearningJob(program: "/usr/bin/neo", knowledge: "/k")
            #expect(schedule.current == nil)
            for change in [{ try schedule.write(.daily, job) }, { try schedule.remove() }] {
                let error = #expect(throws: EngineerError.self) { _ = try change() }
                #expect(error?.message.contains("\(path) was not written by neo learn") == true)
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "[Timer]\nOnCalendar=weekly\n")
            #expect(!FileManager.default.fileExists(atPath: schedule.paths[1 - which]))
        }
    }

    @Test func `a relative XDG_CONFIG_HOME does not count, and macOS has a folder of its own`() {
        let home = ["XDG_CONFIG_HOME": "here", "HOME": "/home/a"]
        #expect(LearningSchedule(home, manager: .systemd).folder == "/home/a/.config/systemd/user")
        let agents = LearningSchedule(home, manager: .launchd)
        #expect(agents.paths == ["/home/a/Library/LaunchAgents/neo.learn.plist"])
    }

    @Test func `a path that nobody can see is refused`() {
        for path in ["/a\nExecStart=/bin/sh", "/a\u{202E}b"] {
            #expect(throws: EngineerError.self) { try LearningJob(program: path, knowledge: "/k") }
            #expect(throws: EngineerError.self) { try LearningJob(program: "/neo", knowledge: path) }
        }
    }

    @Test(
        .enabled(if: executablePath(of: "systemd-analyze") != nil, "systemd's own checker is not installed"))
    func `systemd finds nothing wrong with the units`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let schedule = LearningSchedule(["XDG_CONFIG_HOME": folder], manager: .systemd)
            // The program has to be there, with a name that has to be quoted.
            let program = folder + "/my 100% $HOME neo"
            try writeTestFile("#!/bin/sh\n", to: program)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            for interval in LearningSchedule.Interval.allCases {
                _ = try schedule.write(interval, try LearningJob(program: program, knowledge: folder + "/50% \\ k"))
                let checked = try await ChildProcess(
                    executable: "systemd-analyze", arguments: ["verify", "--user", "--man=no"] + schedule.paths,
                    environment: ["HOME": folder, "XDG_RUNTIME_DIR": folder, "PATH": "/usr/bin:/bin"]
                ).run()
                #expect(checked.status == 0 && checked.errorOutput.isEmpty, "\(checked.errorOutput)")
            }
        }
    }

    @Test func `what systemd would not start is refused before anything is written`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let schedule = LearningSchedule(["XDG_CONFIG_HOME": folder], manager: .systemd)
            #expect(throws: EngineerError.self) { try schedule.write(.daily, try Self.job()) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test func `a shell reads the crontab's line as it is meant`() async throws {
        let line = try Self.job().crontabLine(.weekly)
        #expect(line.hasPrefix("@weekly NEO_KNOWLEDGE="))
        // As cron does: a percent sign with a backslash is one without.
        let command = line.dropFirst("@weekly ".count).replacing("\\%", with: "%")
        let shown = try await ChildProcess(
            executable: "sh", arguments: ["-c", "env \(command)"],
            environment: ["PATH": "/usr/bin:/bin"]
        ).run()
        // Nothing is there of that name, and env says which name it was.
        #expect(
            shown.status == 127 && shown.errorOutput.contains("/opt/my \"neo\" 100%/$HOME/n"), "\(shown.errorOutput)")
    }

    @Test func `a property list says the same, whatever the paths hold`() throws {
        let text = try #require(try Self.job().files(for: .launchd, .weekly)["neo.learn.plist"])
        var format = PropertyListSerialization.PropertyListFormat.xml
        let list = try #require(
            try PropertyListSerialization.propertyList(from: Data(text.utf8), format: &format) as? [String: Any])
        #expect((list["ProgramArguments"] as? [String])?.first == "/opt/my \"neo\" 100%/$HOME/n\\eo'x")
        #expect((list["EnvironmentVariables"] as? [String: String])?["NEO_KNOWLEDGE"] == "/data & <more>/50%/it's")
        #expect((list["StartCalendarInterval"] as? [String: Int])?["Weekday"] == 1)
        let daily = try #require(try Self.job().files(for: .launchd, .daily)["neo.learn.plist"])
        #expect(!daily.contains("Weekday"))
    }
}

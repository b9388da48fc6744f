import ArgumentParser
import Base
import Commands
import Processes
import TestSupport
import Testing

/// What users read, kept as files: `RECORD=1` writes them anew.
@Suite struct SnapshotTests {
    /// Every command with its path, such as `models pull`; the root is empty.
    static let commands = paths(of: NeoCommand.self)

    @Test(arguments: commands)
    func `the help of a command is the one that was looked at`(command: String) async throws {
        try await withTemporaryDirectory { folder async throws in
            let arguments = command.split(separator: " ").map(String.init)
            let help = try await NeoProcess(folder: folder).run(through: [], arguments + ["--help"])
            #expect(help.status == 0)
            let name = command.isEmpty ? "neo" : command.replacing(" ", with: "-")
            try expect(help.output, asIn: "help/\(name).txt")
        }
    }

    @Test func `the report of a small search is the one that was looked at`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try await neo.check("search", "p", "--trials", "3", "--latency-requests", "0")
            let summary = try await neo.check("report", "p").output
            try expect(summary.replacing(neo.folder, with: "FOLDER"), asIn: "report/summary.txt")
            // What depends on the machine and the day is another one elsewhere, or not there.
            let own = /(- It took|\| (Processor|Cores|Memory|System|Swift|Matrix products|Written|Called as) \|) .*\n/
            let report = try neo.read("p/report.md").replacing(neo.folder, with: "FOLDER")
            #expect(report.matches(of: own).count >= 7)
            try expect(report.replacing(own, with: ""), asIn: "report/report.md")
        }
    }

    private func expect(_ text: String, asIn name: String) throws {
        if let difference = try GoldenFile(name, beside: #filePath).difference(from: text) {
            Issue.record("\(difference)")
        }
    }

    private static func paths(of command: any ParsableCommand.Type, prefix: String = "") -> [String] {
        [prefix]
            + command.configuration.subcommands.flatMap { subcommand in
                paths(
                    of: subcommand,
                    prefix: prefix.isEmpty ? subcommand._commandName : "\(prefix) \(subcommand._commandName)")
            }
    }
}

import Base
import LanguageModels
import Processes
import Testing

@testable import Agents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

private let folder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"]
private let python: String? = ProcessInfo.processInfo.environment["NEO_PEERS_PYTHON"]

/// Has Harbor's own model of a trajectory read what Neo writes (`Tests/Peers/atif.py`).
@Suite(.enabled(if: folder != nil && python != nil, "make test-peers installs Harbor's model of a trajectory"))
struct ATIFPeerTests {
    @Test func `Harbor's model takes every trajectory`() async throws {
        let trajectories = try #require(folder) + "/atif"
        try FileManager.default.createDirectory(atPath: trajectories, withIntermediateDirectories: true)
        let events = SessionChangeTests.events(hostile: "\u{0}\u{FFFF} <|x|> ```")
        let compaction = SessionEvent(
            number: 13, time: 2e9, kind: .compaction(CompactionRecord(replaced: 2, summary: "s")))
        let rewound = SessionEvent(number: 14, time: 3e9, kind: .resumed(ResumeRecord(rewoundTo: 6)))
        let sessions = [
            events, Array(events.prefix(1)), Array(events.prefix(5)), events + [compaction],
            events + [compaction, rewound],
        ]
        for (number, session) in sessions.enumerated() {
            let text = try ATIFTrajectory(session, program: "0.1.0").json.canonicalText
            try text.write(toFile: "\(trajectories)/\(number).json", atomically: true, encoding: .utf8)
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().path + "/../Peers/atif.py"
        let result = try await ChildProcess(
            executable: try #require(python), arguments: [script, "--trajectories", trajectories]
        ).run()
        #expect(result.status == 0, "\(result.output)\(result.errorOutput)")
        #expect(result.output.hasPrefix("\(sessions.count) trajectories"))
    }
}

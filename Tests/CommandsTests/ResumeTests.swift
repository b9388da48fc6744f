import Base
import FoundationEssentials
import Processes
import TestSupport
import Testing

/// `neo agent` is killed again and again, and what it did is neither lost nor done twice.
@Suite struct ResumeTests {
    /// How often it is killed; more by hand: `NEO_KILLS=200`.
    private static let kills = ProcessInfo.processInfo.environment["NEO_KILLS"].flatMap { Int($0) } ?? 40
    private static let steps = 24

    @Test func `killed at any moment, a session loses no event and repeats no effect`() async throws {
        var random = SplitMix64(seed: 11)
        var tally = Tally()
        while tally.kills < Self.kills {
            let seed = random.next()
            let left = Self.kills - tally.kills
            let one = try await withTemporaryDirectory { folder in
                let neo = NeoProcess(folder: folder)
                return try await ScriptedChatServer.serving(neo, steps: Self.steps) {
                    try await Self.work(neo, kills: left, seed: seed)
                }
            }
            tally += one
        }
        print("Resume: \(tally.line)")
        #expect(tally.missing == 0 && tally.repeated == 0 && tally.unanswered == 0)
    }

    /// One session, killed until enough or until it is done, and then looked at.
    private static func work(_ neo: NeoProcess, kills: Int, seed: UInt64) async throws -> Tally {
        var random = SplitMix64(seed: seed)
        var tally = Tally(sessions: 1)
        try FileManager.default.createDirectory(atPath: neo.folder + "/w", withIntermediateDirectories: false)
        var printed: [JSONValue] = []
        var task: [String] = ["Count."]
        while true {
            // Where enough were killed, it may end.
            let moment = tally.kills < kills ? Double.random(in: 0.05...1.5, using: &random) : 300
            let result = try await neo.run(
                through: ["timeout", "--foreground", "-s", "KILL", "\(moment)"],
                ["agent"] + task + ["--folder", "w", "--json"])
            printed += result.output.split(separator: "\n", omittingEmptySubsequences: true)
                .compactMap { try? JSONValue(parsing: String($0)) }
            let session = try Self.session(of: neo)
            // Before its first event is on the disk, there is nothing to go on with.
            if let session { task = ["--session", session] }
            if let session, try !Self.kept(neo, session).contains(where: { $0["type"] == "message" }) {
                task.insert("Count.", at: 0)
            }
            // 124: it ended by itself just as it was to be killed.
            if [137, 9, 124].contains(result.status) {
                tally.kills += 1
                // Killed after its last event: there is nothing to go on with.
                if let session, let last = try Self.kept(neo, session).last, last["type"] == "end",
                    last["reason"] == "done"
                {
                    break
                }
                continue
            }
            try #require(result.status == 0, "\(result.errorOutput)")
            break
        }
        let kept = try Self.kept(neo, try #require(try Self.session(of: neo)))
        tally.events = kept.count
        tally.missing =
            printed.filter { event in
                guard let number = event["number"]?.integer, number >= 0 else { return false }
                return !kept.indices.contains(number) || kept[number] != event
            }.count
        #expect(kept.map { $0["number"]?.integer } == kept.indices.map { $0 })
        let numbers = try neo.read("w/numbers").split(separator: "\n").compactMap { Int($0) }
        tally.repeated = numbers.count - Set(numbers).count
        #expect(numbers.sorted() == Array(1...Self.steps))
        let calls = kept.filter { $0["type"] == "turn" }.flatMap { $0["parts"]?.array ?? [] }
            .compactMap { $0["call_id"]?.string }
        let results = kept.filter { $0["type"] == "tool_result" }.compactMap { $0["call_id"]?.string }
        tally.unanswered = calls.count - results.count
        #expect(calls.sorted() == results.sorted() && Set(calls).count == calls.count)
        tally.looked = kept.filter { $0["text"]?.string?.contains("outcome is unknown") == true }.count
        return tally
    }

    private static func session(of neo: NeoProcess) throws -> String? {
        let folder = neo.folder + "/w/.neo/sessions"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }.sorted().first {
            ((try? neo.read("w/.neo/sessions/\($0).jsonl")) ?? "").contains("\n")
        }
    }

    /// The events of the file, without their checksums; its last line may be torn.
    private static func kept(_ neo: NeoProcess, _ session: String) throws -> [JSONValue] {
        try neo.read("w/.neo/sessions/\(session).jsonl").split(separator: "\n").compactMap { line in
            guard case .object(var event)? = try? JSONValue(parsing: String(line)) else { return nil }
            event["sum"] = nil
            return .object(event)
        }
    }
}

/// What was seen of all sessions.
private struct Tally {
    var sessions = 0
    var kills = 0
    var events = 0
    var missing = 0
    var repeated = 0
    var unanswered = 0
    var looked = 0

    var line: String {
        "\(kills) kills, \(sessions) sessions, \(events) events, \(missing) lost, \(repeated) effects repeated, "
            + "\(unanswered) calls without a result, \(looked) of unknown outcome"
    }

    static func += (sum: inout Tally, other: Tally) {
        sum.sessions += other.sessions
        sum.kills += other.kills
        sum.events += other.events
        sum.missing += other.missing
        sum.repeated += other.repeated
        sum.unanswered += other.unanswered
        sum.looked += other.looked
    }
}

import Base
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engineer

@Suite struct ServiceWatchTests {
    /// A clock that a test sets, and what came through the ports.
    final class World: Sendable {
        struct State {
            var wall = 1_800_000_000.0
            var ticks: UInt64 = 0
            var sent: [JSONValue] = []
            var notes: [String] = []
            var refuses = false
            var found = true
            var release: Int?
            var asked: [String] = []
            var reindexed = 0
        }
        let state = Mutex(State())

        var now: Double { state.withLock { $0.wall } }
        func pass(_ seconds: Double) {
            state.withLock { state in
                state.wall += seconds
                state.ticks += UInt64(seconds * 1e9)
            }
        }
        var time: TimeSource {
            TimeSource(
                now: { Date(timeIntervalSince1970: self.now) }, nanoseconds: { self.state.withLock { $0.ticks } })
        }
        struct Refused: Error {}
        var ports: ServiceWatch.Ports {
            ServiceWatch.Ports(
                ask: { id, _ in
                    let (isFound, release) = self.state.withLock { state in
                        state.asked.append(id)
                        return (state.found, state.release)
                    }
                    return ProbeReply(
                        passages: [.init(document: "a.md", text: isFound ? "Tea is green and hot." : "Nothing.")],
                        hasAbstained: false, milliseconds: 1, release: release)
                }, reindex: { self.state.withLock { $0.reindexed += 1 } },
                deliver: { _, message in
                    try self.state.withLock { state in
                        guard !state.refuses else { throw Refused() }
                        state.sent.append(message)
                    }
                })
        }
    }

    private func with(
        _ yaml: String = "", _ body: (Project, ServiceRecords, World) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { folder in
            try Data(("documents: ['*.md']\n" + yaml).utf8).write(to: URL(filePath: folder + "/neo.yaml"))
            try Data("# A\n\nTea is green and hot.\n".utf8).write(to: URL(filePath: folder + "/a.md"))
            try Data("# B\n\nCoffee.\n".utf8).write(to: URL(filePath: folder + "/b.md"))
            let row =
                #"{"id": "t", "question": "What is tea?", "answers": [], "evidence": [{"document": "a.md", "quote": "Tea is green and hot."}]}"#
            try Data((row + "\n").utf8).write(to: URL(filePath: folder + "/golden.jsonl"))
            let project = try Project(opening: folder)
            try await body(project, try ServiceRecords(project), World())
        }
    }

    private func watch(_ project: Project, _ records: ServiceRecords, _ world: World) -> ServiceWatch {
        ServiceWatch(project, records: records, ports: world.ports, time: world.time) { note in
            world.state.withLock { $0.notes.append(note) }
        }
    }

    private func fail(_ count: Int, of all: Int, in records: ServiceRecords, at time: Double) async throws {
        try await records.database.add(
            (0..<all).map { number in
                ServiceRequest(
                    id: "r\(number)", time: time - 1, service: "s", route: "/v1/answer",
                    outcome: number < count ? .failed : .answered, status: number < count ? 500 : 200, milliseconds: 5)
            })
    }

    @Test func `questions that mean something else are drift, and none is encoded twice`() async throws {
        try await with { project, records, world in
            func ask(_ count: Int, about subject: String, at time: Double) async throws {
                try await records.database.add(
                    (0..<count).map { number in
                        var row = ServiceRequest(
                            id: "\(subject)\(number)", time: time, service: "s", route: "/v1/answer",
                            outcome: .answered, status: 200, milliseconds: 5)
                        row.query = "\(subject) \(number)"
                        row.passages = 1
                        return row
                    })
            }
            try await ask(40, about: "tea", at: world.now - 20 * 86_400)
            try await ask(40, about: "charger", at: world.now - 3600)
            var ports = world.ports
            ports.meaning = { questions in
                world.state.withLock { $0.asked += questions }
                return questions.map { [$0.hasPrefix("tea") ? 0 : 1, Float($0.utf8.last ?? 0) / 1000] }
            }
            let watch = ServiceWatch(project, records: records, ports: ports, time: world.time)
            let drift = try await watch.look().drift
            let found = try #require(drift.first { $0.measure == "centroid" })
            #expect(found.reference == "month" && found.feature == "meaning" && found.hasDrifted)
            #expect(abs(found.value - 1) < 1e-3 && found.currentCount == 40)
            let encoded = world.state.withLock { $0.asked.filter { $0.hasPrefix("charger") }.count }
            world.pass(3700)
            _ = try await watch.look()
            // One, to see whether the encoder is still the same.
            #expect(world.state.withLock { $0.asked.filter { $0.hasPrefix("charger") }.count } - encoded <= 1)
        }
    }

    private static let hook = "monitoring: {notify: [{webhook: 'http://127.0.0.1:1/'}]}\n"

    @Test func `failures are told once, with evidence and a command, and their end once, also over a restart`()
        async throws
    {
        try await with(Self.hook) { project, records, world in
            try await fail(30, of: 60, in: records, at: world.now)
            #expect(try await watch(project, records, world).look().alerts.map(\.state) == [.pending])
            world.pass(70)
            // Another process goes on.
            let report = try await watch(project, records, world).look()
            let alert = try #require(report.alerts.first { $0.rule == "errors" })
            #expect(alert.state == .firing && alert.severity == .page)
            let sent = world.state.withLock { $0.sent }
            #expect(sent.count == 1)
            #expect(sent.first?["title"]?.string?.contains("30 of 60") == true)
            #expect(sent.first?["evidence"]?["requests"]?.array?.count == 5)
            #expect(sent.first?["command"]?.string?.contains("neo query") == true)
            world.pass(30)
            _ = try await watch(project, records, world).look()
            #expect(world.state.withLock { $0.sent.count } == 1)
            // What failed has left the short windows; then calm must last.
            world.pass(8 * 3600)
            _ = try await watch(project, records, world).look()
            #expect(world.state.withLock { $0.sent.map { $0["event"]?.string } } == ["firing", "resolved"])
        }
    }

    @Test func `a receiver that refuses is tried again later, and nothing is lost`() async throws {
        try await with(Self.hook) { project, records, world in
            try await fail(30, of: 60, in: records, at: world.now)
            let watch = watch(project, records, world)
            _ = try await watch.look()
            world.pass(70)
            world.state.withLock { $0.refuses = true }
            let report = try await watch.look()
            #expect(report.deliveries.first?.state == .waiting && report.deliveries.first?.attempts == 1)
            world.state.withLock { $0.refuses = false }
            world.pass(5)
            _ = try await watch.look()
            #expect(world.state.withLock { $0.sent.isEmpty }, "its pause is not over")
            world.pass(10)
            #expect(try await watch.look().deliveries.first?.state == .delivered)
            #expect(world.state.withLock { $0.sent.count } == 1)
        }
    }

    @Test func `rows of the future are told, and a clock that was set deletes nothing`() async throws {
        try await with { project, records, world in
            try await fail(0, of: 3, in: records, at: world.now + 9000)
            let watch = watch(project, records, world)
            #expect(try await watch.look().alerts.map(\.rule) == ["clock"])
            world.state.withLock { $0.wall += 400 * 86_400 }
            world.pass(3700)
            _ = try await watch.look()
            #expect(world.state.withLock { $0.notes.contains { $0.contains("The clock was set") } })
            #expect(try await records.database.requestCount() == 3)
        }
    }

    @Test func `what is older than the policy says is deleted`() async throws {
        try await with("monitoring: {keep_days: 2}\n") { project, records, world in
            try await fail(0, of: 3, in: records, at: world.now - 3 * 86_400)
            try await fail(0, of: 2, in: records, at: world.now)
            _ = try await watch(project, records, world).look()
            #expect(try await records.database.requestCount() == 2)
        }
    }

    @Test func `a document under a golden question that changes is indexed anew, and its question asked again`()
        async throws
    {
        try await with { project, records, world in
            let watch = watch(project, records, world)
            _ = try await watch.look()
            #expect(world.state.withLock { $0.reindexed } == 0)
            try Data("# B\n\nMore coffee.\n".utf8).write(to: URL(filePath: project.folder + "/b.md"))
            world.pass(61)
            #expect(try await watch.look().alerts.isEmpty, "no golden question stands on it")
            #expect(world.state.withLock { $0.reindexed } == 1)
            try Data("# A\n\nTea is black.\n".utf8).write(to: URL(filePath: project.folder + "/a.md"))
            world.state.withLock { $0.found = false }
            world.pass(61)
            let report = try await watch.look()
            #expect(world.state.withLock { $0.reindexed } == 2)
            #expect(report.alerts.map(\.rule) == ["documents"])
            #expect(report.alerts.first?.title.contains("a.md") == true)
            let probes = try await records.database.probes()
            #expect(probes.first?.hasPassed == false && probes.first?.detail.contains("0 of 1") == true)
            // Found again: nobody has to look.
            world.state.withLock { $0.found = true }
            world.pass(15 * 60)
            _ = try await watch.look()
            world.pass(301)
            #expect(try await watch.look().alerts.isEmpty)
        }
    }

    @Test func `a release that never changes shows no document as it is now, but the next one does`() async throws {
        try await with { project, records, world in
            world.state.withLock { $0.release = 1 }
            let watch = watch(project, records, world)
            _ = try await watch.look()
            world.pass(61)
            try Data("# A\n\nTea is green and cold.\n".utf8).write(to: URL(filePath: project.folder + "/a.md"))
            _ = try await watch.look()
            // The release finds what it always did, and that is the trouble.
            world.pass(15 * 60)
            #expect(try await watch.look().alerts.map(\.rule) == ["documents"])
            world.state.withLock { $0.release = 2 }
            world.pass(15 * 60)
            _ = try await watch.look()
            world.pass(301)
            #expect(try await watch.look().alerts.isEmpty)
            #expect(try await records.database.fact("probe baseline 2")?["t"]?.integer == 1)
        }
    }

    @Test func `a mark that somebody made up is no probe`() async throws {
        try await with { project, records, _ in
            let mark = records.probeMark(of: "a question.with dots")
            #expect(records.probe(mark) == "a question.with dots")
            #expect(records.probe(mark + "0") == nil && records.probe("x.y") == nil && records.probe("") == nil)
            #expect(try ServiceRecords(project).probe(mark) == "a question.with dots", "the project's key stays")
            let rights = try FileManager.default.attributesOfItem(atPath: project.path(".neo/service.key"))
            #expect(rights[.posixPermissions] as? Int == 0o600)
        }
    }
}

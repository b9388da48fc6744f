import Base
import HTTPTypes
import RAG
import Retrieval
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(2))) struct ReleaseSwitchTests {
    private static let body = #"{"query": "a"}"#

    private func state(_ releases: ReleaseSwitch, _ change: (inout ReleaseSwitch.State) -> Void) {
        releases.state.withLock { change(&$0) }
    }

    @Test("Which release answered stands in the header and in the answer", arguments: ["/v1/retrieve", "/v1/answer"])
    func named(path: String) async throws {
        let reply = try await ServerFixture(other: ReleaseSwitch(number: 7, service: FakeService())).post(
            path, Self.body)
        #expect(reply.status == 200)
        #expect(reply.headers[HTTPField.Name("neo-release")!] == "7")
        #expect(try reply.json["release"] == 7)
    }

    @Test func `a service without releases names none`() async throws {
        let reply = try await ServerFixture().post("/v1/retrieve", Self.body)
        #expect(reply.headers[HTTPField.Name("neo-release")!] == nil)
        #expect(try reply.json["release"] == nil)
    }

    @Test func `one request of ten is the canary's`() async throws {
        let (old, new) = (FakeService(), FakeService())
        let releases = ReleaseSwitch(number: 1, service: old)
        state(releases) { state in
            state.candidate = LoadedRelease(number: 2, service: new)
            state.stage = .canary
        }
        let numbers = Mutex<[String?]>([])
        try await ServerFixture(other: releases).run { client async throws in
            for _ in 0..<50 {
                let reply = try await client.send(
                    .post, "/v1/retrieve", body: Self.body, headers: [.contentType: "application/json"])
                numbers.withLock { $0.append(reply.headers[HTTPField.Name("neo-release")!]) }
            }
        }
        #expect(numbers.withLock { $0.count { $0 == "2" } } == 5)
        #expect(new.queries.count == 5 && old.queries.count == 45)
    }

    @Test("Where the canary fails, the release in service answers", arguments: ["/v1/retrieve", "/v1/answer"])
    func substitute(path: String) async throws {
        let releases = ReleaseSwitch(number: 1, service: FakeService())
        let candidate = LoadedRelease(number: 2, service: FakeService(.fails))
        state(releases) { state in
            state.candidate = candidate
            state.stage = .canary
            state.given = 9
        }
        let reply = try await ServerFixture(other: releases).post(path, Self.body)
        #expect(reply.status == 200)
        #expect(reply.headers[HTTPField.Name("neo-release")!] == "1")
        #expect(try reply.json["release"] == 1)
        #expect(candidate.requests == LoadedRelease.Counts(answered: 0, failed: 1))
    }

    @Test(
        "What fails after the canary was taken out is answered by the release in service",
        arguments: ["/v1/retrieve", "/v1/answer"])
    func late(path: String) async throws {
        let releases = ReleaseSwitch(number: 1, service: FakeService())
        // It is taken out while its request is under way.
        let candidate = LoadedRelease(
            number: 2,
            service: FakeService(.fails) {
                releases.state.withLock { $0.candidate = nil }
            })
        state(releases) { state in
            state.candidate = candidate
            state.stage = .canary
            state.given = 9
        }
        let reply = try await ServerFixture(other: releases).post(path, Self.body)
        #expect(reply.status == 200)
        #expect(releases.state.withLock { $0.candidate == nil })
        #expect(reply.headers[HTTPField.Name("neo-release")!] == "1")
    }

    @Test func `where both fail, the client hears it`() async throws {
        let releases = ReleaseSwitch(number: 1, service: FakeService(.fails))
        #expect(try await ServerFixture(other: releases).post("/v1/retrieve", Self.body).status == 500)
    }

    @Test(
        "Few failures, or a small share of them, burn no budget",
        arguments: [(4, 4, false), (5, 5, true), (5, 100, true), (5, 400, false), (50, 1000, true), (12, 1000, false)])
    func budget(failed: Int, all: Int, isBurning: Bool) {
        let counts = LoadedRelease.Counts(answered: all - failed, failed: failed)
        #expect(ErrorBudget.isBurning(counts) == isBurning)
    }

    /// What a project's books say, and what was loaded from them.
    private final class Books: Sendable {
        struct State {
            var live = LiveReleases(live: 1)
            var services: [Int: FakeService] = [:]
            var reasons: [String] = []
            var said: [String] = []
        }

        let state = Mutex(State())
        private let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

        func say(_ sentence: String) {
            state.withLock { $0.said.append(sentence) }
            changed.yield()
        }

        /// Waits until something was said.
        func wait(for part: String) async {
            while !state.withLock({ $0.said.contains { $0.contains(part) } }) {
                _ = await changes.first { _ in true }
            }
        }

        func supervisor(_ releases: ReleaseSwitch) -> ReleaseSupervisor {
            ReleaseSupervisor(
                releases, books: { self.state.withLock { $0.live } },
                load: { number in
                    guard let service = self.state.withLock({ $0.services[number] }) else {
                        throw ServerError(code: .warmUpFailed, message: "There is no release \(number).")
                    }
                    return service
                },
                rollBack: { live, because, _ in
                    self.state.withLock { state in
                        guard state.live == live else { return }
                        state.reasons.append(because)
                        if state.live.candidate != nil {
                            state.live.candidate = nil
                            state.live.stage = nil
                        } else {
                            state.live = LiveReleases(live: live.previous)
                        }
                    }
                }, say: { self.say($0) }, pause: .milliseconds(1))
        }

        func set(_ live: LiveReleases) { state.withLock { $0.live = live } }
    }

    private func supervised(
        _ services: [Int: FakeService], _ body: @escaping @Sendable (ReleaseSwitch, Books) async throws -> Void
    ) async throws {
        let books = Books()
        books.state.withLock { $0.services = services }
        let releases = ReleaseSwitch(number: 1, service: services[1] ?? FakeService())
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await books.supervisor(releases).run() }
            defer { tasks.cancelAll() }
            try await body(releases, books)
        }
    }

    @Test func `no question fails while releases change under load`() async throws {
        try await supervised([1: FakeService(), 2: FakeService()]) { releases, books async throws in
            let failed = Mutex(0)
            let ask: @Sendable () async throws -> Void = {
                while !Task.isCancelled {
                    do { _ = try await releases.answer(Query("a")) } catch { failed.withLock { $0 += 1 } }
                    // Answers here take no time: without a pause nobody else would have a turn.
                    try? await Task.sleep(for: .microseconds(500))
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<4 { tasks.addTask { try await ask() } }
                books.set(LiveReleases(live: 1, candidate: 2, stage: .canary))
                await books.wait(for: "Release 2 is tried: canary")
                books.set(LiveReleases(live: 2, previous: 1))
                await books.wait(for: "Release 2 answers now")
                books.set(LiveReleases(live: 1))
                await books.wait(for: "Release 1 answers now")
                tasks.cancelAll()
                try await tasks.waitForAll()
            }
            #expect(failed.withLock { $0 } == 0)
            #expect(releases.live == 1)
        }
    }

    @Test func `a new release that fails is taken back, and no client hears of it`() async throws {
        try await supervised([1: FakeService(), 2: FakeService()]) { releases, books async throws in
            books.set(LiveReleases(live: 2, previous: 1))
            await books.wait(for: "Release 2 answers now")
            // It answered its first question, and fails at the others.
            let failing = LoadedRelease(number: 2, service: FakeService(.fails))
            releases.state.withLock { $0.live = failing }
            try await ServerFixture(other: releases).run { client async throws in
                for _ in 0..<5 {
                    let reply = try await client.send(
                        .post, "/v1/retrieve", body: Self.body, headers: [.contentType: "application/json"])
                    #expect(reply.status == 200)
                }
            }
            await books.wait(for: "Release 2 was taken back")
            await books.wait(for: "Release 1 answers now")
            #expect(books.state.withLock { $0.reasons } == ["5 of its 5 requests failed, and one of a hundred may"])
            #expect(releases.live == 1)
        }
    }

    @Test func `a release that cannot be loaded changes nothing, and is taken back`() async throws {
        try await supervised([1: FakeService()]) { releases, books async throws in
            books.set(LiveReleases(live: 2, previous: 1))
            await books.wait(for: "Release 2 was taken back")
            #expect(releases.live == 1)
            #expect(books.state.withLock { $0.reasons.first?.contains("There is no release 2.") } == true)
        }
    }

    @Test func `the shadow is asked what the live release was, and nobody waits for it`() async throws {
        let gate = Gate()
        let shadow = FakeService(.waits(gate))
        try await supervised([1: FakeService(), 2: shadow]) { releases, books async throws in
            books.set(LiveReleases(live: 1, candidate: 2, stage: .shadow))
            await books.wait(for: "Release 2 is tried: shadow")
            let reply = try await ServerFixture(other: releases).post("/v1/retrieve", Self.body)
            #expect(reply.status == 200)
            #expect(reply.headers[HTTPField.Name("neo-release")!] == "1")
            await gate.waitForArrival()
            #expect(shadow.queries.map(\.text) == ["warm up", "a"])
            gate.open()
        }
    }
}

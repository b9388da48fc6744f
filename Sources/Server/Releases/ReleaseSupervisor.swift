package import Base
package import RAG
package import Storage
internal import Synchronization

/// Keeps a switch as the project's books say: loads releases beside the one that answers, changes over, lets go of what
/// nobody needs, and goes back where a new release fails.
package struct ReleaseSupervisor: Sendable {
    /// For so long after a change the release before stands by, and failures lead back to it.
    static let watchSeconds = 600.0

    let releases: ReleaseSwitch
    /// Which releases are to answer.
    let books: @Sendable () async throws -> LiveReleases
    /// Loads a release.
    let load: @Sendable (Int) async throws -> any QueryService
    /// Goes back, from what was so, for a reason.
    let rollBack: @Sendable (_ from: LiveReleases, _ because: String, _ report: JSONValue) async throws -> Void
    /// Tells what was done.
    let say: @Sendable (String) -> Void
    let time: TimeSource
    let pause: Duration

    /// A supervisor of a switch.
    package init(
        _ releases: ReleaseSwitch, books: @escaping @Sendable () async throws -> LiveReleases,
        load: @escaping @Sendable (Int) async throws -> any QueryService,
        rollBack: @escaping @Sendable (LiveReleases, String, JSONValue) async throws -> Void,
        say: @escaping @Sendable (String) -> Void, time: TimeSource = .system, pause: Duration = .milliseconds(200)
    ) {
        self.releases = releases
        self.books = books
        self.load = load
        self.rollBack = rollBack
        self.say = say
        self.time = time
        self.pause = pause
    }

    /// What is in memory, and what is on its way.
    private final class Pool: Sendable {
        struct State {
            var loaded: [Int: LoadedRelease] = [:]
            var loading: Set<Int> = []
            /// Those that could not be loaded, with the reason; they are not tried again while they are asked for.
            var failed: [Int: String] = [:]
        }

        let state = Mutex(State())
    }

    /// Supervises until the task is cancelled.
    package func run() async {
        let pool = Pool()
        let first = releases.state.withLock { $0.live }
        pool.state.withLock { $0.loaded[first.number] = first }
        await withDiscardingTaskGroup { tasks in
            tasks.addTask { await followShadows() }
            while !Task.isCancelled {
                // A database that cannot be read for a moment changes nothing.
                if let wanted = try? await books() {
                    for number in missing(wanted, pool) {
                        tasks.addTask { await fetch(number, into: pool) }
                    }
                    apply(wanted, pool)
                    await judge(wanted, pool)
                }
                do { try await Task.sleep(for: pause) } catch { break }
            }
            tasks.cancelAll()
        }
    }

    /// The releases that are wanted and neither here nor on their way.
    private func missing(_ wanted: LiveReleases, _ pool: Pool) -> [Int] {
        let numbers = [wanted.live, wanted.candidate, wanted.previous].compactMap { $0 }
        return pool.state.withLock { state in
            for number in state.loaded.keys where !numbers.contains(number) { state.loaded[number] = nil }
            for number in state.failed.keys where !numbers.contains(number) { state.failed[number] = nil }
            let missing = numbers.filter {
                state.loaded[$0] == nil && !state.loading.contains($0) && state.failed[$0] == nil
            }
            state.loading.formUnion(missing)
            return missing
        }
    }

    private func fetch(_ number: Int, into pool: Pool) async {
        do {
            let release = LoadedRelease(number: number, service: try await load(number))
            // The first question pays for what is loaded lazily. A view of all documents is not made for it.
            _ = try await release.service.retrieve(Query("warm up", limit: 1, groups: [.everyone]))
            pool.state.withLock { state in
                state.loading.remove(number)
                state.loaded[number] = release
            }
        } catch {
            guard !Task.isCancelled else { return }
            let reason = sentence(for: error)
            pool.state.withLock { state in
                state.loading.remove(number)
                state.failed[number] = reason
            }
            say("Release \(number) could not be loaded: \(reason)")
        }
    }

    /// Changes over to what is wanted, as far as it is here.
    private func apply(_ wanted: LiveReleases, _ pool: Pool) {
        let loaded = pool.state.withLock { $0.loaded }
        let now = time.nanoseconds()
        let sentences = releases.state.withLock { state -> [String] in
            var sentences: [String] = []
            if let number = wanted.live, number != state.live.number, let next = loaded[number] {
                let isBack = state.previous === next
                let old = state.live
                state.live = next
                state.previous = isBack ? nil : old
                state.switched = isBack ? nil : now
                next.beginAnew()
                sentences.append("Release \(number) answers now, in the place of release \(old.number).")
            }
            if let switched = state.switched, Double(now &- switched) / 1e9 > Self.watchSeconds {
                state.switched = nil
            }
            // The one before stays in memory, so that going back takes no time.
            if let number = wanted.previous, state.previous?.number != number, let previous = loaded[number] {
                state.previous = previous
            } else if wanted.previous == nil {
                state.previous = nil
            }
            let candidate = wanted.candidate.flatMap { loaded[$0] }
            if candidate !== state.candidate || wanted.stage != state.stage && candidate != nil {
                candidate?.beginAnew()
                state.candidate = candidate
                state.stage = candidate == nil ? nil : wanted.stage
                if let candidate, let stage = state.stage {
                    sentences.append("Release \(candidate.number) is tried: \(stage.rawValue).")
                } else {
                    sentences.append("No release is tried any more.")
                }
            }
            return sentences
        }
        for sentence in sentences { say(sentence) }
    }

    /// Goes back where a new release fails.
    private func judge(_ wanted: LiveReleases, _ pool: Pool) async {
        let suspect = releases.state.withLock { state in
            state.candidate ?? (state.switched == nil ? nil : state.live)
        }
        let failed = pool.state.withLock { $0.failed }
        let unloadable = [wanted.candidate, wanted.live].compactMap { $0 }.first { failed[$0] != nil }
        let number: Int
        let because: String
        var report: [String: JSONValue] = [:]
        if let unloadable {
            guard wanted.candidate != nil || wanted.previous != nil else { return }
            (number, because) = (unloadable, "it could not be loaded: \(failed[unloadable] ?? "")")
        } else if let suspect, [wanted.candidate, wanted.live].contains(suspect.number),
            ErrorBudget.isBurning(suspect.requests)
        {
            let counts = suspect.requests
            number = suspect.number
            because = "\(counts.failed) of its \(counts.all) requests failed, and one of a hundred may"
            report = ["requests": .integer(counts.all), "failed": .integer(counts.failed)]
        } else {
            return
        }
        do {
            try await rollBack(wanted, because, .object(report))
            say("Release \(number) was taken back: \(because).")
        } catch {
            say("Release \(number) fails, and could not be taken back: \(sentence(for: error))")
        }
    }

    /// Asks the release in the shadow what the live one was asked, one question after the other.
    private func followShadows() async {
        for await query in releases.shadows {
            guard let candidate = releases.state.withLock({ $0.stage == .shadow ? $0.candidate : nil }) else {
                continue
            }
            do {
                _ = try await candidate.service.answer(query)
                candidate.count(isAnswered: true)
            } catch is CancellationError {
                return
            } catch {
                candidate.count(isAnswered: false)
            }
        }
    }
}

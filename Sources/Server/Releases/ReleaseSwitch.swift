package import Base
package import RAG
package import Retrieval
internal import Storage
internal import Synchronization

/// A service that answers from one release and can be given another one while requests are under way: each request keeps
/// the release that it began with.
package final class ReleaseSwitch: QueryService {
    /// What the requests do.
    struct State {
        var live: LoadedRelease
        /// What answers where `live` fails, for as long as it is new.
        var previous: LoadedRelease?
        var candidate: LoadedRelease?
        var stage: ReleaseStage?
        /// How many requests were given a release.
        var given = 0
        /// When `live` took the place of `previous`, in nanoseconds of the clock; nil where it did not.
        var switched: UInt64?
    }

    /// Of so many requests one is the canary's.
    static let canaryShare = 10
    /// So many requests wait for the shadow at most; with more, it misses some.
    static let shadowQueue = 64

    let state: Mutex<State>
    let shadows: AsyncStream<Query>
    private let shadow: AsyncStream<Query>.Continuation

    /// Begins with a release that is loaded.
    package init(number: Int, service: any QueryService) {
        state = Mutex(State(live: LoadedRelease(number: number, service: service)))
        (shadows, shadow) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.shadowQueue))
    }

    package var summary: [String: JSONValue] { state.withLock { $0.live }.service.summary }

    @concurrent
    package func summary(for groups: Set<AccessGroup>?) async throws -> [String: JSONValue] {
        try await state.withLock { $0.live }.service.summary(for: groups)
    }

    /// The number of the release that is served.
    package var live: Int { state.withLock { $0.live.number } }

    /// Gives a request its release.
    func begin() -> ReleaseOfRequest {
        ReleaseOfRequest(
            state.withLock { state in
                state.given += 1
                guard state.stage == .canary, let candidate = state.candidate,
                    state.given % Self.canaryShare == 0
                else { return state.live }
                return candidate
            })
    }

    @concurrent
    package func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        try await ask(query) { try await $0.retrieve(query) }
    }

    @concurrent
    package func answer(_ query: Query) async throws -> Answer {
        try await ask(query) { try await $0.answer(query) }
    }

    /// By the release that is served to all.
    @concurrent
    package func meaning(of questions: [String]) async throws -> Matrix? {
        try await state.withLock { $0.live }.service.meaning(of: questions)
    }

    package func events(_ query: Query) -> AsyncThrowingStream<AnswerEvent, any Error> {
        let request = ReleaseOfRequest.current ?? begin()
        return AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    var hasBegun = false
                    try await ask(query, request) { service in
                        // What a client has read cannot be taken back.
                        guard !hasBegun else { throw AlreadyBegun() }
                        for try await event in service.events(query) {
                            hasBegun = true
                            continuation.yield(event)
                        }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// A second release was asked for the rest of an answer.
    private struct AlreadyBegun: Error {}

    private func ask<Result>(
        _ query: Query, _ given: ReleaseOfRequest? = nil, _ body: (any QueryService) async throws -> Result
    ) async throws -> Result {
        let request = given ?? ReleaseOfRequest.current ?? begin()
        let release = request.release
        do {
            let result = try await body(release.service)
            release.count(isAnswered: true)
            if state.withLock({ $0.stage == .shadow }) { shadow.yield(query) }
            return result
        } catch let error as CancellationError {
            throw error
        } catch {
            release.count(isAnswered: false)
            guard let other = substitute(for: release) else { throw error }
            do {
                let result = try await body(other.service)
                request.replace(by: other)
                return result
            } catch is AlreadyBegun {
                throw error
            }
        }
    }

    /// What answers in the place of a new release that failed.
    private func substitute(for release: LoadedRelease) -> LoadedRelease? {
        state.withLock { state in
            // A candidate, or one that was taken out of its place while its requests were under way.
            if release !== state.live { return state.live }
            return state.switched == nil ? nil : state.previous
        }
    }
}

package import Base
package import Retrieval
internal import Synchronization

/// A release as each group sees it: for the groups of a query, a whole service over the documents that they may see.
///
/// What a service tells depends on all of its documents: how rare a word is, how long a passage is on average, what
/// language is spoken. A filter behind one index would let who asks measure what is hidden. So each view has indexes of
/// its own, made by the same code from a corpus in which the others are not; nothing that it says can depend on them.
///
/// Groups that see the same documents share a view. A view is made when somebody first needs it, once for all who wait,
/// and of too many the one that was used longest ago goes.
package final class AccessViews: QueryService {
    /// A service over a part of the documents.
    package struct View: Sendable {
        /// Who answers.
        package let service: any QueryService
        /// What is told of it: of its own documents only.
        package let summary: [String: JSONValue]

        /// A view.
        package init(service: any QueryService, summary: [String: JSONValue]) {
            self.service = service
            self.summary = summary
        }
    }

    /// What members of groups may see, and how its view is made.
    package struct Sight: Sendable {
        /// Names the documents: two sights with one name share a view.
        let name: ContentHash
        let make: @Sendable () async throws -> View

        /// A sight; `make` makes the view of these documents, whatever may be seen by then.
        package init(name: ContentHash, make: @escaping @Sendable () async throws -> View) {
            self.name = name
            self.make = make
        }
    }

    private struct Known {
        var revision: Int?
        var sights: [Set<AccessGroup>?: Sight] = [:]
    }

    private let base: [String: JSONValue]
    /// What writes the answers: the same for all, and known once a view was made.
    private let generator = Mutex<JSONValue?>(nil)
    private let visible: @Sendable (Set<AccessGroup>?) -> Sight
    private let revision: @Sendable () -> Int
    private let views: SingleFlight<ContentHash, View>
    private let known = Mutex(Known())
    /// So many sets of groups are remembered; clients cannot make them up, and keys are few.
    private static let mostNames = 10_000

    /// Views that are made when they are needed.
    ///
    /// - Parameters:
    ///   - summary: what is told at the start.
    ///   - capacity: so many views are kept at once. Each holds the indexes of its documents.
    ///   - revision: another number after each change of what groups see; asked at every question.
    ///   - visible: what groups see. nil stands for all documents, whoever may see them.
    package init(
        summary: [String: JSONValue], capacity: Int = 16, revision: @escaping @Sendable () -> Int = { 0 },
        visible: @escaping @Sendable (Set<AccessGroup>?) -> Sight
    ) {
        base = summary
        self.visible = visible
        self.revision = revision
        views = SingleFlight(capacity: capacity)
    }

    /// Told where nobody in particular asks: at the start, and in logs.
    package var summary: [String: JSONValue] {
        var summary = base
        if let generator = generator.withLock({ $0 }) { summary["generator"] = generator }
        return summary
    }

    /// Makes the view of groups, so that the first of them who asks does not wait for it.
    @concurrent
    package func prepare(_ groups: Set<AccessGroup>?) async throws { _ = try await view(for: groups) }

    /// What is told of the release to members of groups.
    @concurrent
    package func summary(for groups: Set<AccessGroup>?) async throws -> [String: JSONValue] {
        try await view(for: groups).summary
    }

    @concurrent
    package func retrieve(_ query: Query) async throws -> [RetrievedPassage] {
        try await view(for: query.groups).service.retrieve(query)
    }

    @concurrent
    package func answer(_ query: Query) async throws -> Answer {
        try await view(for: query.groups).service.answer(query)
    }

    /// By the view of all documents: an encoder knows none of them.
    @concurrent
    package func meaning(of questions: [String]) async throws -> Matrix? {
        try await view(for: nil).service.meaning(of: questions)
    }

    package func events(_ query: Query) -> AsyncThrowingStream<AnswerEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    for try await event in try await view(for: query.groups).service.events(query) {
                        continuation.yield(event)
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func view(for groups: Set<AccessGroup>?) async throws -> View {
        let sight = sight(of: groups)
        let view = try await views.value(for: sight.name) { try await sight.make() }
        generator.withLock { if $0 == nil { $0 = view.summary["generator"] } }
        return view
    }

    private func sight(of groups: Set<AccessGroup>?) -> Sight {
        // Before what it counts is read: what changes meanwhile is found at the next question.
        let revision = revision()
        let sight = known.withLock { known in
            if known.revision != revision || known.sights.count >= Self.mostNames { known = Known(revision: revision) }
            return known.sights[groups]
        }
        if let sight { return sight }
        let found = visible(groups)
        known.withLock { if $0.revision == revision { $0.sights[groups] = found } }
        return found
    }
}

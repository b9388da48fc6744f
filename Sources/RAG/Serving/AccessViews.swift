package import Base
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

    private let base: [String: JSONValue]
    /// What writes the answers: the same for all, and known once a view was made.
    private let generator = Mutex<JSONValue?>(nil)
    private let visible: @Sendable (Set<AccessGroup>?) -> ContentHash
    private let make: @Sendable (Set<AccessGroup>?) async throws -> View
    private let views: SingleFlight<ContentHash, View>
    private let names = Mutex<[Set<AccessGroup>?: ContentHash]>([:])
    /// So many sets of groups are remembered; clients cannot make them up, and keys are few.
    private static let mostNames = 10_000

    /// Views that are made when they are needed.
    ///
    /// - Parameters:
    ///   - summary: what is told at the start.
    ///   - capacity: so many views are kept at once. Each holds the indexes of its documents.
    ///   - visible: names the documents that groups see; two sets of groups with one name share a view. nil stands for
    ///     all documents, whoever may see them.
    ///   - make: makes the view of groups.
    package init(
        summary: [String: JSONValue], capacity: Int = 16,
        visible: @escaping @Sendable (Set<AccessGroup>?) -> ContentHash,
        make: @escaping @Sendable (Set<AccessGroup>?) async throws -> View
    ) {
        base = summary
        self.visible = visible
        self.make = make
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
        let make = make
        let view = try await views.value(for: name(of: groups)) { try await make(groups) }
        generator.withLock { if $0 == nil { $0 = view.summary["generator"] } }
        return view
    }

    private func name(of groups: Set<AccessGroup>?) -> ContentHash {
        if let known = names.withLock({ $0[groups] }) { return known }
        let name = visible(groups)
        names.withLock { names in
            if names.count >= Self.mostNames { names = [:] }
            names[groups] = name
        }
        return name
    }
}

package import Base
package import RAG
package import Retrieval
internal import Synchronization

/// A release that may be replaced while it is served: questions that are under way end with the one that they began with.
package final class SwappableService: QueryService {
    private let current: Mutex<any QueryService>

    package init(_ service: any QueryService) { current = Mutex(service) }

    /// Serves another one from the next question on.
    package func replace(with service: any QueryService) { current.withLock { $0 = service } }

    /// What is served now.
    package var service: any QueryService { current.withLock { $0 } }

    package var summary: [String: JSONValue] { service.summary }

    @concurrent
    package func summary(for groups: Set<AccessGroup>?) async throws -> [String: JSONValue] {
        try await service.summary(for: groups)
    }

    @concurrent
    package func retrieve(_ query: Query) async throws -> [RetrievedPassage] { try await service.retrieve(query) }

    @concurrent
    package func answer(_ query: Query) async throws -> Answer { try await service.answer(query) }

    @concurrent
    package func meaning(of questions: [String]) async throws -> Matrix? { try await service.meaning(of: questions) }

    package func events(_ query: Query) -> AsyncThrowingStream<AnswerEvent, any Error> { service.events(query) }
}

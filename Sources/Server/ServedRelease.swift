internal import Base
internal import RAG
internal import Retrieval

/// The release that a server answers from, behind a reference.
///
/// Service groups describe their services when they are made, for their log. Structures are described with all that they
/// hold, and a release holds every document: that took two seconds and several times their size in memory. A reference
/// is described by its type.
final class ServedRelease: QueryService {
    private let release: any QueryService

    init(_ release: any QueryService) {
        self.release = release
    }

    var summary: [String: JSONValue] { release.summary }

    @concurrent
    func summary(for groups: Set<AccessGroup>?) async throws -> [String: JSONValue] {
        try await release.summary(for: groups)
    }

    @concurrent
    func retrieve(_ query: Query) async throws -> [RetrievedPassage] { try await release.retrieve(query) }

    @concurrent
    func answer(_ query: Query) async throws -> Answer { try await release.answer(query) }

    @concurrent
    func meaning(of questions: [String]) async throws -> Matrix? { try await release.meaning(of: questions) }

    func events(_ query: Query) -> AsyncThrowingStream<AnswerEvent, any Error> { release.events(query) }
}

internal import Base
internal import RAG
package import Storage

extension SearchProposal {
    private static let factName = "search proposal"

    /// What stands in the database.
    private struct Kept: Codable {
        var at: Double
        var proposal: SearchProposal
    }

    /// Keeps it for people who look later: to measure it takes too long for a page.
    ///
    /// - Parameter now: in seconds since 1970.
    package func keep(in database: ServiceDatabase, at now: Double) async throws {
        try await database.keep(try JSONValue(encoding: Kept(at: now, proposal: self)), as: Self.factName)
    }

    /// The one that was made last, and when; nil where none was.
    package static func kept(in database: ServiceDatabase) async throws -> (proposal: SearchProposal, at: Double)? {
        guard let fact = try await database.fact(factName), let kept = try? fact.decoded(as: Kept.self) else {
            return nil
        }
        return (kept.proposal, kept.at)
    }

    /// The golden rows that came of feedback and that a search did not have.
    package static func gathered(_ project: Project, since results: SearchResults?) throws -> [String] {
        let searched = Set(results?.questions.map(\.id) ?? [])
        return try GoldenProposals(project).read().filter { $0.origin == FeedbackProposing.origin }
            .compactMap { $0.decision?.row }.filter { !searched.contains($0) }
    }
}

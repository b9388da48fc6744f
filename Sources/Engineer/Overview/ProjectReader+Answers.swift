package import Base
package import Storage

extension ProjectReader {
    /// What the configurations of a study answered to a question, by their hashes.
    package func answers(to item: String, study: ContentHash) async throws -> [ContentHash: KeptAnswer] {
        try await database()?.answers(to: item, study: study).compactMapValues { KeptAnswer($0) } ?? [:]
    }

    /// What was measured on a question outside of the trials of a study, such as at its end on a held-out question.
    package func evaluations(of item: String, study: ContentHash) async throws -> [ItemEvaluation] {
        try await database()?.evaluations(on: item, study: study) ?? []
    }
}

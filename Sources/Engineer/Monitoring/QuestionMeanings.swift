/// Vectors of questions for one comparison after the other: what was encoded for the last one is not encoded again. They are kept in
/// memory only, as long as they are compared.
struct QuestionMeanings: Sendable {
    /// So many of a set are looked at; more would tell no more, and cost more.
    static let most = 500
    /// So many are encoded at once, so that no question of a user waits behind hundreds.
    private static let batch = 16

    private var known: [String: [Float]] = [:]

    /// The vectors of sets of questions; none of any set where nobody can tell them.
    ///
    /// What is known is asked for again where vectors have another length now: another release may have another encoder.
    mutating func vectors(
        of sets: [[String]], by encode: @Sendable ([String]) async throws -> [[Float]]?
    ) async throws -> [[[Float]]] {
        let sets = sets.map(Self.spread)
        let wanted = Set(sets.joined()).sorted()
        let none = sets.map { _ in [[Float]]() }
        guard let sample = wanted.first, let first = try await encode([sample])?.first else { return none }
        // The same words and the same encoder give the same vector.
        if known[sample].map({ $0 != first }) ?? !known.values.allSatisfy({ $0.count == first.count }) { known = [:] }
        known = known.filter { wanted.contains($0.key) }
        let missing = wanted.filter { known[$0] == nil }
        for start in stride(from: 0, to: missing.count, by: Self.batch) {
            let texts = Array(missing[start..<min(start + Self.batch, missing.count)])
            guard let vectors = try await encode(texts), vectors.count == texts.count else { return none }
            for (text, vector) in zip(texts, vectors) { known[text] = vector }
            await Task.yield()
        }
        return sets.map { set in set.compactMap { known[$0] } }
    }

    /// So many of a set, evenly over it.
    private static func spread(_ texts: [String]) -> [String] {
        guard texts.count > most else { return texts }
        return (0..<most).map { texts[$0 * texts.count / most] }
    }
}

internal import Base
internal import RAG

/// Chooses among candidates: kinds and documents in turn, the better ones first, none that is asked already.
struct CandidateChoice {
    /// Two questions whose words have this Jaccard similarity are one.
    private static let similarity = 0.8
    /// The share of questions that the documents do not answer.
    static let unanswerableShare = 0.1

    private var asked: [Set<UInt64>] = []
    private var quotes: Set<Set<UInt64>> = []

    /// - Parameter known: questions with their quotes that are asked, or were proposed before.
    init(known: [(question: String, quotes: [String])]) {
        for (question, own) in known {
            asked.append(SimilarTexts.words(question))
            for quote in own { quotes.insert(SimilarTexts.words(quote)) }
        }
    }

    /// At most `count` of them; by the seed alone.
    mutating func choose(_ candidates: [QuestionCandidate], count: Int, seed: UInt64) -> [QuestionCandidate] {
        var random = SplitMix64(seed: seed, stream: "golden proposals")
        var byKind: [QuestionCandidate.Kind: [QuestionCandidate]] = [:]
        for candidate in candidates.shuffled(using: &random) { byKind[candidate.kind, default: []].append(candidate) }
        var chosen: [QuestionCandidate] = []
        var used: [String: Int] = [:]
        let unanswerable = count < 5 ? 0 : max(1, Int((Double(count) * Self.unanswerableShare).rounded()))
        func next(_ kind: QuestionCandidate.Kind) -> QuestionCandidate? {
            while let list = byKind[kind], !list.isEmpty {
                // The document that has the fewest questions, then the best question of it.
                let best = list.indices.min {
                    (used[list[$0].document, default: 0], -list[$0].quality)
                        < (used[list[$1].document, default: 0], -list[$1].quality)
                }
                guard let best, let candidate = byKind[kind]?.remove(at: best) else { return nil }
                if isNew(candidate) { return candidate }
            }
            return nil
        }
        func take(_ candidate: QuestionCandidate) {
            chosen.append(candidate)
            used[candidate.document, default: 0] += 1
            asked.append(SimilarTexts.words(candidate.question))
            if !candidate.quote.isEmpty { quotes.insert(SimilarTexts.words(candidate.quote)) }
        }
        while chosen.count < unanswerable, let candidate = next(.unanswerable) { take(candidate) }
        var kinds = QuestionCandidate.Kind.allCases.filter { $0 != .unanswerable }
        while chosen.count < count, !kinds.isEmpty {
            for kind in kinds where chosen.count < count {
                if let candidate = next(kind) { take(candidate) } else { kinds.removeAll { $0 == kind } }
            }
        }
        // A reviewer who sees the documents in their order finds the way quicker.
        return chosen.sorted { ($0.document, $0.line, $0.question) < ($1.document, $1.line, $1.question) }
    }

    /// Takes a candidate unless it is asked already; says whether it did.
    mutating func take(ifNew candidate: QuestionCandidate) -> Bool {
        guard nearness(of: candidate.question) < Self.similarity else { return false }
        asked.append(SimilarTexts.words(candidate.question))
        return true
    }

    /// How near the nearest question is that is asked already: the Jaccard similarity of their words.
    func nearness(of question: String) -> Double {
        let words = SimilarTexts.words(question)
        return asked.reduce(0) { nearest, other in
            let shared = Double(words.intersection(other).count)
            return max(nearest, shared / max(1, Double(words.count + other.count) - shared))
        }
    }

    private func isNew(_ candidate: QuestionCandidate) -> Bool {
        if !candidate.quote.isEmpty, quotes.contains(SimilarTexts.words(candidate.quote)) { return false }
        return nearness(of: candidate.question) < Self.similarity
    }
}

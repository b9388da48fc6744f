internal import Base
internal import RAG
package import Storage

/// Makes proposals for the golden set of answers that people did not like: the work of `neo feedback propose`.
package enum FeedbackProposing {
    /// What stands as the origin of such proposals.
    package static let origin = "feedback"
    /// A sentence holds an answer where it has this share of its words.
    private static let held = 0.6

    /// What came of it.
    package struct Outcome: Sendable {
        package let proposals: [GoldenProposal]
        /// How many questions were not liked, those that were proposed before included.
        package let reported: Int
        /// What a person should know.
        package let notes: [String]
    }

    /// Proposes at most so many questions, the most worthwhile first, and keeps them for a person's review. Nothing becomes a
    /// golden row without one.
    @concurrent
    package static func propose(
        _ project: Project, from database: ServiceDatabase, count: Int = 30,
        onParse: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> Outcome {
        let rows = try await database.feedback()
        let reading = try await GoldenReading(project, seed: 0, most: 100_000, isEnglishOnly: false, onParse: onParse)
        let proposals = GoldenProposals(project)
        var choice = CandidateChoice(known: try reading.known(proposals))
        let reported = FeedbackMining.questions(rows, nearness: choice.nearness(of:))
        let materials = reading.documents.map { PassageMaterial($0) }
        let finder = EvidenceFinder(materials)
        var candidates: [QuestionCandidate] = []
        for question in reported where candidates.count < count {
            let candidate = finder.candidate(question)
            if choice.take(ifNew: candidate) { candidates.append(candidate) }
        }
        var notes = reading.notes
        let silent = Set(rows.filter { $0.rating == -1 && $0.question == nil }.map(\.answer)).count
        if silent > 0 {
            notes.append(
                "Nothing is proposed of \(ReportText.count(silent, "answer")) that people did not like: what was asked is not kept."
            )
        }
        return Outcome(
            proposals: candidates.isEmpty ? [] : try proposals.add(candidates, origin: origin),
            reported: reported.count, notes: notes)
    }

    /// Finds what a golden row needs: the sentence that holds the answer.
    struct EvidenceFinder {
        private let materials: [PassageMaterial]
        private let search: PassageSearch

        init(_ materials: [PassageMaterial]) {
            self.materials = materials
            search = PassageSearch(materials)
        }

        /// The proposal that a reported question becomes. Of one that should not have been answered it is that the documents
        /// do not; of others the sentence that is nearest to the correction, or else to the question.
        func candidate(_ reported: ReportedQuestion) -> QuestionCandidate {
            let correction = reported.corrections.first
            let said = reported.reasons.first.map { ": \"\($0.words)\"" } ?? ""
            let people = reported.people == 1 ? "One person" : "\(reported.people) people"
            if correction == nil, reported.reasons.first == .invented {
                return QuestionCandidate(
                    kind: .reported, question: reported.question, document: "", quote: "", line: 0, section: 0,
                    why: "\(people) did not like the answer\(said). Is it so?", quality: reported.weight)
            }
            let best = sentence(near: correction ?? reported.question)
            let holds = correction != nil && (best?.share ?? 0) >= FeedbackProposing.held
            let advice =
                holds
                ? "The quote is what is nearest to their correction."
                : "No sentence is known to hold the answer: look for it, and edit the quote and the answer."
            return QuestionCandidate(
                kind: .reported, question: reported.question, answer: correction ?? best?.sentence.quote ?? "",
                document: best?.document ?? "", quote: best?.sentence.quote ?? "", line: best?.sentence.line ?? 0,
                section: best?.section ?? 0, why: "\(people) did not like the answer\(said). \(advice)",
                quality: reported.weight,
                rank: best.flatMap { search.rank(of: $0.section, for: reported.question) })
        }

        private func sentence(
            near text: String
        ) -> (sentence: PassageMaterial.Sentence, document: String, section: Int, share: Double)? {
            let wanted = SimilarTexts.words(text)
            var best: (sentence: PassageMaterial.Sentence, document: String, section: Int, share: Double)?
            for section in search.first(for: text, limit: 20) {
                let number = search.documents[section]
                let own = section - search.starts[number]
                for sentence in materials[number].sentences where sentence.section == own {
                    let words = SimilarTexts.words(sentence.quote)
                    let share = Double(words.intersection(wanted).count) / Double(max(1, wanted.count))
                    if share > best?.share ?? 0 { best = (sentence, materials[number].document, section, share) }
                }
            }
            return best
        }
    }
}

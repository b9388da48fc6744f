package import Base
package import LanguageModels
internal import Retrieval

extension GoldenProposing {
    /// What became of the questions that a model wrote.
    package struct Filtering: Sendable, Hashable {
        /// Passages that the model was asked about.
        package internal(set) var asked = 0
        /// Questions that were left out, by reason.
        package internal(set) var dropped: [String: Int] = [:]
        /// Questions that passed all filters.
        package internal(set) var kept = 0

        /// The fields of `neo golden propose --json`.
        package var json: JSONValue {
            ["asked": .integer(asked), "kept": .integer(kept), "dropped": .object(dropped.mapValues { .integer($0) })]
        }

        /// In words.
        package var text: String {
            let reasons = dropped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
            return "The model was asked about \(ReportText.count(asked, "passage")); \(kept) of its questions passed"
                + (reasons.isEmpty ? "." : ", left out were: " + reasons.joined(separator: ", ") + ".")
        }
    }

    /// So many passages are asked about for each question that is wanted.
    private static let passagesPerQuestion = 3

    /// Has a model write questions about passages, and proposes those that pass the filters (`WrittenQuestionFilter`).
    ///
    /// - Parameters:
    ///   - name: what the proposals say of their origin.
    ///   - onProgress: hears how many passages were asked about.
    /// - Throws: `EngineerError` where no question passes; `LanguageModelError` where the model cannot be asked at all.
    @concurrent
    package static func propose(
        _ project: Project, count: Int, seed: UInt64, model: any LanguageModel, name: String,
        onParse: @escaping @Sendable (String) -> Void = { _ in },
        onProgress: @escaping @Sendable (_ asked: Int) -> Void = { _ in }
    ) async throws -> (outcome: Outcome, filtering: Filtering) {
        let reading = try await GoldenReading(
            project, seed: seed, most: 3_000, isEnglishOnly: false, onParse: onParse)
        let materials = reading.documents.map { PassageMaterial($0) }
        let filter = WrittenQuestionFilter(materials)
        let writer = QuestionWriter(model)
        let unanswerable = count < 5 ? 0 : max(1, Int((Double(count) * CandidateChoice.unanswerableShare).rounded()))
        var choice = CandidateChoice(known: try reading.known(GoldenProposals(project)))
        var chosen: [GoldenProposal] = []
        var filtering = Filtering()
        for passage in filter.passages(seed: seed).prefix(passagesPerQuestion * count) where chosen.count < count {
            try Task.checkCancellation()
            filtering.asked += 1
            onProgress(filtering.asked)
            let wantsNone = chosen.count { !$0.isAnswerable } < unanswerable && filtering.asked % 4 == 0
            let written: QuestionWriter.Written
            do {
                written = try await writer.question(about: passage.text, isAnswerable: !wantsNone)
            } catch let error as LanguageModelError where !isPersistent(error) {
                filtering.dropped["not in the form that was asked for", default: 0] += 1
                continue
            }
            do {
                let candidate = try await candidate(written, from: passage, filter, writer)
                guard let new = choice.choose([candidate], count: 1, seed: seed).first else {
                    throw WrittenQuestionFilter.Reason("asked already")
                }
                // Each is kept at once: a model takes its time, and somebody may stop it.
                chosen += try GoldenProposals(project).add([reading.placed(new)], origin: "model \(name)")
            } catch let reason as WrittenQuestionFilter.Reason {
                filtering.dropped[reason.words, default: 0] += 1
            }
        }
        filtering.kept = chosen.count
        guard !chosen.isEmpty else {
            throw EngineerError(code: .invalidRequest, message: "No question was kept. " + filtering.text)
        }
        return (
            Outcome(
                proposals: chosen, candidates: filtering.asked, documents: reading.documents.count,
                notes: reading.notes), filtering
        )
    }

    /// The candidate that a written question is, if it passes the filters.
    private static func candidate(
        _ written: QuestionWriter.Written, from passage: WrittenQuestionFilter.Passage, _ filter: WrittenQuestionFilter,
        _ writer: QuestionWriter
    ) async throws(WrittenQuestionFilter.Reason) -> QuestionCandidate {
        var candidate = try await filter.candidate(written, from: passage)
        guard candidate.answer == nil else { return candidate }
        guard try await isUnanswered(candidate.question, filter, writer) else {
            throw WrittenQuestionFilter.Reason("answered elsewhere")
        }
        candidate.why += " The model finds no answer in the parts that are nearest to it."
        return candidate
    }

    /// Whether the model finds an answer in none of the parts that a search finds first.
    private static func isUnanswered(
        _ question: String, _ filter: WrittenQuestionFilter, _ writer: QuestionWriter
    ) async throws(WrittenQuestionFilter.Reason) -> Bool {
        for text in filter.nearest(to: question) {
            do {
                if try await writer.answers(text, question) { return false }
            } catch {
                throw WrittenQuestionFilter.Reason("not in the form that was asked for")
            }
        }
        return true
    }
}

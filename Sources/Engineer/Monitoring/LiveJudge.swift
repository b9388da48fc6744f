package import Base
internal import LanguageModels
package import RAG
package import Statistics
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Judges a sample of the answers that people got, so many a day, by a judge that was compared with people before.
package struct LiveJudge: Sendable {
    /// An answer that is in the sample.
    package struct Offer: Sendable {
        package var item: JudgeItem
        package var release: Int?
        /// The model that wrote it; nil where it is a quote.
        package var writer: String?

        /// An answer.
        ///
        /// - Parameter item: its id is the request's.
        package init(_ item: JudgeItem, release: Int?, writer: String?) {
            (self.item, self.release, self.writer) = (item, release, writer)
        }
    }

    /// What can be told without a golden answer, the more telling first.
    static let criteria: [JudgeCriterion] = [.faithfulness, .relevance]

    package let criterion: JudgeCriterion
    private let judge: Judge
    private let name: ModelName
    private let database: ServiceDatabase
    private let perDay: Int
    private let time: TimeSource

    /// A judge of live answers.
    ///
    /// - Parameter perDay: how many answers it judges in 24 hours.
    /// - Throws: `EngineerError` where no audit of it stands: nobody knows what its word is worth.
    package init(
        _ judge: Judge, of project: Project, database: ServiceDatabase, perDay: Int, time: TimeSource = .system
    ) throws(EngineerError) {
        let name = ModelName(identity: judge.model.identity)
        var reason = ""
        var found: JudgeCriterion?
        for criterion in Self.criteria where found == nil {
            switch try JudgeAuditFile(project).standing(
                of: name.text, prompt: JudgePrompt(criterion).version, criterion: criterion)
            {
            case .audited: found = criterion
            case .unaudited(let sentence): if reason.isEmpty { reason = sentence }
            }
        }
        guard let found else {
            throw EngineerError(
                code: .invalidRequest, message: "\(name.text) judges no live answers. \(reason)")
        }
        (criterion, self.judge, self.name, self.database) = (found, judge, name, database)
        (self.perDay, self.time) = (perDay, time)
    }

    /// Judges an answer, unless today's are spent, or the judge wrote it.
    ///
    /// - Returns: whether it was judged.
    @discardableResult
    package func judge(_ offer: Offer) async throws -> Bool {
        let now = time.now().timeIntervalSince1970
        guard criterion.applies(to: offer.item),
            offer.writer.map({ ModelName(identity: $0).isSameModel(as: name) }) != true,
            try await database.judgements(since: now - 86_400, limit: perDay).count < perDay,
            let verdict = try await judge.judge(offer.item, by: criterion)
        else { return false }
        try await database.add(
            JudgementRecord(
                request: offer.item.id, time: time.now().timeIntervalSince1970, release: offer.release,
                judge: name.text, criterion: criterion.rawValue, score: verdict.score,
                answer: JudgedAnswer(offer.item).hash))
        return true
    }
}

/// What a judge said of live answers, and what that is worth.
package struct LiveJudgement: Sendable, Hashable {
    package var judge: String
    package var criterion: String
    /// How many answers it gave a verdict of, and of how many it gave none; those count as 0.
    package var judged: Int
    package var failed: Int
    /// The judge's mean.
    package var mean: Double
    /// What people would say on average, by the judge's audit; nil where the audit does not stand any more.
    package var corrected: Interval?

    /// Of the answers of the last month, by the judge that was asked last; nil where none was judged.
    package static func of(_ database: ServiceDatabase, in project: Project, at now: Double) async throws
        -> LiveJudgement?
    {
        let all = try await database.judgements(since: now - 30 * 86_400)
        guard let last = all.last else { return nil }
        let own = all.filter { $0.judge == last.judge && $0.criterion == last.criterion }
        let scores = own.map { (hash: $0.answer, score: $0.score ?? 0) }
        var found = LiveJudgement(
            judge: last.judge, criterion: last.criterion, judged: own.count, failed: own.count { $0.score == nil },
            mean: scores.map(\.score).reduce(0, +) / Double(scores.count), corrected: nil)
        if let criterion = JudgeCriterion(rawValue: last.criterion),
            case .audited(let audit)? = try? JudgeAuditFile(project).standing(
                of: last.judge, prompt: JudgePrompt(criterion).version, criterion: criterion)
        {
            found.corrected = try? audit.corrected(scores).interval()
        }
        return found
    }

    /// For people.
    package var text: String {
        let people = corrected.map { "; people would give \(JudgeAudit.words($0)), by its audit" } ?? ""
        return
            "\(criterion) \(Rounding.text(mean)) by \(judge) on \(ReportText.count(judged, "answer")) of the last 30 days\(people)"
    }

    /// As one object.
    package var json: JSONValue {
        [
            "judge": .string(judge), "criterion": .string(criterion), "answers": .integer(judged),
            "failures": .integer(failed), "score": .number(mean), "corrected": JudgeAudit.json(corrected),
        ]
    }
}

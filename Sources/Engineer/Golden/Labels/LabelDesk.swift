package import Base
internal import LanguageModels
internal import RAG
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Batches of questions that other people label: makes them, shows them to those who have a token, and takes what they say.
package struct LabelDesk: Sendable {
    /// What a labeller sees of an item.
    package struct Sheet: Sendable, Hashable {
        package let item: String
        package let question: String
        package let answers: [String]
        package let document: String
        package let before: String
        package let quote: String
        package let after: String
    }

    /// What a labeller sees.
    package struct View: Sendable {
        package let labeller: Labeller
        /// What comes next; nil where all is done.
        package let sheet: Sheet?
        package let done: Int
        package let all: Int
    }

    /// So many people label an item at most.
    package static let people = 1...10
    /// The longest name, and the longest comment.
    package static let longestName = 100
    package static let longestComment = 2_000
    private static let mostItems = 2_000

    private let project: Project
    private let time: TimeSource

    /// The desk of a project.
    package init(_ project: Project, time: TimeSource = .system) {
        self.project = project
        self.time = time
    }

    /// Makes a batch of open proposals, or of rows of the golden file.
    ///
    /// - Parameter ids: proposals (`g3`) or rows; all open proposals where empty.
    /// - Returns: its name, how many items it has, and a token for each person, which is kept nowhere.
    package func make(
        _ ids: [String], people: Int, minutePrice: Double, by author: String
    ) async throws -> (batch: String, items: Int, tokens: [String]) {
        let sheets = try await sheets(ids)
        guard !sheets.isEmpty else {
            throw EngineerError(
                code: .invalidRequest,
                message: "There is nothing to label: no proposal is open. neo golden propose makes some.")
        }
        guard sheets.count <= Self.mostItems else {
            throw EngineerError(
                code: .invalidRequest,
                message: "A batch has at most \(Self.mostItems) items, and this has \(sheets.count).")
        }
        let tokens = (0..<people).map { _ in Self.token() }
        let batch = try await database().makeBatch(
            items: sheets.map { ($0.item, $0.json.canonicalText) }, tokens: tokens.map(Self.hash), author: author,
            minutePrice: minutePrice, at: time.now())
        return (batch, sheets.count, tokens)
    }

    /// New tokens for a batch; the old links lead nowhere then.
    package func renew(_ id: String) async throws -> [String] {
        let batch = try await batch(id)
        let tokens = (0..<batch.people).map { _ in Self.token() }
        try await database().renewTokens(tokens.map(Self.hash), batch: batch.id)
        return tokens
    }

    /// A batch by its name; the last one where nil.
    ///
    /// - Throws: `EngineerError` where there is none.
    package func batch(_ id: String?) async throws -> LabelBatch {
        let all = FileManager.default.fileExists(atPath: project.databasePath) ? try await database().batches() : []
        guard let batch = id.map({ id in all.first { $0.id == id } }) ?? all.last else {
            throw EngineerError(
                code: .invalidRequest,
                message: id.map {
                    "There is no batch \($0.prefix(40)); there are \(all.map(\.id).joined(separator: ", "))."
                }
                    ?? "There is no batch yet: neo label new makes one.")
        }
        return batch
    }

    /// How far the people of a batch agree.
    package func agreement(_ batch: LabelBatch) async throws -> LabelAgreement {
        let database = try database()
        return LabelAgreement(
            batch, items: try await database.items(ofBatch: batch.id),
            labels: try await database.labels(ofBatch: batch.id))
    }

    /// The sheets of a batch, by item.
    package func sheets(of batch: LabelBatch) async throws -> [String: Sheet] {
        let items = try await database().items(ofBatch: batch.id)
        return Dictionary(items.map { ($0.id, Sheet($0)) }) { first, _ in first }
    }

    /// Decides of an item on which people differ.
    package func adjudicate(
        _ item: String, in batch: LabelBatch, as verdict: LabelCategory, by judge: String
    ) async throws {
        guard try await database().adjudicate(item, batch: batch.id, as: verdict.rawValue, by: judge) else {
            throw EngineerError(
                code: .invalidRequest, message: "The batch \(batch.id) has no item \(item.prefix(40)): neo label status"
            )
        }
    }

    /// Decides of the proposals of a batch what its people agree on: `good` is accepted, `wrong` rejected.
    ///
    /// - Returns: those that were decided, and a sentence for each that was not.
    package func apply(_ batch: LabelBatch) async throws -> (decided: [GoldenProposal], notes: [String]) {
        let proposals = GoldenProposals(project)
        let open = Dictionary(try proposals.read().filter { $0.state == .open }.map { ($0.id, $0) }) { first, _ in first
        }
        let source = GoldenProposal.Source(name: "batch \(batch.id)", way: .browser)
        let sheets = try await sheets(of: batch)
        var (decided, notes): ([GoldenProposal], [String]) = ([], [])
        for item in try await agreement(batch).items {
            guard let verdict = item.verdict, let proposal = open[item.id] else { continue }
            guard sheets[item.id]?.question == proposal.question else {
                notes.append(
                    "\(item.id) is another question now than the one that was labelled; decide of it yourself.")
                continue
            }
            do {
                switch verdict {
                case .good: decided.append(try await proposals.decide(item.id, .accept, by: source, at: time.now()))
                case .wrong:
                    let reason = item.labels.map(\.comment).first { !$0.isEmpty } ?? "labelled wrong"
                    decided.append(
                        try await proposals.decide(item.id, .reject(reason: reason), by: source, at: time.now()))
                case .unclear: notes.append("\(item.id) is unclear to those who labelled it, and stays open.")
                }
            } catch let error as EngineerError where error.code == .invalidRequest {
                notes.append(error.message)
            }
        }
        return (decided, notes)
    }

    // MARK: Those who label

    /// What the holder of a token sees; nil where the token is nobody's.
    ///
    /// - Parameter item: what shall be shown, if it is not labelled yet; else what comes next.
    package func view(token: String) async throws -> View? {
        guard FileManager.default.fileExists(atPath: project.databasePath) else { return nil }
        let database = try database()
        guard let labeller = try await database.labeller(token: Self.hash(token)) else { return nil }
        let items = try await database.items(ofBatch: labeller.batch)
        let done = Set(
            try await database.labels(ofBatch: labeller.batch).filter { $0.place == labeller.place }.map(\.item))
        let next = items.first { !done.contains($0.id) }
        if next != nil { try await database.showed(labeller, at: time.now()) }
        return View(labeller: labeller, sheet: next.map(Sheet.init), done: done.count, all: items.count)
    }

    /// Takes a label. The time since the page was shown goes to the ledger, at the batch's price.
    ///
    /// - Throws: `EngineerError` with the code `invalidRequest` and a sentence for the labeller: a token of nobody, of somebody
    ///   else, an item that is labelled already, a field that is too long.
    package func take(
        token: String, item: String, category: LabelCategory, comment: String, name: String
    ) async throws {
        let database = try database()
        guard let labeller = try await database.labeller(token: Self.hash(token)) else {
            throw refusal("This link is not valid any more; ask for a new one.")
        }
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...Self.longestName).contains(name.unicodeScalars.count) else {
            throw refusal("Say who you are, in 1 to \(Self.longestName) characters.")
        }
        guard comment.unicodeScalars.count <= Self.longestComment else {
            throw refusal("The comment is longer than \(Self.longestComment) characters.")
        }
        let owner = try await database.claim(labeller, name: name)
        guard owner == name else {
            throw refusal("This link is \(owner)'s, and each person needs a link of their own; ask for yours.")
        }
        let now = time.now()
        let shown = labeller.shown.flatMap { try? Date($0, strategy: .iso8601) } ?? now
        let seconds = min(LabelCost.longest, max(0, now.timeIntervalSince(shown)))
        let batch = try await batch(labeller.batch)
        var cost = CallRecord(
            purpose: CallPurpose(project: project.file.name, role: LabelCost.role), endpoint: "person", model: name,
            started: now, outcome: .ok)
        cost.usage = TokenUsage(inputTokens: 0, outputTokens: 0)
        cost.dollars = seconds / 60 * batch.minutePrice
        cost.milliseconds = seconds * 1000
        let label = ItemLabel(
            item: item, place: labeller.place, category: category.rawValue, comment: comment, seconds: seconds,
            labelled: now.timestamp)
        switch try await database.keep(label, batch: labeller.batch, cost: cost) {
        case .kept: break
        case .already(let category):
            throw refusal(
                "You have labelled this question before, as \(category); that stays, and nothing was changed.")
        case .unknown: throw refusal("This question is not in your batch.")
        }
    }

    private func refusal(_ sentence: String) -> EngineerError {
        EngineerError(code: .invalidRequest, message: sentence)
    }

    private func database() throws -> NeoDatabase {
        try project.prepareStateFolder()
        return try NeoDatabase(path: project.databasePath)
    }

    private func sheets(_ ids: [String]) async throws -> [Sheet] {
        let proposals = try GoldenProposals(project).read()
        let rows = try GoldenAppending(project).questions()
        let wanted = ids.isEmpty ? proposals.filter { $0.state == .open }.map(\.id) : ids
        var sheets: [Sheet] = []
        for id in wanted {
            guard !sheets.contains(where: { $0.item == id }) else { continue }
            let evidence: GoldenProposal.Evidence?
            let question: String
            let answers: [String]
            if let proposal = proposals.first(where: { $0.id == id && $0.state == .open }) {
                (question, answers, evidence) = (proposal.question, proposal.answers, proposal.evidence.first)
            } else if let row = rows.first(where: { $0.id == id }) {
                (question, answers) = (row.question, row.answers)
                evidence = row.evidence.first?.first.map { .init(document: $0.document, quote: $0.quote, line: 1) }
            } else {
                throw EngineerError(
                    code: .invalidRequest,
                    message: "\(id.prefix(40)) is neither an open proposal nor a row of \(project.file.golden).")
            }
            var passage: GoldenDocuments.Passage?
            if let evidence { passage = try await GoldenDocuments(project).passage(of: evidence) }
            sheets.append(
                Sheet(
                    item: id, question: question, answers: answers,
                    document: passage?.document ?? evidence?.document ?? "",
                    before: passage?.before ?? "", quote: passage?.quote ?? evidence?.quote ?? "",
                    after: passage?.after ?? ""))
        }
        return sheets
    }

    /// 256 random bits.
    private static func token() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let text = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }

    private static func hash(_ token: String) -> String { ContentHash(of: "label token " + token).hex }
}

extension LabelDesk.Sheet {
    /// As it was kept.
    fileprivate init(_ item: LabelItem) {
        let fields = try? JSONValue(parsing: item.content)
        func text(_ name: String) -> String { fields?[name]?.string ?? "" }
        self.init(
            item: item.id, question: text("question"), answers: fields?["answers"]?.array?.compactMap(\.string) ?? [],
            document: text("document"), before: text("before"), quote: text("quote"), after: text("after"))
    }

    /// For keeping.
    package var json: JSONValue {
        [
            "question": .string(question), "answers": .array(answers.map { .string($0) }),
            "document": .string(document),
            "before": .string(before), "quote": .string(quote), "after": .string(after),
        ]
    }
}

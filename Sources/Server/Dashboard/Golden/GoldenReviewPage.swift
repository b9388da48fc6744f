internal import Base
internal import Engineer
internal import HTTPTypes

/// A decision that was not taken, as the person gave it.
struct RefusedDecision: Sendable {
    let sentence: String
    /// The id of the proposal that it was for.
    let proposal: String
    let form: FormBody
}

extension DashboardPages {
    /// Proposed golden questions, one at a time, each with its passage beside it.
    func goldenReview(
        _ view: ProjectOverview, _ reader: ProjectReader, _ query: FormBody, _ visitor: Visitor,
        refused: RefusedDecision? = nil
    ) async throws -> Page {
        let project = try reader.project()
        let all = try GoldenProposals(project).read()
        let here = Self.reviewPath(view.found)
        // Whoever asked for proposals is led to the first when there are some.
        let isAwaited = query["proposing"] != nil
        let shown = isAwaited ? nil : Self.shown(all, query, refused)
        let typed = refused.flatMap { $0.proposal == shown?.id ? $0.form : nil }
        var model: [String: JSONValue] = [
            "tabs": Self.tabs(view, current: "golden"), "action": .string(here),
            "golden": .string("/p/\(view.found.id)/golden"),
            "isRefused": .bool(refused != nil), "refusal": .string(refused?.sentence ?? ""),
            "lost": .array(typed == nil ? refused.map { Self.words(of: $0.form) } ?? [] : []),
            "done": Self.done(all, query, visitor),
        ]
        model.merge(standing(all, view, isAwaited: isAwaited)) { first, _ in first }
        if let shown {
            model["proposal"] = try await Self.card(shown, project, here, typed)
            model["author"] = .string(typed?["author"] ?? visitor.author)
            model["canSkip"] = .bool(all.count { $0.state == .open } > 1)
        } else {
            model["proposal"] = .null
        }
        return Page(
            "goldenreview", title: "Proposed questions",
            crumbs: Self.crumbs(view) + [Page.Crumb(name: "Golden questions", path: "/p/\(view.found.id)/golden")],
            model: model, live: ["goldenstanding"], project: view.found.id)
    }

    /// Where proposals are decided of.
    static func reviewPath(_ found: FoundProject) -> String { "/p/\(found.id)/golden/review" }

    /// The open proposal that is shown: the one that was asked for, else the next after the last, else the first.
    private static func shown(
        _ all: [GoldenProposal], _ query: FormBody, _ refused: RefusedDecision?
    ) -> GoldenProposal? {
        let wanted = refused?.proposal ?? query.filled("id")
        if let one = all.first(where: { $0.id == wanted && $0.state == .open }) { return one }
        let last = refused?.proposal ?? query.filled("after")
        let place = last.flatMap { id in all.firstIndex { $0.id == id } }
        let next = place.flatMap { all[($0 + 1)...].first { $0.state == .open } }
        return next ?? all.first { $0.state == .open }
    }

    /// How far the review has come, and what can be done where nothing is open.
    private func standing(
        _ all: [GoldenProposal], _ view: ProjectOverview, isAwaited: Bool
    ) -> [String: JSONValue] {
        let counts = Dictionary(grouping: all, by: \.state).mapValues(\.count)
        let open = counts[.open] ?? 0
        let rows = view.golden?.questions.count ?? 0
        var (isWorking, failure, notes): (Bool, String, [String]) = (false, "", [])
        switch proposing.standing(of: view.found) {
        case .working?: isWorking = true
        case .failed(let sentence)?: failure = sentence
        case .made(let sentences)?: notes = sentences
        case nil: break
        }
        let states = GoldenProposal.State.allCases.map { "\(counts[$0] ?? 0) \($0.rawValue)" }
        return [
            "counts": .string(states.joined(separator: ", ") + "."), "any": .bool(!all.isEmpty),
            "isWorking": .bool(isWorking), "failure": .string(open == 0 ? failure : ""),
            "notes": .array(isAwaited ? notes.map { .string($0) } : []),
            "canBegin": .bool(isAwaited && open > 0), "openCount": .string(String(open)),
            "isOver": .bool(open == 0 && !all.isEmpty && !isWorking),
            "rows": .string("\(PageWords.count(rows)) question\(rows == 1 ? "" : "s")"),
            "file": .string(view.golden?.file ?? view.file?.golden ?? "golden.jsonl"),
            "canPropose": .bool(open == 0 && !isWorking), "proposeCount": .string(String(ProposalDesk.count)),
            "command": .string("neo golden propose \(Self.quoted(view.found.folder))"),
        ]
    }

    /// A proposal with what stands around its evidence, and the fields of its form.
    private static func card(
        _ proposal: GoldenProposal, _ project: Project, _ here: String, _ typed: FormBody?
    ) async throws -> JSONValue {
        let evidence = proposal.evidence.first
        var passage: GoldenDocuments.Passage?
        // A document that cannot be read is one that is not there.
        if let evidence { passage = try? await GoldenDocuments(project).passage(of: evidence) }
        let answers = proposal.answers.map(plain)
        return [
            "id": .string(proposal.id), "seen": .string(seen(proposal)), "kind": .string(proposal.type),
            "why": .string(proposal.why), "origin": .string(proposal.origin),
            "rank": .string(proposal.rank.map(String.init) ?? ""), "asked": .string(plain(proposal.question)),
            "question": .string(typed?["question"] ?? plain(proposal.question)),
            "answers": .string(typed?["answers"] ?? answers.joined(separator: "\n")),
            "answerRows": .string(String(min(max(2, answers.count + 1), 8))),
            "isAnswerable": .bool(proposal.isAnswerable), "hasEvidence": .bool(evidence != nil),
            "quote": .string(typed?["quote"] ?? evidence.map { plain($0.quote) } ?? ""),
            "reason": .string(typed?["reason"] ?? ""),
            "skip": .string("\(here)?after=\(FormBody.encoded(proposal.id))"),
            "isGone": .bool(evidence != nil && passage == nil), "document": .string(evidence?.document ?? ""),
            "isChanged": .bool(typed != nil),
            "passage": passage.map { passage in
                [
                    "place": .string("\(passage.document):\(passage.line)"),
                    "headings": .array(passage.headings.map { .string($0) }),
                    "before": .string(String(passage.before.drop { $0.isWhitespace })),
                    "quoted": .string(passage.quote), "after": .string(passage.after),
                ]
            } ?? .null,
        ]
    }

    /// What was decided last, which can be taken back.
    private static func done(_ all: [GoldenProposal], _ query: FormBody, _ visitor: Visitor) -> JSONValue {
        guard let id = query.filled("done"), let last = all.first(where: { $0.id == id && $0.state != .open }) else {
            return .null
        }
        return [
            "id": .string(last.id), "state": .string(last.state.rawValue), "asked": .string(last.question),
            "author": .string(visitor.author),
        ]
    }
}

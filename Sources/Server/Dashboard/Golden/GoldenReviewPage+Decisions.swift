internal import Base
internal import Engineer
internal import HTTPTypes

extension DashboardPages {
    /// Decides of a proposal as a form says; nil where the path is another one's.
    func takeDecision(_ form: FormBody, path: String, _ visitor: Visitor) async throws -> DocumentAnswer? {
        let parts = path.split(separator: "/").map { FormBody.decoded($0, isPath: true) }
        guard parts.count == 4, parts[0] == "p", parts[2] == "golden", parts[3] == "review" else { return nil }
        let reader = try await projects.reader(parts[1])
        let (project, here) = (try reader.project(), Self.reviewPath(reader.found))
        if form["do"] == "propose" {
            // A form of an old page: there is something to decide of first.
            if try GoldenProposals(project).read().contains(where: { $0.state == .open }) { return .written(here) }
            guard proposing.propose(for: reader.found) else {
                throw RequestFailure(
                    .serviceUnavailable, code: "busy", "Many projects wait for proposals; try again in a minute.")
            }
            return .written(here + "?proposing=1")
        }
        let id = form["proposal"] ?? ""
        do {
            let isOpen = try await decide(form, id, project)
            let name = FormBody.encoded(id)
            return .written(here + (isOpen ? "?id=\(name)" : "?after=\(name)&done=\(name)"))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // Whatever it was, the words of the person stay on the page.
            let failure = error as? RequestFailure
            let refused = RefusedDecision(
                sentence: failure?.message ?? sentence(for: error), proposal: id, form: form)
            let page = try await goldenReview(
                await reader.overview(), reader, FormBody(""), visitor, refused: refused)
            let isOpen = try GoldenProposals(project).read().contains { $0.id == id && $0.state == .open }
            return .refused(page, failure?.status ?? (isOpen ? .unprocessableContent : .conflict))
        }
    }

    /// - Returns: whether the proposal is open now.
    private func decide(_ form: FormBody, _ id: String, _ project: Project) async throws -> Bool {
        let proposals = GoldenProposals(project)
        let source = GoldenProposal.Source(name: try form.text("author", longest: 100), way: .browser)
        let standing = try proposals.read().first { $0.id == id }
        let decision: GoldenDecision
        switch form["do"] {
        case "accept": decision = standing.map { Self.acceptance(form, of: $0) } ?? .accept
        case "reject": decision = .reject(reason: Self.plain(form["reason"] ?? ""))
        case "reopen": decision = .reopen
        default: throw RequestFailure.invalid("Nobody knows what was decided; load the page again.")
        }
        if let standing, standing.state == .open, decision != .reopen, form["seen"] != Self.seen(standing) {
            throw RequestFailure(
                .conflict, code: "changed",
                "Nothing was written: \(id) was changed since you opened it, and is now “\(standing.question)”. "
                    + "Send it again if you mean it.")
        }
        return try await proposals.decide(id, decision, by: source, at: time.now()).state == .open
    }

    /// Acceptance as it is where nothing in the fields is another than what was shown, else in the person's words.
    private static func acceptance(_ form: FormBody, of proposal: GoldenProposal) -> GoldenDecision {
        let question = plain(form["question"] ?? proposal.question)
        let lines = form["answers"].map { $0.split(whereSeparator: \.isNewline).map(String.init) }
        let answers = (lines ?? proposal.answers).map(plain).filter { !$0.isEmpty }
        let shown = proposal.evidence.first.map { plain($0.quote) }
        let quote = form["quote"].map(plain)
        let isSame = question == plain(proposal.question) && answers == proposal.answers.map(plain)
        if isSame, quote == nil || quote == shown { return .accept }
        return .edit(
            GoldenRevision(question: question, answers: answers, quote: quote == shown ? nil : quote))
    }

    /// A text as a field of a page has it: on one line, without what pages leave out.
    static func plain(_ text: String) -> String {
        SafeHTML.kept(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Names what a form was made from.
    static func seen(_ proposal: GoldenProposal) -> String {
        String(ContentHash(of: proposal.json.canonicalText).hex.prefix(16))
    }

    /// The words of a form whose proposal is not shown any more.
    static func words(of form: FormBody) -> [JSONValue] {
        [("Question", "question"), ("Answers", "answers"), ("Quote", "quote"), ("Reason", "reason")].compactMap {
            name, field in
            form.filled(field).map { ["name": .string(name), "words": .string($0)] }
        }
    }
}

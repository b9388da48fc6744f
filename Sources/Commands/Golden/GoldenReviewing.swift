internal import Base
internal import Engineer
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a reviewer asks for.
enum GoldenKey: Sendable, Hashable {
    case accept, edit, reject, skip, back, quit
    /// None of them.
    case unknown

    init(_ letter: String) {
        self =
            switch letter.lowercased() {
            case "a": .accept
            case "e": .edit
            case "r": .reject
            case "s": .skip
            case "b": .back
            case "q": .quit
            default: .unknown
            }
    }
}

/// Where a reviewer's keys and texts come from.
protocol GoldenReviewer: Sendable {
    /// Shows a proposal; the text may have marks for bold and grey.
    func show(_ text: String) async
    /// The next key; nil at the end of the input.
    func key() async throws -> GoldenKey?
    /// A text, beginning with what is there; nil where the reviewer thought better of it.
    func text(_ label: String, _ initial: String) async throws -> String?
}

/// Leads a person through the open proposals.
final class GoldenReviewing: Sendable {
    private let project: Project
    private let source: GoldenProposal.Source
    private let state = Mutex<[String]>([])

    init(project: Project, source: GoldenProposal.Source) {
        self.project = project
        self.source = source
    }

    /// What was decided in this sitting, in order.
    var decided: [String] { state.withLock { $0 } }

    /// Goes on until nothing is open, the reviewer leaves, or the input ends.
    func run(_ reviewer: some GoldenReviewer) async throws {
        let proposals = GoldenProposals(project)
        var skipped: Set<String> = []
        var again: String?
        while true {
            let open = try proposals.read().filter { $0.state == .open }
            guard
                let proposal = open.first(where: { $0.id == again }) ?? open.first(where: { !skipped.contains($0.id) })
            else { return }
            again = nil
            let left = open.count { !skipped.contains($0.id) }
            await reviewer.show(await page(proposal, left: left))
            var decision: GoldenDecision?
            asking: while decision == nil {
                guard let key = try await reviewer.key() else { return }
                switch key {
                case .accept: decision = .accept
                case .edit:
                    guard let revision = try await revision(of: proposal, reviewer) else { continue asking }
                    decision = .edit(revision)
                case .reject:
                    guard let reason = try await reviewer.text("why (may stay empty): ", "") else { continue asking }
                    decision = .reject(reason: reason)
                case .skip:
                    skipped.insert(proposal.id)
                    break asking
                case .back:
                    guard let last = state.withLock({ $0.popLast() }) else {
                        await reviewer.show("Nothing was decided in this sitting yet.\n")
                        continue asking
                    }
                    _ = try await proposals.decide(last, .reopen, by: source, at: Date())
                    again = last
                    break asking
                case .quit: return
                case .unknown: await reviewer.show("a accept, e edit, r reject, s skip, b back, q leave\n")
                }
            }
            guard let decision else { continue }
            do {
                let now = try await proposals.decide(proposal.id, decision, by: source, at: Date())
                state.withLock { $0.append(proposal.id) }
                await reviewer.show(Terminal.dim("  \(now.state.rawValue)") + "\n")
            } catch let error as EngineerError where error.code == .invalidRequest {
                await reviewer.show(Terminal.harmless(error.message) + "\n")
                // Somebody else may have decided; else it is shown again.
                again = proposal.id
            }
        }
    }

    private func revision(of proposal: GoldenProposal, _ reviewer: some GoldenReviewer) async throws -> GoldenRevision?
    {
        guard let question = try await reviewer.text("question: ", proposal.question) else { return nil }
        guard proposal.isAnswerable else { return GoldenRevision(question: question, answers: []) }
        guard let answer = try await reviewer.text("answer: ", proposal.answers.first ?? "") else { return nil }
        return GoldenRevision(question: question, answers: [answer] + proposal.answers.dropFirst())
    }

    private func page(_ proposal: GoldenProposal, left: Int) async -> String {
        func safe(_ text: String) -> String { Terminal.harmless(text) }
        var lines = ["\n" + Terminal.dim("\(proposal.id), \(left) left  [\(proposal.type)]  \(safe(proposal.why))")]
        if let evidence = proposal.evidence.first {
            if let passage = try? await GoldenDocuments(project).passage(of: evidence) {
                let place = "\(passage.document):\(passage.line)"
                lines.append(Terminal.dim(safe(([place] + passage.headings).joined(separator: " › "))))
                lines.append(
                    safe(passage.before).trimmedStart + Terminal.bold(">>" + safe(passage.quote) + "<<")
                        + safe(passage.after).trimmedEnd)
            } else {
                lines.append("The quote is not in \(safe(evidence.document)) any more: “\(safe(evidence.quote))”")
            }
        }
        lines.append("\nQ  " + Terminal.bold(safe(proposal.question)))
        lines += proposal.answers.map { "A  " + safe($0) }
        if !proposal.isAnswerable { lines.append("A  (the documents do not answer it)") }
        if let rank = proposal.rank {
            lines.append(Terminal.dim("a search for its words finds the passage as number \(rank)"))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate var trimmedStart: String { String(drop { $0.isWhitespace }) }
    fileprivate var trimmedEnd: String {
        guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[...last])
    }
}

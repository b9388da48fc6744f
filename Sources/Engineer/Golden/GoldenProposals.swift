internal import Base
internal import Documents
internal import RAG
internal import Retrieval
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The proposals of a project, in `.neo/proposals.json`: what the terminal, the browser and programs decide with.
///
/// The file is written whole after each decision, under a lock, so nothing is lost where a process is killed, and two people
/// who decide of one proposal at the same time do not both succeed. A row is written before its proposal is marked; where a
/// process dies between the two, the next decision finds the row and only marks.
///
/// ```swift
/// let proposals = GoldenProposals(project)
/// for proposal in try proposals.read() where proposal.state == .open {
///     _ = try await proposals.decide(
///         proposal.id, .accept, by: .init(name: "ada", way: .browser), at: Date())
/// }
/// ```
package struct GoldenProposals: Sendable {
    /// What stands in the file.
    private struct Content: Codable {
        var version = 1
        var proposals: [GoldenProposal] = []
    }

    /// The longest question, answer or reason that is taken.
    package static let longest = 8_000

    private let project: Project
    private var path: String { project.path(".neo/proposals.json") }

    /// The proposals of a project.
    package init(_ project: Project) {
        self.project = project
    }

    /// All proposals, the oldest first; none where there is no file yet.
    ///
    /// - Throws: `EngineerError` where the file is damaged.
    package func read() throws(EngineerError) -> [GoldenProposal] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        do {
            let content = try JSONValue(parsing: data).decoded(as: Content.self)
            guard content.version == 1 else {
                throw EngineerError(
                    code: .project, message: "\(path) has the version \(content.version), and this program reads 1.")
            }
            return content.proposals
        } catch let error as EngineerError {
            throw error
        } catch {
            throw EngineerError(
                code: .project,
                message: "\(path) is damaged. Mend it, or move it away: accepted rows stay in the golden file.",
                cause: error)
        }
    }

    /// Adds candidates as open proposals, each with the next number.
    func add(_ candidates: [QuestionCandidate], origin: String) throws -> [GoldenProposal] {
        try project.prepareStateFolder()
        return try withDirectoryLock(project.path(".neo")) {
            var all = try read()
            let first = (all.compactMap { Int($0.id.dropFirst()) }.max() ?? 0) + 1
            let new = candidates.enumerated().map { offset, candidate in
                candidate.proposal(id: "g\(first + offset)", origin: origin)
            }
            all += new
            try write(all)
            return new
        }
    }

    /// Decides of a proposal, and writes or takes out its row.
    ///
    /// - Returns: the proposal as it is now.
    /// - Throws: `EngineerError` with the code `invalidRequest` where there is no such proposal, it is decided already, its
    ///   evidence is not in the documents any more, or the golden file cannot be read: nothing was written then.
    package func decide(
        _ id: String, _ decision: GoldenDecision, by source: GoldenProposal.Source, at now: Date
    ) async throws -> GoldenProposal {
        // The documents are read before the lock is taken: that may last, and a lock is for moments.
        var revised = try proposal(id, in: try read())
        // Who comes second hears of that before they hear of the documents.
        guard revised.state == .open || decision == .reopen else { throw Self.decided(revised) }
        switch decision {
        case .accept: try await check(&revised)
        case .edit(let revision):
            try revised.take(revision)
            try await check(&revised)
        case .reject, .reopen: break
        }
        let wanted = revised
        return try withDirectoryLock(project.path(".neo")) {
            var all = try read()
            guard let place = all.firstIndex(where: { $0.id == id }) else { throw Self.unknown(id) }
            var proposal = all[place]
            if case .reopen = decision {
                try takeOut(proposal)
                (proposal.state, proposal.decision) = (.open, nil)
            } else {
                guard proposal.state == .open, proposal.question == revised.question || decision.isEdit else {
                    throw Self.decided(proposal)
                }
                switch decision {
                case .accept: proposal = try accepted(wanted, as: .accepted, by: source, at: now)
                case .edit: proposal = try accepted(wanted, as: .edited, by: source, at: now)
                case .reject(let reason):
                    proposal.state = .rejected
                    proposal.decision = GoldenProposal.Decision(
                        source: source, at: now.timestamp,
                        reason: reason.isEmpty ? nil : String(reason.prefix(Self.longest)), row: nil, text: nil)
                case .reopen: break
                }
            }
            all[place] = proposal
            try write(all)
            return proposal
        }
    }

    /// Accepts every open proposal without anybody looking at it, which stands with each of them; for commands that were
    /// told `--yes`.
    ///
    /// - Returns: those that became rows, and a sentence for each that could not.
    package func acceptAll(
        by name: String, at now: Date
    ) async throws -> (accepted: [GoldenProposal], refused: [String]) {
        var (accepted, refused): ([GoldenProposal], [String]) = ([], [])
        let source = GoldenProposal.Source(name: name, way: .automated)
        for proposal in try read() where proposal.state == .open {
            try Task.checkCancellation()
            do {
                accepted.append(try await decide(proposal.id, .accept, by: source, at: now))
            } catch let error as EngineerError where error.code == .invalidRequest {
                refused.append(error.message)
            }
        }
        return (accepted, refused)
    }

    private func proposal(_ id: String, in all: [GoldenProposal]) throws(EngineerError) -> GoldenProposal {
        guard let proposal = all.first(where: { $0.id == id }) else { throw Self.unknown(id) }
        return proposal
    }

    private func accepted(
        _ wanted: GoldenProposal, as state: GoldenProposal.State, by source: GoldenProposal.Source, at now: Date
    ) throws -> GoldenProposal {
        var proposal = wanted
        let row = try GoldenAppending(project).append(proposal)
        proposal.state = state
        proposal.decision = GoldenProposal.Decision(
            source: source, at: now.timestamp, reason: nil, row: row.id, text: row.json.canonicalText)
        return proposal
    }

    /// Takes the row of a proposal out of the golden file, if it is as it was written.
    private func takeOut(_ proposal: GoldenProposal) throws {
        guard let row = proposal.decision?.row, let text = proposal.decision?.text else { return }
        try GoldenAppending(project).remove(row, text: text)
    }

    /// Sees to it that the evidence stands in the document now, and notes its line.
    private func check(_ proposal: inout GoldenProposal) async throws {
        for (place, evidence) in proposal.evidence.enumerated() {
            let passage = try await GoldenDocuments(project).passage(of: evidence)
            guard let passage else {
                throw EngineerError(
                    code: .invalidRequest,
                    message:
                        "Nothing was written for \(proposal.id): its quote does not stand in \(evidence.document) any "
                        + "more, or the document is gone. Bring it back, or reject the proposal.")
            }
            proposal.evidence[place].line = passage.line
        }
    }

    private func write(_ proposals: [GoldenProposal]) throws {
        try AtomicFile.write(JSONValue(encoding: Content(proposals: proposals)).prettyText + "\n", to: path)
    }

    private static func unknown(_ id: String) -> EngineerError {
        EngineerError(
            code: .invalidRequest,
            message: "There is no proposal \(id.prefix(40)): neo golden list names those that are.")
    }

    private static func decided(_ proposal: GoldenProposal) -> EngineerError {
        let who = proposal.decision.map { " by \($0.source.name) at \($0.at)" } ?? ""
        return EngineerError(
            code: .invalidRequest,
            message:
                "Nothing was written: \(proposal.id) is \(proposal.state.rawValue)\(who) already. neo golden reopen "
                + "takes that back.")
    }
}

extension GoldenDecision {
    fileprivate var isEdit: Bool { if case .edit = self { true } else { false } }
}

extension GoldenProposal {
    /// Takes a person's words.
    fileprivate mutating func take(_ revision: GoldenRevision) throws(EngineerError) {
        func text(_ text: String, _ what: String) throws(EngineerError) -> String {
            let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !plain.isEmpty, plain.unicodeScalars.count <= GoldenProposals.longest else {
                throw EngineerError(
                    code: .invalidRequest,
                    message: "Nothing was written: \(what) has 1 to \(GoldenProposals.longest) characters.")
            }
            return plain
        }
        question = try text(revision.question, "a question")
        var texts: [String] = []
        for answer in revision.answers { texts.append(try text(answer, "an answer")) }
        guard isAnswerable == !texts.isEmpty else {
            throw EngineerError(
                code: .invalidRequest,
                message: isAnswerable
                    ? "Nothing was written: the question has no answer; write one, or reject it."
                    : "Nothing was written: a question that the documents do not answer has no answer; leave it empty.")
        }
        answers = texts
        if let quote = revision.quote, !evidence.isEmpty { evidence[0].quote = try text(quote, "a quote") }
    }
}

internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Does at a terminal what only a person can do.
struct CourseTerminal {
    let project: Project
    let name: String
    let output: OutputOptions

    /// Asks for a step; false where the person left it open.
    func take(_ step: CourseStep) async throws -> Bool {
        switch step {
        case .interview: try await interview()
        case .mendRequirements(let findings): try await mend(findings)
        case .approve(let kind): try await approve(kind)
        case .goldenQuestions: try await goldenQuestions()
        default: false
        }
    }

    private func interview() async throws -> Bool {
        let opened = try await OpenInterview(of: project, output)
        if let survey = opened.survey { output.note(Terminal.harmless(survey.text) + "\n") }
        var interview = opened.interview
        try await InterviewTerminal(file: opened.file, source: .init(name: name, way: .terminal)).run(&interview)
        return interview.next == nil
    }

    private func mend(_ findings: [String]) async throws -> Bool {
        output.note("requirements.md has to be mended:")
        for finding in findings { output.note("  " + Terminal.harmless(finding)) }
        let reply = try await Terminal.askUnlessCancelled("Mend it in an editor, then press Enter; q leaves. ")
        return reply.map { $0 != "q" } ?? false
    }

    private func approve(_ kind: ReviewedDocument.Kind) async throws -> Bool {
        let approvals = Approvals(project)
        let standing = try await approvals.standing(of: kind)
        guard let hash = standing.hash else { return false }
        output.note(Terminal.harmless(ApprovalWords.before(standing, findings: [])))
        output.note(Terminal.harmless(try gist(of: kind)))
        let question =
            "All of it is in \(Terminal.harmless(project.path(kind.fileName))). Approve it as "
            + "\(Terminal.harmless(name))? [y/N] "
        guard let reply = try await Terminal.askUnlessCancelled(question),
            ["y", "yes"].contains(reply.filter { !$0.isWhitespace }.lowercased())
        else { return false }
        do {
            try await approvals.approve(kind, seen: hash, who: name, how: .terminal, at: Date())
        } catch let error as EngineerError where error.code == .invalidRequest {
            // It changed while it was read: it is asked for again.
            output.note(Terminal.harmless(error.message))
        }
        return true
    }

    /// What is agreed to, in some lines.
    private func gist(of kind: ReviewedDocument.Kind) throws -> String {
        switch kind {
        case .requirements:
            try RequirementsFile(of: project).document.requirements.map { requirement in
                "  \(requirement.id)  \(requirement.text)"
                    + (requirement.criterion.map { " [\(requirement.metric) \($0.words)]" } ?? "")
            }.joined(separator: "\n")
        case .design:
            try DesignFile(of: project).milestones.map { milestone in
                "  \(milestone.id)  \(milestone.title): \(milestone.gates.map(\.words).joined(separator: "; "))"
            }.joined(separator: "\n")
        }
    }

    private func goldenQuestions() async throws -> Bool {
        let proposals = GoldenProposals(project)
        if try !proposals.read().contains(where: { $0.state == .open }) {
            let made = try await GoldenProposing.propose(project, count: 30, seed: project.file.seed)
            output.note("Proposed \(made.proposals.count) golden questions from the documents.")
        }
        let reviewing = GoldenReviewing(project: project, source: .init(name: name, way: .terminal))
        if Terminal.isInteractive {
            try await KeyReader.with { keys in try await reviewing.run(GoldenKeyboard(keys: keys)) }
        } else {
            try await reviewing.run(GoldenLines())
        }
        return try proposals.read().contains { $0.state == .accepted || $0.state == .edited }
    }
}

internal import Base
package import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Where a project stands: what waits, and each requirement with its latest measured value and verdict.
package struct ProjectStatus: Sendable {
    /// The project at this moment.
    package let overview: ProjectOverview
    /// The requirements; nil where there is no file.
    package private(set) var file: RequirementsFile?
    /// Who agreed to what the file says now; nil where nobody did.
    package private(set) var approval: ApprovalRecord?
    /// In what the file differs from the text that was agreed to last, as `Approvals` has it; nil where nobody agreed to one,
    /// or it was not kept.
    package private(set) var changes: [RequirementsDifference]?
    /// Who approves, as the interview was told; nil where it was not.
    package private(set) var approver: String?
    /// One a requirement, in their order.
    package private(set) var verdicts: [RequirementVerdict] = []
    /// Why something could not be read or written, a sentence each.
    package private(set) var problems: [String] = []

    /// Reads a project, judges its requirements anew, and writes down what changed in that.
    ///
    /// - Throws: `EngineerError` where `neo.yaml` cannot be read.
    package init(_ found: FoundProject, now: Date = Date()) async throws {
        let reader = ProjectReader(found)
        let project = try reader.project()
        overview = await reader.overview()
        problems = overview.problems
        if let state = try? InterviewFile(project).read(kind: project.file.kind) {
            approver = state.current("approver")?.value?.string
        }
        guard FileState(project.path("requirements.md")) != nil else { return }
        do {
            file = try RequirementsFile(of: project)
        } catch {
            if !problems.contains(error.message) { problems.append(error.message) }
            return
        }
        approval = overview.documents.first { $0.kind == .requirements }?.approval
        changes = try await Approvals(project).standing(of: .requirements).differences
        let values = try await MeasuredValues(project, reader: reader)
        verdicts = await Self.verdicts(on: file?.document.requirements ?? [], values)
        await record(values, at: now)
    }

    /// What the latest measured values say of requirements; nothing is written down.
    static func verdicts(on requirements: [Requirement], _ values: MeasuredValues) async -> [RequirementVerdict] {
        var verdicts: [RequirementVerdict] = []
        for requirement in requirements { verdicts.append(await verdict(on: requirement, values)) }
        return verdicts
    }

    private static func verdict(on requirement: Requirement, _ values: MeasuredValues) async -> RequirementVerdict {
        guard let criterion = requirement.criterion else {
            return RequirementVerdict(of: requirement, .failure(NotMeasured(sentence: "")))
        }
        let value = await values.value(of: MeasuredQuantity(named: requirement.metric), criterion)
        var verdict = RequirementVerdict(of: requirement, value)
        if case .success(let measured) = value, let why = await values.staleness(of: requirement, measured) {
            verdict.sentence = "\(why.sentence) Then it was \(verdict.state.rawValue): \(verdict.sentence)"
            verdict.isOlderThanText = why.isOfText
            verdict.state = .stale
        }
        return verdict
    }

    /// Keeps the verdicts where the project has a database already: looking makes none.
    private mutating func record(_ values: MeasuredValues, at now: Date) async {
        guard let database = values.database else { return }
        do {
            try await database.record(verdicts.map { $0.record(at: now) })
        } catch {
            problems.append("The verdicts could not be written down: \(sentence(for: error))")
        }
    }

    /// How many requirements have a verdict.
    package func count(_ state: RequirementVerdict.State) -> Int { verdicts.count { $0.state == state } }

    /// What of requirements.md is not measured as it is now, beside what its reader finds in it.
    package var staleFindings: [RequirementFinding] {
        guard let file else { return [] }
        return verdicts.enumerated().filter(\.element.isOlderThanText).map { position, verdict in
            var finding = RequirementFinding(
                .measured, [verdict.requirement.id],
                "\(RequirementNames.shown(verdict.requirement.id)): \(RequirementNames.line(verdict.sentence, to: 400))"
            )
            finding.line = file.lines.indices.contains(position) ? file.lines[position] : nil
            return finding
        }
    }

    /// Why a gate does not let the project through, a sentence each; empty where it does.
    ///
    /// - Parameter isStrict: whether what is undetermined or not measured, and a document that nobody approved, keep it back,
    ///   too.
    package func obstacles(isStrict: Bool) -> [String] {
        guard let file else { return ["there is no requirements.md that can be read"] }
        guard !verdicts.isEmpty else { return ["requirements.md has no requirement"] }
        var obstacles: [String] = []
        let states: [RequirementVerdict.State] =
            isStrict ? [.notMet, .stale, .undetermined, .notMeasured] : [.notMet, .stale]
        for state in states where count(state) > 0 {
            let names = verdicts.filter { $0.state == state }.map { RequirementNames.shown($0.requirement.id) }
            obstacles.append("\(state.rawValue): \(names.joined(separator: ", "))")
        }
        if isStrict {
            if approval == nil { obstacles.append("requirements.md is not approved as it is now") }
            if !file.findings.isEmpty { obstacles.append("requirements.md is not in order (neo spec check)") }
        }
        return obstacles
    }
}

extension RequirementVerdict {
    /// As it is written down.
    fileprivate func record(at now: Date) -> VerdictRecord {
        let words = measured.flatMap { value in requirement.criterion.map { MeasuredWords(value, $0) } }
        // What is looked at anew each time was measured whenever somebody looked.
        let isLive = measured?.basis == .ledger
        return VerdictRecord(
            requirement: requirement.id, fingerprint: requirement.fingerprint.hex, metric: requirement.metric,
            test: requirement.criterion?.words ?? "", verdict: state.rawValue,
            value: measured.flatMap { words?.converted($0.value) },
            lower: measured?.lower.flatMap { words?.converted($0) },
            upper: measured?.upper.flatMap { words?.converted($0) }, count: measured?.count,
            basis: measured?.basis.rawValue, study: measured?.study, trial: measured?.trial,
            measured: isLive ? nil : measured?.measured, recorded: now.timestamp, sentence: sentence)
    }
}

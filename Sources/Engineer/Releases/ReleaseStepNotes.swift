internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Who else hears of a step of a release: the audit log of the project, and the machine's knowledge.
///
/// The step is done when they hear of it. What goes wrong here is said, and takes nothing back.
struct ReleaseStepNotes {
    private let project: Project
    private let keeper: OutcomeKeeper?
    private let onNote: @Sendable (String) -> Void

    init(_ project: Project, keeper: OutcomeKeeper?, onNote: @escaping @Sendable (String) -> Void = { _ in }) {
        (self.project, self.keeper, self.onNote) = (project, keeper, onNote)
    }

    func note(_ step: PromotionRecord, at now: Date) async {
        do {
            try await AuditTrail.note(
                AuditEvent(
                    step.action.rawValue, by: step.who, at: now,
                    facts: [
                        "release": .integer(step.release), "stage": .string(step.stage.rawValue),
                        "incumbent": step.incumbent.map { .integer($0) } ?? .null,
                        "verdict": step.verdict.map { .string($0) } ?? .null, "accepted": .bool(step.isAccepted),
                    ]), in: project)
        } catch {
            onNote("This step is not in the audit log: \(sentence(for: error))")
        }
        do {
            try await keeper?.keep(step)
        } catch {
            onNote("This step is not kept in this machine's knowledge: \(sentence(for: error))")
        }
    }
}

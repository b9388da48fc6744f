internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MeasuredValues {
    /// Why a value says nothing of a requirement any more; nil where it does.
    ///
    /// A value is older than a text where the requirement said something else, or was not there, when it was measured: a
    /// threshold that was chosen with the value in sight is no test. Searching again is quick where nothing else changed:
    /// what was measured is remembered.
    func staleness(of requirement: Requirement, _ measured: MeasuredValue) async -> Staleness? {
        let remedy = Self.remedy(measured.basis)
        if let state = measured.state {
            let changes = state.changes(to: now)
            if !changes.isEmpty {
                return Staleness(
                    sentence: "Since it was measured, \(changes.joined(separator: " and ")) changed: \(remedy).",
                    isOfText: false)
            }
        }
        switch measured.basis {
        case .ledger, .documents: return nil
        case .run: return await isOlder(measured, than: requirement) ? Self.older(remedy) : nil
        case .heldOut, .crossFitted, .search, .answers, .requests, .exact:
            guard let texts = measured.state?.requirements else {
                return await isOlder(measured, than: requirement) ? Self.older(remedy) : nil
            }
            guard let then = texts[requirement.id] else {
                return Staleness(
                    sentence: "It was measured before this requirement was written: \(remedy).", isOfText: true)
            }
            return then == requirement.fingerprint.hex ? nil : Self.older(remedy)
        }
    }

    private static func older(_ remedy: String) -> Staleness {
        Staleness(
            sentence: "It was measured before the requirement said what it says now: \(remedy).", isOfText: true)
    }

    /// By the time at which the text was first seen: where it never was, by that of the file.
    private func isOlder(_ measured: MeasuredValue, than requirement: Requirement) async -> Bool {
        let seen = try? await database?.firstVerdict(of: requirement.id, fingerprint: requirement.fingerprint.hex)
        guard let since = seen ?? FileState(project.path("requirements.md"))?.changed.timestamp else { return false }
        return measured.measured < since
    }

    private static func remedy(_ basis: MeasuredValue.Basis) -> String {
        switch basis {
        case .heldOut, .crossFitted, .search, .requests, .exact: "run neo search again"
        case .answers: "run neo eval winner --answers again"
        case .documents, .ledger: "neo interview --status reads them again"
        case .run: "log it again"
        }
    }
}

/// Why a value says nothing of a requirement any more.
struct Staleness: Sendable, Hashable {
    /// What changed, and what to do.
    let sentence: String
    /// Whether the requirement is another one; else the project is.
    let isOfText: Bool
}

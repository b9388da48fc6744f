internal import Base
package import Storage

extension ReleaseBooks {
    /// Reads them for somebody who only looks: no database is made, and nothing is written.
    ///
    /// - Parameter database: nil where the project has none yet.
    package static func look(_ project: Project, _ database: NeoDatabase?) async throws -> ReleaseBooks {
        let kept = try await database?.releases() ?? []
        let known = Set(kept.map(\.number))
        // A release that was made while the process was killed is in no database yet.
        let new = ReleaseFolder.numbers(of: project).filter { !known.contains($0) }.compactMap { number in
            (try? ReleaseFolder(number, of: project))?.record
        }
        return ReleaseBooks(
            entries: (kept + new).sorted { $0.number < $1.number }.map { record in
                Entry(number: record.number, folder: try? ReleaseFolder(record.number, of: project), record: record)
            }, live: try await database?.liveReleases() ?? LiveReleases(),
            steps: try await database?.promotions() ?? [])
    }

    /// The step that waits for a person: the gate could not tell, and nobody has decided or asked for anything else since.
    package var undecided: PromotionRecord? { Self.undecided(steps, live) }

    /// The step of these that waits for a person's decision.
    package static func undecided(_ steps: [PromotionRecord], _ live: LiveReleases) -> PromotionRecord? {
        // Against another incumbent the gate would be asked again.
        guard let last = steps.last, last.action == .promote, !last.isAccepted, last.incumbent == live.live,
            let gate = last.gate, gate.outcome == .undetermined
        else { return nil }
        return last
    }
}

extension PromotionRecord {
    /// What the gate found; nil of a step at which none was asked.
    package var gate: GateReport? { verdict == nil ? nil : try? report.decoded(as: GateReport.self) }
}

internal import Base
internal import Storage

/// What a project's database has of its builds.
struct BuildRecords: Sendable {
    let project: Project
    let milestones: [Milestone]

    /// How far each milestone is.
    func standings(_ database: NeoDatabase?) async throws -> [MilestoneStanding] {
        let records = try await database?.milestones() ?? []
        let now = try MilestoneFingerprint(of: project)
        return milestones.map { milestone in
            let fingerprint = now.text(of: milestone)
            return Self.standing(
                milestone, records.filter { $0.milestone == milestone.id && $0.fingerprint == fingerprint })
        }
    }

    private static func standing(_ milestone: Milestone, _ attempts: [MilestoneRecord]) -> MilestoneStanding {
        let last = attempts.last
        let state: MilestoneStanding.State =
            switch last?.state {
            case nil: .pending
            case .running?: .begun
            case .passed?: .passed
            case .failed?: .failed
            }
        return MilestoneStanding(
            milestone: milestone, state: state, report: try? last?.report.decoded(as: MilestoneReport.self),
            seconds: attempts.reduce(0) { $0 + $1.seconds }, ended: last?.ended)
    }
}

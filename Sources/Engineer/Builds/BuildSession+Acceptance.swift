internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension BuildSession {
    /// The longest reason that is kept.
    package static let longestReason = 1000

    /// Goes on although a gate does not hold, because a person says so.
    ///
    /// - Parameters:
    ///   - seen: the mark of the milestone that the person saw; nil where they were asked for no more than its name.
    ///   - how: where they said it; nil where that is not known.
    /// - Throws: `EngineerError` with the code `invalidRequest` where that milestone has not failed, is not what the person
    ///   saw, or no reason was given.
    @discardableResult
    package static func accept(
        _ id: String, in project: Project, seen: String? = nil, who: String, how: ApprovalWay?, reason: String,
        at now: Date
    ) async throws -> MilestoneStanding {
        guard (1...longestReason).contains(reason.unicodeScalars.count), !reason.allSatisfy(\.isWhitespace) else {
            throw EngineerError(
                code: .invalidRequest, message: "Say why, in 1 to \(longestReason) characters: the reason is kept.")
        }
        let design = try DesignFile(of: project)
        guard FileState(project.databasePath) != nil else {
            throw EngineerError(code: .invalidRequest, message: "Nothing was built yet, so there is nothing to accept.")
        }
        let database = try NeoDatabase(path: project.databasePath)
        let records = BuildRecords(project: project, milestones: design.milestones)
        let standings = try await records.standings(database)
        guard let standing = standings.first(where: { $0.milestone.id == id }) else {
            let names = standings.map(\.milestone.id).joined(separator: ", ")
            throw EngineerError(
                code: .invalidRequest,
                message: "design.md has no milestone \(RequirementNames.line(id)); it has \(names).")
        }
        guard standing.state == .failed, var report = standing.report else {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(id) has not failed: it is \(standing.state.rawValue), so there is nothing to accept.")
        }
        guard seen == nil || seen == standing.mark else {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(id) was looked at again while you were reading, so nothing was accepted; read it again.")
        }
        report.acceptance = MilestoneReport.Acceptance(
            who: who, reason: reason, at: now.timestamp, how: how?.rawValue)
        let attempt = try await database.beginMilestone(
            id, fingerprint: try MilestoneFingerprint.of(standing.milestone, in: project), design: design.hash, at: now)
        try await database.endMilestone(
            attempt, .passed, seconds: 0, report: try JSONValue(encoding: report), at: now)
        return try await records.standings(database).first { $0.milestone.id == id } ?? standing
    }
}

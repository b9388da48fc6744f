package import Base
package import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension KnowledgeBase {
    static let outcomes = "outcomes"

    /// Every release, audit and month that is kept, the oldest first. What cannot be read is left out, with a diagnostic.
    package func outcomes(_ diagnostics: DiagnosticCollector = DiagnosticCollector()) -> [KnowledgeOutcome] {
        files(Self.outcomes, diagnostics) { try KnowledgeOutcome(line: $0, id: $1) }
            .sorted { ($0.day, $0.kind.rawValue, $0.id) < ($1.day, $1.kind.rawValue, $1.id) }
    }

    /// Writes a record, in place of the one that the same thing has left before. Of a month, the look at it that saw most
    /// stays: a service may have deleted the month's beginning meanwhile.
    func write(_ outcome: KnowledgeOutcome) throws {
        let path = path(of: outcome.id, in: Self.outcomes)
        if outcome.kind == .month, let data = FileManager.default.contents(atPath: path),
            let before = try? KnowledgeOutcome(line: String(decoding: data, as: UTF8.self), id: outcome.id),
            before.values["requests"] ?? 0 > outcome.values["requests"] ?? 0
        {
            return
        }
        try makeFolder(Self.outcomes)
        try AtomicFile.write(outcome.fileLine(), to: path)
    }

    /// Removes releases, audits and months.
    ///
    /// - Returns: how many were there.
    package func forget(_ outcomes: [KnowledgeOutcome]) throws -> Int {
        try removeFiles(outcomes.map(\.id), in: Self.outcomes)
    }
}

/// What keeps outcomes of one project; nothing where it leaves no records.
package struct OutcomeKeeper: Sendable {
    private let base: KnowledgeBase
    private let project: Project
    private let version: String

    /// - Parameter base: the machine's knowledge; nil where there is to be none.
    package init?(_ base: KnowledgeBase?, _ project: Project, version: String) {
        guard let base, project.file.sharesKnowledge else { return nil }
        (self.base, self.project, self.version) = (base, project, version)
    }

    /// Keeps a step of a release.
    package func keep(_ step: PromotionRecord) async throws {
        let database = try NeoDatabase(path: project.databasePath)
        let manifest = try? ReleaseFolder(step.release, of: project).manifest
        let name = try await database.knowledgeProject()
        let study = try await database.studies().first { $0.id.short == manifest?.study }
        try base.write(
            KnowledgeOutcome(
                step, project: name, study: study.map { KnowledgeRecord.name(ofStudy: $0.id, in: name) },
                version: version))
    }

    /// Keeps what an audit found.
    package func keep(_ audit: Audit) async throws {
        try project.prepareStateFolder()
        let name = try await NeoDatabase(path: project.databasePath).knowledgeProject()
        try base.write(KnowledgeOutcome(audit, project: name, study: lastStudy(of: name), version: version))
    }

    /// Keeps the month that is, and the one before where it ended lately.
    package func keepMonth(at now: Double, of service: ServiceDatabase, slowMilliseconds: Double) async throws {
        let month = ServiceMonth(of: now)
        let name = try await NeoDatabase(path: project.databasePath).knowledgeProject()
        for month in [month.previous, month] {
            let outcome = try await KnowledgeOutcome(
                month, until: now, from: service, slowMilliseconds: slowMilliseconds, project: name,
                study: lastStudy(of: name), version: version)
            if let outcome { try base.write(outcome) }
        }
    }

    private func lastStudy(of name: String) -> String? { base.records().last { $0.project == name }?.id }
}

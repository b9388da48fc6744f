internal import AutoML
package import Base
internal import RAG
package import Storage
package import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Reads a project for people who look at it, again and again: what did not change is not read again.
package actor ProjectReader {
    /// The project.
    package nonisolated let found: FoundProject
    private var opened: (number: UInt64, database: NeoDatabase)?
    private var results: (state: FileState, results: SearchResults)?
    private var golden: (state: FileState, rows: GoldenRows)?
    private var ledger: CallLedger?
    /// What `ProjectReader+Interview.swift` keeps.
    var questionnaire: Questionnaire?
    var lastStanding: (states: [FileState?], standing: InterviewStanding)?
    /// What `ProjectReader+Proposals.swift` keeps.
    var lastProposals: (state: FileState, standing: ProposalStanding)?
    /// What `ProjectReader+Requirements.swift` keeps.
    var lastUnmet: (key: [String], verdicts: [RequirementVerdict])?
    /// What `ProjectReader+Runs.swift` keeps.
    var logged = LoggedRuns()
    /// Writes the Parquet files of runs that it sees end; nobody does, where nil.
    let upkeep: ParquetUpkeep?
    /// What `ProjectReader+Importance.swift` keeps.
    var lastImportance: KnownImportance?
    /// What `ProjectReader+Service.swift` keeps.
    var look = ServiceLook()
    /// How sessions stood when their files were read last, by id.
    var sessions: [String: (state: FileState, standing: SessionStanding?)] = [:]

    /// A reader.
    package init(_ found: FoundProject, upkeep: ParquetUpkeep? = nil) {
        self.found = found
        self.upkeep = upkeep
    }

    /// The project, as `neo.yaml` says it now.
    package nonisolated func project() throws(EngineerError) -> Project { try Project(opening: found.folder) }

    /// The database; nil where there is none yet: looking makes none.
    package func database() throws -> NeoDatabase? {
        let path = found.folder + "/.neo/neo.db"
        guard let number = Self.fileNumber(path) else {
            opened = nil
            return nil
        }
        // Another file of that name: somebody moved the old one away.
        if let opened, opened.number == number { return opened.database }
        let database = try NeoDatabase(path: path)
        (opened, ledger) = ((number, database), nil)
        return database
    }

    /// What tells a file from another one of its name.
    static func fileNumber(_ path: String) -> UInt64? {
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        return facts?[.systemFileNumber] as? UInt64 ?? (facts?[.systemFileNumber] as? Int).map(UInt64.init)
    }

    /// The database, made where there is none: a person wants to write something down.
    package func madeDatabase() throws -> NeoDatabase {
        if let database = try database() { return database }
        let project = try project()
        try project.prepareStateFolder()
        _ = try NeoDatabase(path: project.databasePath)
        guard let database = try database() else {
            throw EngineerError(code: .project, message: "\(project.databasePath) cannot be made.")
        }
        return database
    }

    /// Another text where something changed that a page could show.
    package func stamp() async -> String {
        var parts = [(try? await database()?.changeStamp()) ?? "–"]
        let paths =
            ["neo.yaml", "golden.jsonl", "results.json", "manifest.json"]
            + ReviewedDocument.Kind.allCases.map(\.fileName)
            + [".neo/runs.db", ".neo/runs.db-wal", ".neo/interview.json", ".neo/survey.json", ".neo/proposals.json"]
        // What was logged since is moved into those two first.
        _ = try? await runs()
        for path in paths { parts.append(Self.mark(found.folder + "/" + path)) }
        let sessions = found.folder + "/.neo/sessions"
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: sessions)) ?? []).sorted().suffix(20)
        where name.hasSuffix(".jsonl") {
            parts.append(Self.mark(sessions + "/" + name))
        }
        parts.append(serviceMark())
        parts.append(lockHolder(at: found.folder + "/.neo/search.lock").map(String.init) ?? "–")
        return parts.joined(separator: "|")
    }

    private static func mark(_ path: String) -> String {
        FileState(path).map { "\($0.changed.timeIntervalSince1970) \($0.bytes)" } ?? "–"
    }

    /// The results of the last search; nil where there are none.
    package func lastResults(_ project: Project) throws -> SearchResults? {
        guard let state = FileState(project.path(ReportArchive.resultsName)) else { return nil }
        if let results, results.state == state { return results.results }
        let read = try ReportArchive.read(project)
        results = (state, read)
        return read
    }

    /// The golden questions; nil where there is no file.
    package func goldenRows(_ project: Project) throws -> GoldenRows? {
        guard let state = FileState(project.path(project.file.golden)) else { return nil }
        if let golden, golden.state == state { return golden.rows }
        let read = try GoldenRows.read(project)
        golden = read.map { (state, $0) }
        return read
    }

    /// A study as it stands; nil where there is none of that name.
    package func study(_ id: String) async throws -> StudyOverview? {
        let project = try project()
        guard let database = try database(),
            let record = try await database.studies().first(where: { $0.id.hex == id || $0.id.short == id })
        else { return nil }
        let glance = StudyGlance(record, sampler: project.file.sampler)
        let results = (try? lastResults(project)).flatMap { $0.study == record.id.short ? $0 : nil }
        let scores = Dictionary(
            (results?.trials ?? []).compactMap { trial in trial.score.map { (trial.number, $0) } },
            uniquingKeysWith: { first, _ in first })
        let figures = try await database.figures(ofStudy: record.id, metric: glance.metric)
        return StudyOverview(
            id: record.id, created: record.created, purpose: glance.purpose, sampler: glance.sampler,
            metric: glance.metric, questions: glance.questions,
            trials: figures.map { StudyOverview.Trial($0, final: scores[$0.number]) },
            failures: try await database.failures(ofStudy: record.id), results: results,
            importance: results != nil ? results?.importance : try await importance(of: record, figures))
    }

    /// What each trial of a study measured on a question.
    package func measurements(of item: String, study: ContentHash) async throws -> [ItemMeasurement] {
        try await database()?.measurements(of: item, study: study) ?? []
    }

    /// What the calls of models cost.
    package func costs(_ project: Project, by grouping: CallGrouping) async throws -> CallCosts {
        guard let ledger = try await openLedger() else {
            return CallCosts(
                project: project.file.name, grouping: grouping, since: nil, totals: [], prices: [], budgets: [])
        }
        return CallCosts(
            project: project.file.name, grouping: grouping, since: nil,
            totals: try await ledger.totals(by: grouping, since: nil), prices: try await ledger.prices(since: nil),
            budgets: try await ledger.budgets())
    }

    private func openLedger() async throws -> CallLedger? {
        guard let database = try database() else { return nil }
        if let ledger { return ledger }
        let made = try await CallLedger(database)
        ledger = made
        return made
    }

    /// The project at this moment.
    package func overview() async -> ProjectOverview {
        let project: Project
        do {
            project = try self.project()
        } catch {
            var broken = ProjectOverview(
                found, name: found.folder.split(separator: "/").last.map(String.init) ?? "project")
            broken.problems = [error.message]
            return broken
        }
        var view = ProjectOverview(found, name: project.file.name)
        view.file = project.file
        view.searcher = lockHolder(at: project.lockPath)
        do {
            let database = try database()
            view.studies = try await (database?.studies() ?? []).map { StudyGlance($0, sampler: project.file.sampler) }
            view.comments = try await database?.comments(isOpen: true) ?? []
            for kind in ReviewedDocument.Kind.allCases {
                let approvals = try await database?.approvals(of: kind.fileName) ?? []
                do {
                    if var document = try ReviewedDocument.read(kind, in: project, approvals: approvals) {
                        if document.approval == nil {
                            document.changes = try await Approvals(project).standing(of: kind).changes
                            document.findings =
                                kind == .requirements
                                ? (try? RequirementsFile(of: project).findings.map(\.sentence)) ?? [] : []
                        }
                        if kind == .design { document.basis = (try? await DesignBasis.outdated(project)) ?? nil }
                        view.documents.append(document)
                    }
                } catch {
                    // The other one is shown all the same.
                    view.unreadable[kind] = sentence(for: error)
                    view.problems.append(sentence(for: error))
                }
            }
        } catch {
            view.problems.append(sentence(for: error))
        }
        do {
            view.golden = try goldenRows(project)
        } catch {
            view.problems.append(sentence(for: error))
        }
        do {
            view.proposals = try proposalStanding(project)
        } catch {
            view.problems.append(sentence(for: error))
        }
        do {
            view.interview = try interviewStanding(project)
        } catch {
            view.problems.append(sentence(for: error))
        }
        do {
            view.results = try lastResults(project)
            view.resultsWritten = FileState(project.path(ReportArchive.resultsName))?.changed
        } catch {
            view.problems.append(sentence(for: error))
        }
        do {
            view.service = try await serviceGlance(project)
        } catch {
            view.problems.append(sentence(for: error))
        }
        // A design of people's own need not have milestones.
        view.build = try? await BuildSession.standing(project)
        let costs = try? await self.costs(project, by: .model)
        if let costs, !costs.totals.isEmpty, !costs.sum.isUnknown { view.dollars = costs.sum.dollars }
        view.stage = stage(of: view, project)
        await wait(in: &view, project, costs?.budgets ?? [])
        return view
    }

    private func stage(of view: ProjectOverview, _ project: Project) -> LifeStage {
        if view.searcher != nil { return .searching }
        if view.documents.contains(where: { $0.approval == nil }) { return .review }
        if let search = view.search, search.id.short != view.results?.study { return .suspended }
        guard view.results != nil else { return view.golden?.questions.isEmpty ?? true ? .begun : .ready }
        return isOutdated(project, golden: view.golden) ? .outdated : .searched
    }

    /// Whether settings or questions are others than those of the last search. Documents are not read for it.
    private func isOutdated(_ project: Project, golden: GoldenRows?) -> Bool {
        guard let data = FileManager.default.contents(atPath: project.path("manifest.json")),
            let hashes = try? JSONValue(parsing: data)["hashes"]
        else { return false }
        let yaml = FileManager.default.contents(atPath: project.path("neo.yaml")).map { ContentHash(of: $0).hex }
        return hashes["neo.yaml"]?.string != yaml || hashes["golden"]?.string != golden?.hash
    }
}

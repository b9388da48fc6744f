internal import AutoML
internal import Base
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The latest measured value of each quantity of a project. It measures nothing: it reads what searches, evaluations, runs
/// and the survey have written down.
struct MeasuredValues: Sendable {
    /// The last search.
    struct Search: Sendable {
        let results: SearchResults
        /// What it was made from.
        let state: MeasurementState
        /// When it ended.
        let written: String
        /// Its study in the database; nil where that is another one.
        let study: StudyRecord?
    }

    let project: Project
    let reader: ProjectReader
    let database: NeoDatabase?
    let search: Search?
    /// Questions that are alike count together.
    let clusters: [String: String]
    /// The project as it is now.
    let now: MeasurementState

    init(_ project: Project, reader: ProjectReader) async throws {
        self.project = project
        self.reader = reader
        let database = try await reader.database()
        self.database = database
        now = MeasurementState(of: project)
        let set = try? GoldenSet(
            path: project.path(project.file.golden), file: project.file.golden, diagnostics: DiagnosticCollector())
        clusters = set.map { GoldenSplit.clusterNames($0.questions) } ?? [:]
        guard let results = try await reader.lastResults(project) else {
            search = nil
            return
        }
        let manifest = FileManager.default.contents(atPath: project.path("manifest.json"))
            .flatMap { try? JSONValue(parsing: $0) }
        let hashes = manifest?["hashes"]
        let state = MeasurementState(
            settings: hashes?["neo.yaml"]?.string, golden: hashes?["golden"]?.string, files: hashes?["files"]?.string,
            requirements: manifest?["requirements"]?.object?.compactMapValues(\.string))
        let written = FileState(project.path(ReportArchive.resultsName))?.changed.timestamp
        search = Search(
            results: results, state: state, written: manifest?["written"]?.string ?? written ?? "",
            study: try await database?.studies().first { $0.id.short == results.study })
    }

    /// The value of a quantity, or why there is none.
    func value(of quantity: MeasuredQuantity, _ criterion: Criterion) async -> Result<MeasuredValue, NotMeasured> {
        let given = MeasurementUnit(criterion.unit).dimension.split(separator: "/").first.map(String.init) ?? ""
        if let wanted = quantity.dimension, given != wanted {
            let units = ["s": "ms, s, min or h", "usd": "USD per query", "b": "MB or GB", "": "% or no unit"]
            return .failure(
                NotMeasured(
                    sentence:
                        "Its test is in \(criterion.unit.isEmpty ? "no unit" : RequirementNames.line(criterion.unit)), "
                        + "and Neo measures this in \(units[wanted] ?? wanted)."))
        }
        do {
            return .success(try await found(quantity, criterion))
        } catch let reason as NotMeasured {
            return .failure(reason)
        } catch {
            return .failure(NotMeasured(sentence: "It cannot be read: \(sentence(for: error))"))
        }
    }

    private func found(_ quantity: MeasuredQuantity, _ criterion: Criterion) async throws -> MeasuredValue {
        switch quantity {
        case .latency(let percentile): try latency(percentile)
        case .cost: try cost()
        case .indexSize: try indexSize()
        case .metric(let name): try await metric(name)
        case .answers(let name): try await answers(name)
        case .unreadFiles: try survey("file") { $0.unread }
        case .personalDocuments: try survey("document") { $0.personalDocuments }
        case .servedCalls: try await servedCalls()
        case .logged(let name): try await logged(name, criterion)
        }
    }

    /// The last search, which has to be there.
    func searched() throws(NotMeasured) -> Search {
        guard let search else { throw NotMeasured(sentence: "Nothing was searched yet: run neo search.") }
        return search
    }

    /// A mean of rows with its interval, where questions that are alike count together.
    func estimate(_ rows: [MeasuredValue.Row]) -> SearchResults.Estimate {
        let names = rows.map { clusters[$0.id] ?? $0.id }
        return ScoreTable.estimate(
            rows.map(\.value), groups: Set(names).count == Set(rows.map(\.id)).count ? nil : names)
    }
}

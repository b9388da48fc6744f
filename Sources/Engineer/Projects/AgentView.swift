internal import Base
internal import Documents
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What an agent that works in a project sees of its questions and results: the rows of the search and aggregate scores.
///
/// A model that has read a held-out question, or how one did, could fit the system to it, and the number in the report
/// would no longer be one for questions that nobody has seen. What cannot be read for certain is shown empty.
package struct AgentView: Sendable, Hashable {
    /// Files that read as something else: path → what stands in it.
    package private(set) var replaced: [String: [UInt8]] = [:]
    /// Files that an agent may read only.
    package private(set) var protected: [String] = []
    /// The ids of the questions that it may know of; nil where that cannot be said, and it knows of none.
    package private(set) var shownQuestions: Set<String>?
    /// How many golden rows it does not see.
    package private(set) var hiddenRows = 0
    /// What the user should know, a sentence each.
    package private(set) var remarks: [String] = []

    /// The view of a project as its files and its database are now.
    package static func of(_ project: Project) async -> AgentView {
        var view = AgentView()
        let golden = project.path(project.file.golden)
        view.protected = [golden] + ReportArchive.fileNames.map(project.path)
        guard FileManager.default.fileExists(atPath: golden) else { return view }
        do {
            let diagnostics = DiagnosticCollector()
            let set = try GoldenSet(path: golden, file: project.file.golden, diagnostics: diagnostics)
            let heldOut = try await heldOut(set, project)
            view.replaced[golden] = try rows(of: golden, in: set, without: heldOut)
            view.shownQuestions = Set(set.questions.map(\.id)).subtracting(heldOut)
            view.hiddenRows = set.questions.count { heldOut.contains($0.id) }
            if view.hiddenRows > 0, isTracked(project.file.golden, in: project) {
                view.remarks.append(
                    "\(project.file.golden) is under version control, where the agent can read the \(view.hiddenRows) rows "
                        + "that are held out. Where that matters, keep it out of the folder's repository.")
            }
        } catch {
            view.replaced[golden] = []
            view.remarks.append(
                "\(project.file.golden) cannot be read, so the agent is shown none of it: `neo check` says why.")
        }
        view.hideResults(of: project)
        return view
    }

    /// Those that any search has held out so far, and those that the next one would.
    private static func heldOut(_ set: GoldenSet, _ project: Project) async throws -> Set<String> {
        let seed = project.file.seed
        let split = GoldenSplit.make(set.questions.filter(\.asksForEvidence), seed: seed)
        var ids = Set(split.heldOut)
        if !ids.isEmpty {
            let unanswerable = set.questions.filter { !$0.isAnswerable }.map(\.id)
            ids.formUnion(unanswerable.filter { AnswerQuestions.isHeldOut(unanswerable: $0, seed: seed) })
        }
        ids.formUnion(set.questions.filter { $0.split == .heldOut }.map(\.id))
        if let results = try? ReportArchive.read(project) {
            ids.formUnion(results.questions.filter(\.heldOut).map(\.id))
        }
        if FileManager.default.fileExists(atPath: project.databasePath) {
            ids.formUnion(try await NeoDatabase(path: project.databasePath).items(of: HeldOutMeasurement.name))
        }
        return ids
    }

    /// The lines of the file, as they are written, that are not held out.
    private static func rows(of path: String, in set: GoldenSet, without heldOut: Set<String>) throws -> [UInt8] {
        let visible = Set(set.questions.filter { !heldOut.contains($0.id) }.compactMap { set.lines[$0.id] })
        let lines = try InputFile.read(path, limit: 100_000_000)
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.enumerated().flatMap { visible.contains($0 + 1) ? Array($1) + [UInt8(ascii: "\n")] : [] }
    }

    /// Whether git has the file in its index, where names stand as they are.
    private static func isTracked(_ name: String, in project: Project) -> Bool {
        guard let index = FileManager.default.contents(atPath: project.path(".git/index")) else { return false }
        return !index.ranges(of: Data(name.utf8)).isEmpty
    }

    /// `results.json` tells of each held-out question how it did; the reports do not.
    private mutating func hideResults(of project: Project) {
        let path = project.path(ReportArchive.resultsName)
        guard FileManager.default.fileExists(atPath: path) else { return }
        guard var results = try? ReportArchive.read(project) else {
            replaced[path] = []
            return
        }
        results.questions.removeAll(where: \.heldOut)
        replaced[path] = Array(((try? JSONValue(encoding: results).prettyText + "\n") ?? "").utf8)
    }
}

internal import Base
internal import Documents
internal import RAG
package import Sandbox
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
    /// Files and folders that are not there for it.
    package private(set) var hidden: [String] = []
    /// Files that an agent may read only.
    package private(set) var protected: [String] = []
    /// The ids of the questions that it may know of; nil where that cannot be said, and it knows of none.
    package private(set) var shownQuestions: Set<String>?
    /// How many golden rows it does not see.
    package private(set) var hiddenRows = 0
    /// What the user should know, a sentence each.
    package private(set) var remarks: [String] = []

    /// The view of a project as its files and its database are now.
    ///
    /// - Parameters:
    ///   - sandbox: in which git's history is looked through; where nil, it counts as one that holds rows.
    ///   - showsHistory: whether the user wants git's history to be seen, whatever it holds.
    package static func of(
        _ project: Project, sandbox: Sandbox? = nil, showsHistory: Bool = false
    ) async -> AgentView {
        var view = AgentView()
        let golden = project.path(project.file.golden)
        view.protected = [golden] + ReportArchive.fileNames.map(project.path)
        // What is released, and what is put into service, is for people to say.
        let releases = project.path(ReleaseFolder.parent)
        if FileManager.default.fileExists(atPath: releases) { view.protected.append(releases) }
        guard FileManager.default.fileExists(atPath: golden) else { return view }
        do {
            let diagnostics = DiagnosticCollector()
            let set = try GoldenSet(path: golden, file: project.file.golden, diagnostics: diagnostics)
            let heldOut = try await heldOut(set, project)
            view.replaced[golden] = try rows(of: golden, in: set, without: heldOut)
            view.shownQuestions = Set(set.questions.map(\.id)).subtracting(heldOut)
            view.hiddenRows = set.questions.count { heldOut.contains($0.id) }
            if view.hiddenRows > 0 {
                await view.hideHistory(
                    of: project, set.questions.filter { heldOut.contains($0.id) }.map(\.question), sandbox, showsHistory
                )
            }
        } catch {
            view.replaced[golden] = []
            view.remarks.append(
                "\(project.file.golden) cannot be read, so the agent is shown none of it: `neo check` says why.")
        }
        view.hideResults(of: project)
        return view
    }

    /// The ids of the questions that an agent may know of: none where that cannot be said.
    package static func questions(of project: Project) async -> Set<String> {
        let golden = project.path(project.file.golden)
        guard
            let set = try? GoldenSet(path: golden, file: project.file.golden, diagnostics: DiagnosticCollector()),
            let heldOut = try? await heldOut(set, project)
        else { return [] }
        return Set(set.questions.map(\.id)).subtracting(heldOut)
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

    /// What git keeps of the rows that are held out.
    private mutating func hideHistory(
        of project: Project, _ questions: [String], _ sandbox: Sandbox?, _ isShown: Bool
    ) async {
        let golden = project.path(project.file.golden)
        let lines = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        let shown = Set(lines(replaced[golden] ?? []))
        let all = lines((try? InputFile.read(golden, limit: 100_000_000)) ?? [])
        let history = HeldOutHistory(folder: project.folder, texts: all.filter { !shown.contains($0) } + questions)
        guard !history.contents.isEmpty else { return }
        if isShown {
            remarks.append(
                "The agent sees git's history, in which the \(hiddenRows) rows that are held out may be (--git-history)."
            )
            return
        }
        // Where it is in the index, nothing has to be looked through.
        var holds = Self.isTracked(project.file.golden, in: project)
        if !holds { holds = await history.mayHoldRows(sandbox) }
        guard holds else { return }
        hidden += history.contents
        remarks.append(
            "What git keeps of this folder holds rows that are held out, or may hold them, so the agent does not see it: "
                + "git status, diff, log and commit fail there. Keep \(project.file.golden) out of the repository, or say "
                + "--git-history.")
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

internal import ArgumentParser
internal import Base
internal import Engineer
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo runs`: what was done, and its figures.
struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List, compare and annotate runs: searches, trials, agent sessions, and what you log yourself.",
        discussion: """
            Example:
              neo runs list
              neo runs show search-1f0c2a
              neo runs compare first second
              neo runs derive f1 '2 * precision * recall / (precision + recall)'

            A run is named by its id, a unique beginning of it, or its name. Runs lie in .neo/runs.db of the
            project; docs/runs.md says how any program logs one.
            """,
        subcommands: [
            List.self, Show.self, Compare.self, Watch.self, Tag.self, Note.self, Derive.self, Correct.self, Remove.self,
            Prune.self,
        ],
        defaultSubcommand: List.self)
}

/// The project whose runs are meant.
struct RunsPlace: ParsableArguments {
    @Option(help: "The project's folder.", completion: .directory)
    var project = "."

    /// Opens its runs, and takes in what was logged since.
    func open(_ output: OutputOptions) async throws -> RunStore {
        let store = try store()
        let taken = try await store.refresh()
        if let failure = taken.failure { output.note(Terminal.harmless(failure)) }
        if taken.rejected > 0 {
            let line = try await store.rejections(limit: 1).first
            let place = line.map { ", the last at byte \($0.place) of \($0.file): \($0.reason)" } ?? ""
            let lines = taken.rejected == 1 ? "1 line" : "\(taken.rejected) lines"
            output.note(Terminal.harmless("\(lines) of the inbox could not be read\(place)"))
        }
        return store
    }

    /// Its runs, as they were last taken in.
    func store() throws -> RunStore {
        let folder = Project.absolute(project)
        return try RunStore.open(try state(), project: Self.name(of: folder))
    }

    /// Its `.neo`: runs can be logged in any folder of a project, and in one that has logged before.
    func state() throws -> String {
        let folder = Project.absolute(project)
        if FileManager.default.fileExists(atPath: folder + "/neo.yaml") {
            try? Project(opening: folder).prepareStateFolder()
            return folder + "/.neo"
        }
        guard FileManager.default.fileExists(atPath: folder + "/.neo") else {
            throw ValidationError(
                "There is neither neo.yaml nor .neo in \(folder). Name a project with --project, or make one with "
                    + "`neo new`.")
        }
        return folder + "/.neo"
    }

    /// The project's name; the folder's, where neo.yaml does not tell.
    static func name(of folder: String) -> String {
        (try? Project(opening: folder).file.name) ?? folder.split(separator: "/").last.map { String($0) } ?? "project"
    }
}

/// Who says something of a run.
enum Author {
    /// The user of this machine.
    static var name: String {
        let name = ProcessInfo.processInfo.userName
        return name.isEmpty ? "somebody" : name
    }
}

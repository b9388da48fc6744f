internal import ArgumentParser
internal import Base
internal import Engineer
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The project whose runs are meant.
struct RunsPlace: ParsableArguments {
    @Option(help: "The project's folder, the one with neo.yaml or .neo.", completion: .directory)
    var project = "."

    /// Opens its runs, and takes in what was logged since.
    func open(_ output: OutputOptions) async throws -> RunStore { try await RunFolder(project).open(output) }
}

/// A folder with runs: a project's, or one in which something was logged before.
struct RunFolder {
    private let folder: String
    /// A project file that is wrong is no reason to keep its runs from anybody.
    private let file: ProjectFile?

    /// - Throws: a sentence where there is neither `neo.yaml` nor `.neo`.
    init(_ path: String) throws {
        folder = Project.absolute(path)
        let isProject = FileManager.default.fileExists(atPath: folder + "/neo.yaml")
        let project = isProject ? try? Project(opening: folder) : nil
        file = project?.file
        try? project?.prepareStateFolder()
        guard isProject || FileManager.default.fileExists(atPath: folder + "/.neo") else {
            throw ValidationError(
                "There is neither neo.yaml nor .neo in \(folder). Name a project with --project, or make one with "
                    + "`neo new`.")
        }
    }

    /// Its `.neo`.
    var state: String { folder + "/.neo" }

    /// The project's name; the folder's, where neo.yaml does not tell.
    var name: String { file?.name ?? Self.name(of: folder) }

    /// A folder's own name.
    static func name(of folder: String) -> String {
        folder.split(separator: "/").last.map { String($0) } ?? "project"
    }

    /// Its runs, as they were last taken in.
    func store() throws -> RunStore { try RunStore.open(state, project: name) }

    /// Its runs, with what was logged until now; says what of it could not be read. Where `neo.yaml` says so, Trackio gets
    /// them as well.
    func open(_ output: OutputOptions) async throws -> RunStore { try await open(noting: output.note) }

    /// The same; what could not be done is told in sentences that no terminal minds.
    func open(noting note: (String) -> Void) async throws -> RunStore {
        let store = try store()
        let taken = try await store.refresh()
        if let failure = taken.failure { note(Terminal.harmless(failure)) }
        if taken.rejected > 0 {
            let line = try await store.rejections(limit: 1).first
            let place = line.map { ", the last at byte \($0.place) of \($0.file): \($0.reason)" } ?? ""
            let lines = taken.rejected == 1 ? "1 line" : "\(taken.rejected) lines"
            note(Terminal.harmless("\(lines) of the inbox could not be read\(place)"))
        }
        await mirror(store, note)
        if keepsParquet, taken.failure == nil { await ParquetUpkeep.ofThisProgram.start(for: store) }
        return store
    }

    /// What a query sees, of a person's or of an agent's.
    func sight(asAgent: Bool) async -> ProjectQueries.Sight {
        guard asAgent else { return .person }
        guard let project = try? Project(opening: folder) else { return .agent(questions: []) }
        return .agent(questions: await AgentView.questions(of: project))
    }

    /// Whether runs that have ended get Parquet files by themselves.
    var keepsParquet: Bool { file?.keepsParquet ?? true }

    /// To be called when a run of this process has ended: what is written of it for others is written in the background, or
    /// now where Trackio wants it.
    func handOn(noting note: (String) -> Void) async {
        if file?.mirrorsToTrackio == true {
            _ = try? await open(noting: note)
        } else if keepsParquet {
            await ParquetUpkeep.ofThisProgram.start(in: state)
        }
    }

    /// Hands the runs on to Trackio, where `neo.yaml` says so.
    private func mirror(_ store: RunStore, _ note: (String) -> Void) async {
        guard file?.mirrorsToTrackio == true else { return }
        let folder = TrackioFolder.standard(ProcessInfo.processInfo.environment)
        do {
            _ = try await TrackioExport(to: folder).write(store)
        } catch {
            note(Terminal.harmless("Trackio did not get the runs: \(sentence(for: error))"))
        }
    }
}

internal import ArgumentParser
internal import Engineer
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The project whose records a command reads or writes.
struct RecordFolder: ParsableArguments {
    @Option(help: "The project's folder, the one with neo.yaml or .neo.", completion: .directory)
    var project = "."

    /// Its runs, with what was logged until now.
    func store(_ output: OutputOptions) async throws -> RunStore { try await RunFolder.store(project, output) }
}

/// Opens the runs of a folder.
enum RunFolder {
    /// The runs, with what was logged until now; where `neo.yaml` says so, Trackio gets them as well.
    static func store(_ path: String, _ output: OutputOptions) async throws -> RunStore {
        let folder = Project.absolute(path)
        let files = FileManager.default
        let isProject = files.fileExists(atPath: folder + "/neo.yaml")
        guard isProject || files.fileExists(atPath: folder + "/.neo") else {
            throw TrackingError(
                .notFound, "\(folder) has neither neo.yaml nor .neo: name the folder of a project, e.g. with --project."
            )
        }
        // A project file that is wrong is no reason to keep its runs from anybody.
        let file = isProject ? try? Project(opening: folder).file : nil
        let name = file?.name ?? folder.split(separator: "/").last.map(String.init) ?? "default"
        let store = try RunStore.open(folder + "/.neo", project: name)
        if let failure = try await store.refresh().failure { output.note("neo: \(failure)") }
        if file?.mirrorsToTrackio == true {
            let folder = TrackioFolder.standard(ProcessInfo.processInfo.environment)
            do { _ = try await TrackioExport(to: folder).write(store) } catch let error as TrackingError {
                output.note("neo: \(error.message)")
            }
        }
        return store
    }
}

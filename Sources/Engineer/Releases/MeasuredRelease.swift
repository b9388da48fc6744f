internal import AutoML
internal import Base
internal import RAG

/// A release with what it is measured by: the golden questions as its own documents answer them.
struct MeasuredRelease {
    let folder: ReleaseFolder
    let workspace: Workspace
    let configuration: Configuration
    let golden: ProjectGolden

    init(_ folder: ReleaseFolder, _ project: Project, _ ports: Workspace.Ports) async throws {
        self.folder = folder
        workspace = try await Workspace.open(release: folder, of: project, ports: ports)
        configuration = try folder.configuration().configuration
        // What a release's documents do not hold, it cannot find: that counts, and stops nothing.
        golden = try await ProjectGolden.load(workspace, measuring: [configuration], requiring: 0)
    }

    func measure(_ ids: [String]) async throws -> ScoreTable {
        ScoreTable(try await measurements(ids), objective: golden.objective)
    }

    func measurements(_ ids: [String]) async throws -> [Measurement] {
        try await golden.evaluator(workspace).measure(configuration, on: ids)
    }
}

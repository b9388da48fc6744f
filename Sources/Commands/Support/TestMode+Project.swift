internal import Base
internal import Engineer
internal import RAG
internal import Server

extension TestMode {
    /// The test mode of a project's service.
    static func over(_ workspace: Workspace, _ generator: Generator?) async throws -> TestMode {
        let copy = try await ProjectCopy(workspace, generator: generator)
        return TestMode { added in try await copy.adding(texts: added.map { ($0.id, $0.text) }) }
    }
}

internal import Base
internal import Documents
internal import Retrieval

/// Reads the documents that a project names.
enum ProjectDocuments {
    /// The documents of all patterns.
    static func load(_ project: Project, diagnostics: DiagnosticCollector) async throws -> [Document] {
        let loader = DocumentLoader(diagnostics: diagnostics)
        return try await loader.load(project.file.documents, base: project.folder)
    }
}

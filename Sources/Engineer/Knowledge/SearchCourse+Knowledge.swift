internal import AutoML
internal import Base
internal import RAG
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension SearchCourse {
    /// Keeps what the search found in the machine's knowledge base, and says so in a line. What goes wrong there is said, too,
    /// and takes nothing from the search.
    func remember(_ results: SearchResults, trials: [TrialResult]) async {
        guard let base = options.knowledge, workspace.project.file.sharesKnowledge else { return }
        do {
            let project = try await database.knowledgeProject()
            let record = KnowledgeRecord(
                of: results, trials: trials, id: KnowledgeRecord.name(ofStudy: definition.id, in: project),
                project: project, corpus: try base.name(for: golden.variants.corpusHash), at: time.now(),
                features: await KnowledgeFeatures.of(
                    workspace.corpus, golden: golden, split: split, language: workspace.library.language),
                file: workspace.project.file,
                words: KnowledgeWords(workspace.project.file, models: models), version: options.version)
            try base.write(record)
            note(
                "This search is kept as \(record.id) in this machine's knowledge: figures, no texts (neo knowledge show)."
            )
        } catch {
            note("This search is not kept in this machine's knowledge: \(sentence(for: error))")
        }
    }
}

extension WarmStart.Target {
    /// A project that is about to be searched.
    init(
        _ workspace: Workspace, golden: ProjectGolden, split: GoldenSplit, space: SearchSpace, models: StudyModels,
        tried: [Configuration]
    ) async {
        features = await KnowledgeFeatures.of(
            workspace.corpus, golden: golden, split: split, language: workspace.library.language)
        objective = golden.objective
        self.tried = tried
        let words = KnowledgeWords(workspace.project.file, models: models)
        let fitting = SeedFitting(space, in: workspace)
        fit = { configuration in
            // What a wish for another model is, or a word that was hidden, is none of this space.
            try? fitting(words.own(configuration))
        }
    }
}

extension KnowledgeBase {
    /// What a project is called here; nil where nothing of it was ever kept.
    package static func name(of project: Project) async throws -> String? {
        guard FileManager.default.fileExists(atPath: project.databasePath) else { return nil }
        return try await NeoDatabase(path: project.databasePath).knownKnowledgeProject()
    }
}

extension NeoDatabase {
    private static let projectKey = "knowledge.project"

    /// What the project is called in the knowledge base: drawn once, by chance, so that it says nothing.
    func knowledgeProject(
        drawing: @Sendable () -> String = { ContentHash(of: UUID().uuidString).short }
    ) async throws -> String {
        if let kept = try await knownKnowledgeProject() { return kept }
        let made = drawing()
        try await setFact(Self.projectKey, to: .string(made))
        return made
    }

    /// The same, where one was drawn.
    func knownKnowledgeProject() async throws -> String? { try await fact(Self.projectKey)?.string }
}

internal import Base
internal import RAG
internal import Storage

/// The questions that the last search held out; before the first search, those that the next one would.
struct HeldOutQuestions {
    /// Their ids.
    let ids: Set<String>
    private let ordered: [String]
    private let study: String?

    /// Questions that are no longer in the golden set are left out.
    init(_ workspace: Workspace, golden: ProjectGolden) throws {
        guard let results = try? ReportArchive.read(workspace.project) else {
            ordered = try golden.split(seed: workspace.project.file.seed).heldOut
            ids = Set(ordered)
            study = nil
            return
        }
        let known = Set(golden.items.map(\.id))
        ordered = results.questions.filter { $0.heldOut && known.contains($0.id) }.map(\.id)
        ids = Set(ordered)
        study = results.study
    }

    /// The ids, where there are any.
    func required() throws(EngineerError) -> [String] {
        guard study != nil else {
            throw EngineerError(
                code: .noResults, message: "No search has held questions out yet: run `neo search` first."
            )
        }
        guard !ordered.isEmpty else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "The last search held no questions out. `neo search --holdout` does, also below 100 questions; "
                    + "without --held-out all questions are compared."
            )
        }
        return ordered
    }

    /// Writes down that somebody is about to look, and says how often that has happened.
    func recordOpening(_ project: Project, time: TimeSource) async throws -> Int {
        let database = try NeoDatabase(path: project.databasePath)
        guard let record = try await database.studies().first(where: { $0.id.short == study }) else {
            throw EngineerError(
                code: .noResults,
                message: "The study \(study ?? "") of results.json is not in the project's database, so its openings "
                    + "cannot be counted. Run `neo search` again."
            )
        }
        return try await database.recordOpening(of: HeldOutMeasurement.name, study: record.id, at: time.now())
    }
}

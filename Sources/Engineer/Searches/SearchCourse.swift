internal import AutoML
internal import Base
internal import RAG
internal import Storage

/// A search that has been opened: what it searches, what measures it, and where it is written down.
struct SearchCourse: Sendable {
    let workspace: Workspace
    let golden: ProjectGolden
    let space: SearchSpace
    let split: GoldenSplit
    let sampler: any Sampler
    let seed: UInt64
    /// What it begins with from other projects.
    let start: SearchStart
    let definition: StudyDefinition
    let models: StudyModels
    let database: NeoDatabase
    let journal: SQLiteTrialJournal
    /// What measures a configuration on questions.
    let rankings: RAGEvaluator
    /// The same, which knows what was measured before.
    let evaluator: RememberedEvaluator<RAGEvaluator>
    /// What its calls may cost.
    let money: SearchBudget
    let options: SearchOptions
    let time: TimeSource
    let onEvent: @Sendable (SearchEvent) -> Void

    /// Reads documents and questions, and opens the study in the project's database.
    ///
    /// - Throws: what is wrong with the project, before anything is measured.
    init(
        opening project: Project, options: SearchOptions, ports: Workspace.Ports, time: TimeSource,
        stopwatch: inout Stopwatch, onEvent: @escaping @Sendable (SearchEvent) -> Void
    ) async throws {
        workspace = try await Workspace.open(project, ports: ports)
        golden = try await ProjectGolden.load(workspace)
        space = try workspace.space()
        if !options.allowsFixedDepth { try FixedDepthObjective.check(golden.objective.metric, space: space) }
        stopwatch.lap("reading")
        rankings = golden.evaluator(workspace)
        models = try await StudyModels(workspace)
        try await AnswerJudge.refuseUnfit(workspace)
        seed = options.seed ?? project.file.seed
        split = try golden.split(seed: seed, isForced: options.holdsOut)
        database = try NeoDatabase(path: project.databasePath)
        let given = try SearchSeeds.read(options.seeds, workspace: workspace, space: space)
        let (workspace, golden, split, space, seed, models) = (workspace, golden, split, space, seed, models)
        func definition(_ sampler: String, _ seeds: [SeededSampler.Seed], _ order: [String] = []) -> StudyDefinition {
            StudyDefinition(
                workspace: workspace, golden: golden, split: split, space: space, seed: seed, sampler: sampler,
                seeds: seeds, order: order, models: models)
        }
        let plain = definition(try project.file.sampler.make(space).name, given)
        start = try await SearchStart.settle(
            plain, database: database, workspace: workspace, options: options, at: time.now()
        ) {
            await WarmStart.Target(
                workspace, golden: golden, split: split, space: space, models: models,
                tried: [space.default] + given.map(\.configuration))
        }
        let seeds = given + start.samplerSeeds
        sampler = try project.file.sampler.make(space, seeds: seeds, order: start.order)
        self.definition = start.isCold ? plain : definition(sampler.name, seeds, start.order)
        journal = try await database.openStudy(definition: self.definition.json, at: time.now())
        evaluator = try await RememberedEvaluator(rankings, scope: self.definition.scope, database: database)
        onEvent(
            .opened(
                documents: workspace.corpus.documents.count, questions: split.search.count,
                heldOut: split.heldOut.count, configurations: space.size, resumed: try await journal.trials().count))
        start.words.map { onEvent(.note($0)) }
        let limit = options.maxCost ?? project.file.maxCost
        if let words = SpendingWords.uncounted(limit: limit, project.file) { onEvent(.note(words)) }
        money = try await SearchBudget(database, search: self.definition.id, limit: limit)
        self.options = options
        self.time = time
        self.onEvent = onEvent
    }

    /// Says a sentence.
    func note(_ words: String?) { words.map { onEvent(.note($0)) } }
}

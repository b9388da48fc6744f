internal import LanguageModels
internal import RAG

/// The judge of a search of answers, and what is known of it.
struct AnswerJudge {
    let judge: Judge
    /// For the report.
    let summary: AnswerResults.Judging

    /// The judge that a project names; nil where words decide.
    ///
    /// - Throws: `RAGError` where it is one of the models that write, and the project does not insist.
    init?(_ workspace: Workspace, writers: [String: any LanguageModel]) async throws {
        let setting = workspace.project.file.generation
        guard setting.isJudged else { return nil }
        judge = Judge(try await workspace.languageModel(setting.judge, ModelUsePurpose(.judge)))
        let name = ModelName(identity: judge.model.identity)
        let judgesItself = try name.judgesItself(
            writers.values.map { ModelName(identity: $0.identity) }, insists: setting.allowsOwnAnswers,
            remedy: "Name another one under `generation: judge`, or insist with `generation: own_answers: true`.")
        let standing = try JudgeAuditFile(workspace.project)
            .standing(of: name.text, prompt: JudgePrompt(.correctness).version, criterion: .correctness)
        var summary = AnswerResults.Judging(
            name: name.text, prompt: JudgePrompt(.correctness).version, isAudited: true, judgesItself: judgesItself)
        switch standing {
        case .audited(let audit): summary.words = "by the audit of \(audit.date) with \(audit.pairs.count) labels"
        case .unaudited(let reason): (summary.isAudited, summary.words) = (false, reason)
        }
        self.summary = summary
    }

    /// Refuses a judge that may not judge before a long search of retrieval, not after it.
    ///
    /// - Throws: `RAGError` as `init`; what is wrong with the models otherwise is said when they are asked.
    static func refuseUnfit(_ workspace: Workspace) async throws {
        var writers: [String: any LanguageModel] = [:]
        for model in workspace.project.file.generation.models {
            writers[model.name] = try? await workspace.languageModel(model.name, ModelUsePurpose(.generator))
        }
        guard !writers.isEmpty else { return }
        _ = try await AnswerJudge(workspace, writers: writers)
    }
}

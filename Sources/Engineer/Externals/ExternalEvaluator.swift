internal import AutoML
internal import Base
internal import RAG
internal import Sandbox
internal import Storage

/// Measures systems that are not Neo's on golden questions.
struct ExternalEvaluator: Sendable {
    /// Hears of which system how many questions are done.
    typealias OnAsking = @Sendable (_ name: String, _ done: Int, _ all: Int) -> Void

    private let workspace: Workspace
    private let golden: ProjectGolden
    private let judge: ExternalJudge
    private let time: TimeSource
    private let onAsking: OnAsking

    init(_ workspace: Workspace, golden: ProjectGolden, time: TimeSource, onAsking: @escaping OnAsking) {
        self.workspace = workspace
        self.golden = golden
        judge = ExternalJudge(golden.variants.judging)
        self.time = time
        self.onAsking = onAsking
    }

    /// Asks a system and judges its passages.
    ///
    /// - Parameters:
    ///   - database: where answers are kept and read back; nil where each question is asked anew.
    ///   - isStart: whether ten failures at the beginning end it.
    func measure(
        _ setting: ExternalSetting, on ids: [String], database: NeoDatabase?, isStart: Bool = true
    ) async throws -> ExternalMeasurement {
        let questioning = ExternalQuestioning(
            setting: setting, folder: workspace.project.folder, external: workspace.external, database: database,
            time: time, onAsking: { [onAsking] in onAsking(setting.name, $0, $1) })
        let outcomes = try await questioning.ask(
            ids.map { (id: $0, text: golden.question($0)?.question ?? "") }, isStart: isStart)
        var replies: [String: ExternalReply] = [:]
        for (id, outcome) in outcomes {
            if case .answered(let reply, _) = outcome { replies[id] = reply }
        }
        let judgements = await judge.judge(replies)
        var result = ExternalMeasurement(name: setting.name, measurements: [])
        if case .command = setting.source {
            result.walls = setting.walls.sentence(setting.name, whyNone: ConfinedProcess.whyNone())
        }
        for id in ids {
            switch (outcomes[id], judgements[id]) {
            case (.answered(_, let milliseconds), let judgement?):
                result.measurements.append(Measurement(item: id, metrics: judgement.metrics))
                result.passages += judgement.passages
                result.unplaced += judgement.unplaced
                result.abstentions += judgement.passages == 0 ? 1 : 0
                result.milliseconds.append(milliseconds)
            case (.failed(let sentence), _):
                result.measurements.append(Measurement(item: id, metrics: [:], failure: sentence))
            default:
                result.measurements.append(Measurement(item: id, metrics: [:], failure: "It was not asked."))
            }
        }
        return result
    }
}

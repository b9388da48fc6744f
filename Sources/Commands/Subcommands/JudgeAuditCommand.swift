internal import ArgumentParser
internal import AutoML
internal import Base
internal import Engineer
internal import RAG

struct JudgeAuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Compare a judge with people, and keep how far it can be trusted.",
        discussion: """
            Examples:
              neo judge audit my-docs --judge qwen2.5-coder-1.5b-instruct
              neo judge audit my-docs --judge qwen2.5-coder-1.5b-instruct --labels labels.jsonl
              neo judge audit my-docs --judge qwen2.5-coder-1.5b-instruct --answers answers.jsonl

            Labels are what people say of answers: 30 to 100 of them. In a terminal you are asked for those
            that are missing, one answer after the other; each is kept at once in the file of labels, and
            the same command goes on from there. The answers are those of --answers, else what `neo ask`
            quotes to the golden questions.

            Both files hold one object a line: {"id", "question", "answer"}, and if you have them "answers"
            (the right ones, else those of the golden question of the same id), "passages" (what the answer
            was made from), "model" (who wrote it), and "label": "correct", "incorrect" or a score from 0 to
            1.

            Prints agreement, bias and repeatability, and what people would say of all the answers, from the
            labels and the judge's scores together. The labels must be of answers like those that the judge
            is to judge. The audit is kept in judge-audit.json beside neo.yaml; it is void when the judge or
            its prompt changes.
            """
    )

    @OptionGroup var project: ProjectArgument

    @OptionGroup var judge: JudgeArgument

    @Option(help: "What is judged: correctness, faithfulness, relevance or citations.")
    var criterion = JudgeCriterion.correctness

    @Option(help: "The file of labels (default: judge-labels-CRITERION.jsonl in the project).", completion: .file())
    var labels: String?

    @Option(help: "A file of answers, with or without labels.", completion: .file())
    var answers: String?

    @Option(help: "How many labels to ask for.")
    var count = 40

    @Option(help: "How often each labelled answer is judged.")
    var repetitions = 3

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard JudgeAudit.labels.contains(count) else {
            throw ValidationError(
                "--count must be from \(JudgeAudit.labels.lowerBound) to \(JudgeAudit.labels.upperBound).")
        }
        guard (1...20).contains(repetitions) else { throw ValidationError("--repetitions must be from 1 to 20.") }
    }

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let project = try Project(opening: project.project)
        let path = labels.map { Project.absolute($0) } ?? project.path("judge-labels-\(criterion.rawValue).jsonl")
        guard labels != nil || answers != nil || Terminal.canAsk || JudgedAnswerFile.exists(path) else {
            throw EngineerError(
                code: .invalidRequest,
                message: "There are no labels yet: \(path) is not there. On a terminal this command asks for them; "
                    + "else write the file, or name one with --labels (`neo judge audit --help` says its form).")
        }
        let (labelled, others) = try await answers(of: project, labelsAt: path, progress: progress)
        let (criterion, repetitions, insists) = (criterion, repetitions, judge.ownAnswers)
        let outcome = try await judge.withModel(for: project, mode: recording.mode, progress: progress) { model in
            try await JudgeAuditing(Judge(model), criterion: criterion, repetitions: repetitions)
                .run(labelled: labelled, others: others, insists: insists) { done, all in
                    progress.update("judging: \(done) of \(all)")
                }
        }
        progress.finish()
        try JudgeAuditFile(project).keep(outcome.audit)
        try output.render(outcome.json) { Terminal.harmless(outcome.text) }
    }

    /// The answers with labels, and those without.
    private func answers(
        of project: Project, labelsAt path: String, progress: ProgressLine
    ) async throws -> (labelled: [JudgedAnswer], others: [JudgedAnswer]) {
        let golden = try JudgedAnswerFile.golden(of: project)
        let isThere = labels != nil && !Terminal.canAsk || JudgedAnswerFile.exists(path)
        var labelled = isThere ? try JudgedAnswerFile.read(path, golden: golden, needsLabels: true) : []
        var others: [JudgedAnswer] = []
        if let answers {
            let all = try JudgedAnswerFile.read(Project.absolute(answers), golden: golden, needsLabels: false)
            let known = Set(labelled.map(\.item.id))
            labelled += all.filter { $0.label != nil && !known.contains($0.item.id) }
            others = all.filter { $0.label == nil && !known.contains($0.item.id) }
        } else if labelled.count < JudgeAudit.labels.lowerBound, Terminal.canAsk {
            others = try await MachineLanguageModels.with(for: project, showing: progress) { models in
                let workspace = try await Workspace.open(project, ports: .machine(models: models, showing: progress))
                progress.update("asking the golden questions")
                let configuration =
                    try (try? ConfigurationFile.configuration(named: "winner", workspace: workspace))
                    ?? workspace.space().default
                return try await QuotedAnswers.all(workspace, configuration: configuration)
            }
            progress.finish()
        }
        if labelled.count < JudgeAudit.labels.lowerBound, Terminal.canAsk {
            let labelling = AnswerLabelling(criterion, wanted: count) { text in
                Terminal.ask(Terminal.harmless(text))
            } keep: { labels in
                try JudgedAnswerFile.write(labels, to: path)
            }
            labelled = try labelling.labels(labelled, of: others, seed: project.file.seed)
        }
        let known = Set(labelled.map(\.item.id))
        return (labelled, others.filter { !known.contains($0.item.id) })
    }
}

extension JudgeCriterion: ExpressibleByArgument {}

internal import ArgumentParser
internal import Base
internal import Engineer
internal import LanguageModels

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo interview`: asks what the requirements are made from.
struct InterviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interview",
        abstract: "Ask what a project needs: one question at a time, after a look at its documents.",
        discussion: """
            Examples:
              neo interview my-docs
              neo interview my-docs --status
              neo interview my-docs --answers answers.yaml
              neo interview my-docs --answer latency=2 --as-agent --json

            Enter takes what is suggested, ? is "I don't know", back asks the last question again, and
            Ctrl-D leaves. Each answer is kept in .neo/interview.json at once, so the same command goes on
            from there; what is answered again is added, and the old answer stays. A file of --answers maps
            ids of questions to answers (YAML or JSON); null is "I don't know". Without a terminal and
            without answers the next question is printed, and the exit code is 2; with --json it is 0.
            At its end it drafts requirements.md, as neo spec draft does. docs/interview.md says more.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: ArgumentHelp("Take the answers of a file and ask nothing.", valueName: "file"), completion: .file())
    var answers: String?

    @Option(
        name: .customLong("answer"),
        help: ArgumentHelp("Answer one question; ? is \"I don't know\". May be given again.", valueName: "id=answer"))
    var single: [String] = []

    @Flag(help: "Show how much is known of each topic, and ask nothing.")
    var status = false

    @Option(
        name: .customLong("follow-ups"),
        help: ArgumentHelp(
            "When the questions are over, let a language model ask up to 8 more, where a requirement would change.",
            valueName: "model"))
    var followUps: String?

    @Option(help: ArgumentHelp("Who answers; your name on this machine without.", valueName: "name"))
    var by: String?

    @Flag(help: "Mark the answers as those of an agent.")
    var asAgent = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let wrong = single.first(where: { !$0.contains("=") || $0.hasPrefix("=") }) {
            throw ValidationError("--answer \(wrong) is no ID=ANSWER, such as --answer latency=2.")
        }
        guard !status || answers == nil && single.isEmpty else {
            throw ValidationError("--status only shows: leave out --answers and --answer.")
        }
        guard by.map({ (1...100).contains($0.unicodeScalars.count) }) ?? true else {
            throw ValidationError("--by takes a name of 1 to 100 characters.")
        }
    }

    func run() async throws {
        let project = try Project(opening: project.project)
        let opened = try await OpenInterview(of: project, output)
        let (file, survey) = (opened.file, opened.survey)
        var interview = opened.interview
        let given = try given()
        if !given.isEmpty {
            let (source, now) = (source(asAgent ? .agent : .file), Date())
            // All are looked at before one is kept.
            let checked = try given.map { try interview.answer($0.id, $0.value, by: source, at: now) }
            interview.state = try file.add(checked, kind: interview.questionnaire.kind)
        }
        let asks = given.isEmpty && answers == nil && !status && !output.json
        if asks, Terminal.canAsk {
            if let survey { output.note(Terminal.harmless(survey.text) + "\n") }
            let source = source(asAgent ? .agent : .terminal)
            try await InterviewTerminal(
                file: file, source: source,
                reader: asAgent ? nil : ReaderFile(ProcessInfo.processInfo.environment)
            ).run(&interview)
        }
        if let followUps, !status { try await ask(followUps, project, file, &interview) }
        if followUps != nil, asks, Terminal.canAsk, interview.next != nil {
            try await InterviewTerminal(file: file, source: source(asAgent ? .agent : .terminal)).run(&interview)
        }
        // What is known is worth nothing until it is written where people read it.
        var drafted: RequirementsDrafting?
        if interview.isComplete, interview.state.answers.count > opened.interview.state.answers.count {
            let made = try RequirementsDrafting(interview, in: project, replacing: false)
            drafted = made
            output.note(
                made.sentence
                    + (made.outcome == .edited ? " neo spec draft shows what the interview would change." : ""))
        }
        try output.render(try result(of: interview, survey, drafted)) {
            Terminal.harmless(InterviewText.status(interview))
        }
        if asks, !Terminal.canAsk, let step = interview.next {
            Terminal.printError(Terminal.harmless(InterviewText.question(step)))
            Terminal.printError(
                "There is no terminal to answer at: give answers with --answers FILE or --answer \(step.question.id)=…")
            throw ExitCode(2)
        }
    }

    /// Has a model ask what the answers leave open.
    private func ask(_ name: String, _ project: Project, _ file: InterviewFile, _ interview: inout Interview)
        async throws
    {
        guard interview.isComplete else {
            return output.note(
                "A model asks when the questions are over; \(interview.next?.question.id ?? "") is next.")
        }
        let progress = ProgressLine(quiet: output.quiet)
        defer { progress.finish() }
        let known = interview
        let found = try await MachineLanguageModels.with(for: project, showing: progress) { models in
            let model = try await models.model(name, for: ModelUsePurpose(.generator))
            return try await FollowUpWriter(model).ask(of: known, project: project.file, at: Date())
        }
        interview.state = try file.add(found.followUps, kind: interview.questionnaire.kind)
        let count = found.followUps.count
        let words = count == 0 ? "asks nothing more" : "asks \(count) more question\(count == 1 ? "" : "s")"
        let rest =
            found.dropped == 0 ? "" : "; \(found.dropped) of what it said is no question to an answer, and was dropped"
        output.note("\(Terminal.harmless(name)) \(words)\(rest).")
    }

    private func given() throws -> [(id: String, value: JSONValue?)] {
        let listed = try answers.map { try InterviewAnswers.read($0) } ?? []
        return listed
            + single.map { text in
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), parts[1] == "?" ? Optional.none : .string(String(parts[1])))
            }
    }

    private func source(_ way: InterviewState.Way) -> InterviewState.Source {
        InterviewState.Source(name: PersonName.of(by), way: way)
    }

    private func result(of interview: Interview, _ survey: DocumentSurvey?, _ drafted: RequirementsDrafting?) throws
        -> JSONValue
    {
        guard case .object(var members) = try interview.json else { return nil }
        members["survey"] = try survey.map { try JSONValue(encoding: $0) } ?? .null
        members["draft"] = drafted?.json ?? .null
        return .object(members)
    }
}

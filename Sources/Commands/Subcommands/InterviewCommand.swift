internal import ArgumentParser
internal import Base
internal import Documents
internal import Engineer

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
            docs/interview.md says more.
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
        let questionnaire = try Questionnaire.builtIn()
        let file = InterviewFile(project)
        let state = try file.read(kind: questionnaire.kind)
        let survey = try await survey(of: project)
        var interview = Interview(questionnaire, survey: survey, state: state, now: Date())
        let given = try given()
        if !given.isEmpty {
            let (source, now) = (source(asAgent ? .agent : .file), Date())
            // All are looked at before one is kept.
            let checked = try given.map { try interview.answer($0.id, $0.value, by: source, at: now) }
            interview.state = try file.add(checked, kind: questionnaire.kind)
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
        try output.render(try result(of: interview, survey)) { Terminal.harmless(InterviewText.status(interview)) }
        if asks, !Terminal.canAsk, let step = interview.next {
            Terminal.printError(Terminal.harmless(InterviewText.question(step)))
            Terminal.printError(
                "There is no terminal to answer at: give answers with --answers FILE or --answer \(step.question.id)=…")
            throw ExitCode(2)
        }
    }

    /// Nil, with a sentence, where there are no documents yet: the rest can be asked all the same.
    private func survey(of project: Project) async throws -> DocumentSurvey? {
        let progress = ProgressLine(quiet: output.quiet)
        defer { progress.finish() }
        do {
            return try await DocumentSurvey.of(project, onParse: progress.parsing)
        } catch let error as DocumentsError {
            output.note("The documents could not be read, and are not asked about: \(Terminal.harmless(error.message))")
            return nil
        }
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
        let environment = ProcessInfo.processInfo.environment
        let name = [by, environment["USER"], environment["LOGNAME"]].compactMap { $0 }.first { !$0.isEmpty }
        return InterviewState.Source(name: name ?? "somebody", way: way)
    }

    private func result(of interview: Interview, _ survey: DocumentSurvey?) throws -> JSONValue {
        guard case .object(var members) = try interview.json else { return nil }
        members["survey"] = try survey.map { try JSONValue(encoding: $0) } ?? .null
        return .object(members)
    }
}

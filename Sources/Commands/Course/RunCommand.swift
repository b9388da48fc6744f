internal import ArgumentParser
internal import Base
internal import Engineer
internal import Server

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo run`: the whole life of a project, from a sentence to what is built.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "From a goal in a sentence to a built milestone: asks, writes, waits for approval, builds.",
        discussion: """
            Example:
              neo run "Answer questions about our handbook" --documents 'handbook/**/*.md'
              neo run answer-questions-about-our --browser
              neo run "Answer from the manuals" --documents 'manuals/*.pdf' --golden questions.jsonl --yes

            Makes the project, asks what is needed (neo interview), writes requirements.md, waits for your
            approval, asks for golden questions where there are none (neo golden), draws up design.md, waits
            for your approval, and builds the milestones. Each step is kept: the command may be stopped at
            any moment, and neo run FOLDER goes on from there, also after steps that were done with other
            commands or in the dashboard.

            With --browser the dashboard is served, and what a person has to do is done there: at a gate that
            does not hold, too, it waits until somebody accepts it with a reason, or changes what it is held
            to. With --yes nobody is asked: suggestions, proposals and documents are taken as they are, which
            is recorded as automated, and reports say so. Without a terminal the command ends where a person
            is needed.
            Exit codes: 0 built, 3 somebody or something is waited for.
            """)

    @Argument(help: "What the system is to do, in a sentence; or the folder of a project, to go on.")
    var goal: String

    @Option(parsing: .upToNextOption, help: "Patterns of the documents' files.")
    var documents: [String] = []

    @Option(help: "A file of golden questions to copy.", completion: .file())
    var golden: String?

    @Option(help: "The folder to make; else one named after the goal.", completion: .directory)
    var folder: String?

    @Option(help: "The encoder to search with, or none; else all-minilm-l6-v2 where it was pulled.")
    var encoder: String?

    @Option(
        help: ArgumentHelp("Take the answers of the interview from a file.", valueName: "file"), completion: .file())
    var answers: String?

    @Flag(help: "Ask nobody: take what is suggested, and record that as automated.")
    var yes = false

    @Flag(help: "Do in the dashboard what a person has to do.")
    var browser = false

    @Option(help: "The port of the dashboard; 0 takes any that is free.")
    var port = 8090

    @Option(help: "How many configurations a search tries; else what the milestone says.")
    var trials: Int?

    @OptionGroup var person: PersonOption

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !(yes && browser) else {
            throw ValidationError("--yes asks nobody, and --browser asks there: give one of them.")
        }
        guard (1...2000).contains(goal.unicodeScalars.count), !goal.allSatisfy(\.isWhitespace) else {
            throw ValidationError("Say the goal in 1 to 2000 characters.")
        }
        if let trials, trials < 1 { throw ValidationError("--trials must be at least 1.") }
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    }

    func run() async throws {
        let project = try opened()
        if let answers { try take(answers, project) }
        let step: CourseStep
        if browser {
            step = try await inBrowser(project)
        } else {
            let person: CourseRunner.Person = yes ? .nobody : Terminal.canAsk ? .terminal : .absent
            step = try await runner(project, person).run()
        }
        let build = try await BuildSession.standing(project)
        try output.render([
            "project": .string(project.folder), "step": .string(step.name), "done": .bool(step == .done),
            "waiting": step == .done ? .null : .string(CourseWords.waiting(step, project.folder)),
            "milestones": .array(try (build?.milestones ?? []).map { try $0.json }),
        ]) {
            // Of a build that stopped, its own words say why.
            if case .stopped = step, let build { return Terminal.harmless(BuildWords.text(build)) }
            let built = build.map { $0.milestones.map(\.words) } ?? []
            return Terminal.harmless((built + [CourseWords.waiting(step, project.folder)]).joined(separator: "\n"))
        }
        if step != .done {
            throw GateNotMet(message: "Go on with: neo run \(Terminal.harmless(project.folder))")
        }
    }

    private func runner(_ project: Project, _ who: CourseRunner.Person) -> CourseRunner {
        var runner = CourseRunner(
            project: project, person: who, name: person.name, mode: recording.mode, output: output)
        runner.build.trials = trials
        runner.build.knowledge = KnowledgeBase.standard(ProcessInfo.processInfo.environment)
        runner.build.reader = ReaderFile(ProcessInfo.processInfo.environment).level
        runner.build.commandLine = CommandLine.arguments
        runner.build.version = neoVersion
        return runner
    }

    /// The project that is meant, made where there is none.
    private func opened() throws -> Project {
        if FileManager.default.fileExists(atPath: Project.absolute(goal) + "/neo.yaml") {
            guard documents.isEmpty, golden == nil, folder == nil, encoder == nil else {
                throw ValidationError(
                    "\(goal) is a project already: leave out --documents, --golden, --folder and --encoder, which stand in "
                        + "its neo.yaml.")
            }
            return try Project(opening: goal)
        }
        let place = folder ?? CourseFolder.name(for: goal)
        guard !FileManager.default.fileExists(atPath: Project.absolute(place) + "/neo.yaml") else {
            throw ValidationError(
                "There is a project in \(place) already. Go on with it: neo run \(place). Or give another --folder.")
        }
        guard !documents.isEmpty else {
            throw ValidationError(
                "Say which documents to answer from, such as --documents 'docs/**/*.md'. (To go on with a project, name "
                    + "its folder; there is none in \(Terminal.harmless(goal)).)")
        }
        try CourseFolder.requireDocuments(documents)
        let chosen = encoder ?? (CourseFolder.hasUsualEncoder() ? CourseFolder.usualEncoder : "none")
        _ = try NewProject.create(
            at: place, documents: documents, golden: golden, goal: goal, encoder: chosen == "none" ? nil : chosen)
        output.note("Made the project \(Terminal.harmless(Project.absolute(place))).")
        if encoder == nil, chosen == "none" {
            output.note("It searches by words alone: \(CourseFolder.usualEncoder) was not pulled (neo models pull).")
        }
        return try Project(opening: place)
    }

    private func take(_ path: String, _ project: Project) throws {
        let questionnaire = try Questionnaire.builtIn()
        let file = InterviewFile(project)
        let state = try file.read(kind: questionnaire.kind)
        let interview = Interview(
            questionnaire, survey: DocumentSurvey.kept(in: project), state: state, now: Date())
        let source = InterviewState.Source(name: person.name, way: .file)
        // What was taken from the same file before is not given again.
        let checked = try InterviewAnswers.read(path).map {
            try interview.answer($0.id, $0.value, by: source, at: Date())
        }.filter { answer in state.current(answer.question).map { $0.value != answer.value } ?? true }
        if !checked.isEmpty { _ = try file.add(checked, kind: questionnaire.kind) }
    }

    /// Serves the dashboard while the course goes on.
    private func inBrowser(_ project: Project) async throws -> CourseStep {
        let options = ServerOptions(
            host: "127.0.0.1", port: port, requestsPerMinutePerClient: 3000, shutdownSeconds: 5, verbosity: .errors,
            version: neoVersion)
        let page = AsyncStream<String>.makeStream()
        let (stop, stopping) = AsyncStream<Void>.makeStream()
        let id = try ProjectFinder.find(in: [project.folder]).first?.id ?? ""
        return try await withThrowingTaskGroup(of: CourseStep?.self) { group in
            group.addTask {
                try await runDashboard(
                    folders: [project.folder], options: options, upkeep: .ofThisProgram, host: person.by, stop: stop
                ) { port in page.continuation.yield("\(options.url(port: port))p/\(id)") }
                return nil
            }
            group.addTask {
                for await address in page.stream {
                    output.note("The dashboard of this project is at \(address)")
                    return try await runner(project, .browser(address)).run()
                }
                throw CancellationError()
            }
            var found: CourseStep?
            while let step = try await group.next() {
                guard let step else { break }
                found = step
                stopping.yield()
            }
            group.cancelAll()
            guard let found else { throw CancellationError() }
            return found
        }
    }
}

internal import ArgumentParser
internal import Base
internal import Engineer
internal import RAG
internal import Server
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct Serve: AsyncParsableCommand, StopsItself {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the winner over HTTP, with a chat page.",
        discussion: """
            Example:
              neo serve my-docs --port 8080
              curl -s localhost:8080/v1/answer -H 'content-type: application/json' -d '{"query": "…"}'

            With --generator a language model writes the answers from the passages and cites them: a model of this
            machine (`neo models pull`), ENDPOINT/MODEL of config.yaml, or the role `generator`:
              neo serve my-docs --generator smollm2-135m-instruct

            Where a release is in service (neo release promote), it is served from its folder alone, and promotions and
            rollbacks are followed while it runs. --release names another one; a release's folder by itself is served,
            too: neo serve my-docs/release/3. Without releases, the winner of the last search is served.

            POST /v1/retrieve, /v1/answer, /v1/run (AutoRAG's); GET /healthz, /readyz, /metrics, /openapi.json, and a
            chat page at /. Clients of OpenAI (POST /v1/chat/completions) and Anthropic (POST /v1/messages) are
            served, streams included, with http://HOST:PORT/v1 or http://HOST:PORT as their base URL, the model neo,
            and the token as their key. Listens on this machine only; for another address give a bearer token, in a file that only
            you can read or in NEO_TOKEN:
              (umask 077; openssl rand -hex 32 > token)
              neo serve my-docs --host 0.0.0.0 --token-file token
              curl -s http://HOST:8080/version -H "authorization: Bearer $(cat token)"

            With --dashboard the project's dashboard is at / (see neo dashboard), and the chat page at /chat, where it
            always is, too. It shows held-out questions and lets people approve, so where the release has a token, the
            dashboard needs one of its own: NEO_DASHBOARD_TOKEN or --dashboard-token-file.

            How many questions come and how fast they are answered is kept as a run of the kind service (neo runs), which
            the dashboard draws. Of each request .neo/service.db has its figures (neo query "FROM
            requests"), and the words only if neo.yaml says `monitoring: {text: redacted}`;
            docs/monitoring.md says more.

            With --test-mode programs that attack it may add documents in memory (POST /documents), ask (POST /ask) and take
            them away again (POST /reset): on this machine only, and never a service that people use (docs/audit.md).

            Ctrl-C or SIGTERM once: requests in flight are answered, then the server ends with exit code 0. Twice: it
            ends at once, with 130.
            """
    )

    @OptionGroup var project: ProjectArgument

    @Option(help: "The address to listen on; any but this machine's own needs a token.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes any that is free.")
    var port = 8080

    @Option(
        help:
            "The release to serve; else the one in service (neo release promote), and where there is none, the winner.")
    var release: Int?

    @Option(help: "The language model that writes the answers; without it, or with `none`, answers are quotes.")
    var generator: String?

    @OptionGroup var approval: UnapprovedOption

    @OptionGroup var recording: RecordingOptions

    @Option(
        help: "A file whose first line is the token that clients must send; it goes before NEO_TOKEN.",
        completion: .file())
    var tokenFile: String?

    @Flag(help: "Show the project's dashboard at /; the chat page is then at /chat.")
    var dashboard = false

    @Option(
        help:
            "A file whose first line is the token to sign in to the dashboard with; it goes before NEO_DASHBOARD_TOKEN.",
        completion: .file())
    var dashboardTokenFile: String?

    @Flag(help: "Let programs that attack it add documents in memory; on this machine only.")
    var testMode = false

    @Option(
        name: .customLong("groups"),
        help: ArgumentHelp(
            "Where neo.yaml says who sees which documents: the groups, with commas, of whoever has the token, or no key.",
            valueName: "groups"))
    var groups = "everyone"

    @Option(help: "What goes to the log on standard error; requests are named by route and status only.")
    var log = Log.notices

    @OptionGroup(title: "Limits") var limits: ServingLimits

    @OptionGroup var output: OutputOptions

    /// How much is logged.
    enum Log: String, ExpressibleByArgument, CaseIterable {
        case errors, notices, requests
    }

    func validate() throws {
        _ = try AccessWords.groups(groups)
        do {
            try serverOptions.validateValues()
        } catch {
            throw ValidationError(error.message)
        }
        guard !testMode || !dashboard else {
            throw ValidationError("--test-mode is for a service that nobody uses; leave --dashboard out.")
        }
    }

    func run() async throws {
        // A wrong address or token is said before minutes may go into an index.
        let source = try TokenSource(file: tokenFile, environment: ProcessInfo.processInfo.environment)
        output.show(source.diagnostics)
        let standing = try await ServedProject.find(
            project.project, release: release, allowsUnapproved: approval.unapproved)
        let access: AccessControl? =
            if let owner = standing.project {
                try await AccessControl.open(owner, hasRules: standing.hasRules)
            } else {
                nil
            }
        var options = serverOptions
        options.token = source.token
        options.takesKeys = access?.ring.isInUse == true
        options.groups = standing.groups(try AccessWords.groups(groups))
        try options.validate()
        if let warning = standing.warning { output.note(Terminal.harmless(warning)) }
        if testMode { try TestMode { _ in throw CancellationError() }.validate(options) }
        let mounted = try mountedDashboard(options)
        let (settled, generator, mode, output, isTested) = (options, generator, recording.mode, output, testMode)
        try await Interruption.handling { interruption in
            let progress = ProgressLine(quiet: output.quiet)
            try await MachineLanguageModels.with(for: standing.project, mode: mode, showing: progress) { models in
                let opened = try await standing.open(
                    ports: .machine(models: models), answering: models.answering(generator), seenBy: settled.groups,
                    access)
                output.show(opened.diagnostics)
                let tested: TestMode?
                if isTested {
                    guard let workspace = opened.workspace, settled.groups == nil else {
                        throw ServedProject.testModeOfRelease
                    }
                    tested = try await TestMode.over(workspace, models.auditedGenerator(generator))
                    output.note("Test mode: whoever reaches this port may add documents, in memory.")
                } else {
                    tested = nil
                }
                progress.finish()
                let monitoring = await Self.monitoring(of: standing.project, opened, models, output)
                let feedback = standing.project.flatMap { Self.feedback(of: $0, output) }
                try await Self.keepingHistory(standing.project, opened.service.summary, output) { history in
                    try await opened.supervised(say: { output.note("neo: \(Terminal.harmless($0))") }) {
                        try await runServer(
                            service: opened.service, options: settled, dashboard: mounted, history: history,
                            feedback: feedback, tested: tested, access: access,
                            monitoring: monitoring, stop: interruption.stops()
                        ) { port in
                            let url = String(settled.url(port: port).dropLast())
                            // A server that could not say where it is serves all the same.
                            try? output.render(["url": .string(url), "release": .object(opened.service.summary)]) {
                                "Serving \(opened.name) on \(url)  (Ctrl-C stops)"
                            }
                        }
                    }
                }
            }
        }
    }

    /// Serves while a run keeps what comes in; where none can be kept, without.
    private static func keepingHistory(
        _ project: Project?, _ summary: [String: JSONValue], _ output: OutputOptions,
        _ body: sending (RunLogger?) async throws -> Void
    ) async throws {
        guard let project else { return try await body(nil) }
        let logger: RunLogger
        do {
            logger = try RunLogger(
                in: project.path(".neo"), project: project.file.name, name: "serve \(project.file.name)",
                facts: .service(summary))
        } catch {
            output.note("neo: the figures of this service are not kept: \(sentence(for: error))")
            return try await body(nil)
        }
        // A service may run for months: of the machine a sample every five minutes is enough.
        try await logger.during(folder: project.folder, interval: 300) { try await body(logger) }
    }

    /// Where what people say of answers goes; nil, with a note, where that cannot be.
    private static func feedback(of project: Project, _ output: OutputOptions) -> FeedbackDesk? {
        do {
            return try FeedbackDesk(project)
        } catch {
            output.note("neo: what people say of answers is not kept: \(sentence(for: error))")
            return nil
        }
    }

    /// What watches the service and judges its answers; nil where nothing is written down.
    private static func monitoring(
        of project: Project?, _ opened: ServedProject.Opened, _ models: MachineLanguageModels, _ output: OutputOptions
    ) async -> ServiceMonitoring? {
        guard let project, let records = records(of: project, output) else { return nil }
        let alerts = AlertPorts(project)
        var monitoring = ServiceMonitoring(
            project, records, deliver: { try await alerts.deliver($0, $1) }, reopen: opened.reopen,
            keeper: KnowledgeCommand.keeper(project))
        guard let name = project.file.monitoring.judge else { return monitoring }
        do {
            let model = try await models.model(name, for: ModelUsePurpose(.judge))
            monitoring.judge = try LiveJudge(
                Judge(model), of: project, database: records.database, perDay: project.file.monitoring.judgedPerDay)
        } catch {
            // The service answers all the same.
            output.note("neo: Live answers are not judged: \(Terminal.harmless(sentence(for: error)))")
        }
        return monitoring
    }

    /// Where each question is written down; nil, with a note, where that cannot be.
    private static func records(of project: Project, _ output: OutputOptions) -> ServiceRecords? {
        guard project.file.monitoring.isOn else { return nil }
        do {
            return try ServiceRecords(project)
        } catch {
            output.note("neo: the requests of this service are not written down: \(sentence(for: error))")
            return nil
        }
    }

    /// The dashboard, where it is asked for.
    private func mountedDashboard(_ options: ServerOptions) throws -> MountedDashboard? {
        guard dashboard else { return nil }
        let source = try TokenSource(
            file: dashboardTokenFile, environment: ProcessInfo.processInfo.environment, variable: dashboardTokenVariable
        )
        output.show(source.diagnostics)
        let mounted = MountedDashboard(folder: project.project, token: source.token, upkeep: .ofThisProgram)
        try mounted.validate(options)
        return mounted
    }

    /// All but the token.
    private var serverOptions: ServerOptions {
        var options = ServerOptions(host: host, port: port, version: neoVersion)
        options.verbosity =
            switch log {
            case .errors: .errors
            case .notices: output.quiet ? .errors : .notices
            case .requests: .requests
            }
        limits.apply(to: &options)
        return options
    }
}

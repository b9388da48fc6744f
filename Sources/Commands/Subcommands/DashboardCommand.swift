internal import ArgumentParser
internal import Base
internal import Engineer
internal import Server

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct DashboardCommand: AsyncParsableCommand, StopsItself {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Show projects in the browser: what waits for you, searches live, costs, agents.",
        discussion: """
            Example:
              neo dashboard
              neo dashboard ~/projects --port 8090

            FOLDER is a project, or a folder with projects below it. The first page lists what waits for a person,
            the oldest first: an approval, a constraint that is not met, a budget that is used up. Pages of a search
            change while it runs. You can answer the interview, comment on what you review, edit requirements.md,
            design.md and golden questions, and approve the two documents. Every chart has its data as CSV.

            Listens on this machine only, where everybody who has an account can open it. For another address give
            a token, in a file that only you can read or in NEO_DASHBOARD_TOKEN; browsers sign in with it:
              (umask 077; openssl rand -hex 32 > token)
              neo dashboard --host 0.0.0.0 --token-file token

            Ctrl-C or SIGTERM ends it.
            """
    )

    @Argument(help: "Projects, or folders with projects below them.", completion: .directory)
    var folders = ["."]

    @Option(help: "The address to listen on; any but this machine's own needs a token.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes any that is free.")
    var port = 8090

    @Option(
        help: "A file whose first line is the token to sign in with; it goes before NEO_DASHBOARD_TOKEN.",
        completion: .file())
    var tokenFile: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        do {
            try options.validateValues()
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let source = try TokenSource(
            file: tokenFile, environment: ProcessInfo.processInfo.environment, variable: dashboardTokenVariable)
        output.show(source.diagnostics)
        var settled = options
        settled.token = source.token
        let (options, folders, output) = (settled, folders, output)
        let found = try ProjectFinder.find(in: folders)
        try await Interruption.handling { interruption in
            try await runDashboard(
                folders: folders, options: options, upkeep: .ofThisProgram,
                reader: ReaderFile(ProcessInfo.processInfo.environment), stop: interruption.stops()
            ) { port in
                let url = options.url(port: port)
                try? output.render([
                    "url": .string(url),
                    "projects": .array(found.map { ["id": .string($0.id), "folder": .string($0.folder)] }),
                ]) {
                    "The dashboard of \(found.count == 1 ? "1 project" : "\(found.count) projects") is at \(url)  "
                        + "(Ctrl-C stops)"
                }
            }
        }
    }

    /// All but the token. A page of a browser is several requests, and each keeps a connection.
    private var options: ServerOptions {
        ServerOptions(
            host: host, port: port, requestsPerMinutePerClient: 3000, shutdownSeconds: 5,
            verbosity: output.quiet ? .errors : .notices, version: neoVersion)
    }
}

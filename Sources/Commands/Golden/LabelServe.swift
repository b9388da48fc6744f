internal import ArgumentParser
internal import Base
internal import Engineer
internal import Server

/// `neo label serve`: the pages on which people label.
struct LabelServe: AsyncParsableCommand, StopsItself {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the pages on which people label.",
        discussion: """
            Example:
              neo label serve my-docs
              neo label serve my-docs --host 0.0.0.0 --port 8092

            Who has an address that neo label new printed can label with it, and see the questions of the
            batch with their passages; nobody sees anything else. On another address than this machine's own
            all goes over the network as it is: put a proxy with TLS before it.
            Ctrl-C or SIGTERM ends it.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes any that is free.")
    var port = 8092

    @OptionGroup var output: OutputOptions

    func validate() throws {
        do {
            try options.validateValues()
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let desk = try LabelDesk(Project(opening: project.project))
        _ = try await desk.batch(nil)
        let (options, output) = (options, output)
        try await Interruption.handling { interruption in
            try await runLabels(desk, options: options, stop: interruption.stops()) { port in
                let url = options.url(port: port)
                try? output.render(["url": .string(url)]) {
                    "People label at \(url)label/…  (Ctrl-C stops)"
                }
            }
        }
    }

    private var options: ServerOptions {
        ServerOptions(
            host: host, port: port, requestsPerMinutePerClient: 600, shutdownSeconds: 5,
            verbosity: output.quiet ? .errors : .notices, version: neoVersion)
    }
}

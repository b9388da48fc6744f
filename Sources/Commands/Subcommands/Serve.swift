internal import ArgumentParser
internal import Base
internal import Engineer
internal import RAG
internal import Server

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct Serve: AsyncParsableCommand, StopsItself {
    static let configuration = CommandConfiguration(
        abstract: "Serve the winner over HTTP, with a chat page.",
        discussion: """
            Example:
              neo serve my-docs --port 8080
              curl -s localhost:8080/v1/answer -H 'content-type: application/json' -d '{"query": "…"}'

            POST /v1/retrieve, /v1/answer, /v1/run (AutoRAG's); GET /healthz, /readyz, /metrics, /openapi.json, and a
            chat page at /. Listens on this machine only; for another address set a bearer token in NEO_TOKEN.
            """
    )

    @OptionGroup var project: ProjectArgument

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 takes any that is free.")
    var port = 8080

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    }

    func run() async throws {
        let token = ProcessInfo.processInfo.environment["NEO_TOKEN"].flatMap { Secret($0) }
        let options = ServerOptions(host: host, port: port, token: token)
        // A wrong address is said before minutes may go into an index.
        try options.validate()
        let workspace = try await Workspace.open(Project(opening: project.project), ports: .machine())
        output.show(workspace.diagnostics.all)
        let release = try await Release.open(workspace)
        let (host, output) = (host, output)
        try await runServer(service: release, options: options) { port in
            let shown = host.contains(":") ? "[\(host)]" : host
            output.render(["url": .string("http://\(shown):\(port)"), "release": .object(release.summary)]) {
                "Serving on http://\(shown):\(port)  (Ctrl-C stops)"
            }
        }
    }
}

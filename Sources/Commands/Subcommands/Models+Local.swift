internal import ArgumentParser
internal import Base
internal import LanguageModelClients
internal import Processes

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Models {
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "start",
            abstract: "Run a model that writes on this machine, and say where it answers.",
            discussion: """
                Example:
                  neo models pull smollm2-135m-instruct
                  neo models start smollm2-135m-instruct
                  neo models ps
                  neo models stop smollm2-135m-instruct
                  neo models start ./mine.gguf --idle 60

                The model answers in OpenAI's protocol on a port of this machine, to those who show the key,
                which only you may read. It is run by llama-server where that is on PATH, else by the Python
                package xllamacpp, which Neo installs for itself. It ends when nobody has used it for a while.
                """
        )

        @Argument(help: "A model that `neo models list` shows, or the path of a GGUF file.")
        var model: String

        @Option(help: "Minutes without use after which it ends.")
        var idle = 5.0

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard idle > 0, idle <= 10_000 else {
                throw ValidationError("--idle is a number of minutes above 0 and up to 10000.")
            }
        }

        func run() async throws {
            let generator = try LocalGenerator(model)
            let progress = ProgressLine(quiet: output.quiet)
            let runtime = LocalModelRuntime.machine { progress.update($0) }
            let use = try await runtime.use(generator.name, file: generator.file, idleSeconds: idle * 60) {
                progress.update($0)
            }
            progress.finish()
            let plan = use.plan
            if plan.isContextReduced {
                output.note("There is memory for a context of \(plan.contextLength) tokens only.")
            }
            let value: JSONValue = [
                "model": .string(plan.model), "url": .string(use.endpoint.url), "key_file": .string(use.keyPath),
                "engine": .string(plan.engine.name), "context": .integer(plan.contextLength),
                "threads": .integer(plan.threads), "memory_bytes": .integer(plan.memoryBytes),
            ]
            try output.render(value) {
                "\(plan.model) answers at \(use.endpoint.url); the key is in \(use.keyPath)\n"
                    + "\(plan.engine.name), \(plan.contextLength) tokens of context, threads: \(plan.threads), about "
                    + "\(plan.memoryBytes >> 20) MB"
            }
        }
    }

    struct Running: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ps", abstract: "List the models that run on this machine.",
            discussion: "Example:\n  neo models ps --json"
        )

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let servers = LocalModelRuntime.machine().servers()
            let rows = servers.map { server -> JSONValue in
                [
                    "model": .string(server.plan.model), "state": .string(server.state.phase.rawValue),
                    "reason": server.state.reason.map { .string($0) } ?? .null,
                    "url": .string("http://127.0.0.1:\(server.state.port)/v1"), "in_use": .bool(server.isInUse),
                    "engine": .string(server.plan.engine.name), "context": .integer(server.plan.contextLength),
                    "threads": .integer(server.plan.threads), "memory_bytes": .integer(server.plan.memoryBytes),
                    "process": server.state.server.map { .integer(Int($0.number)) } ?? .null,
                    "restarts": .integer(server.state.restarts), "log": .string(server.log),
                ]
            }
            try output.render(["servers": .array(rows)]) {
                if servers.isEmpty { return "no model runs on this machine" }
                return servers.map { server in
                    let state = server.state
                    let facts = "http://127.0.0.1:\(state.port)/v1  about \(server.plan.memoryBytes >> 20) MB"
                    let use = server.isInUse ? "in use" : "idle"
                    return "\(server.plan.model)  "
                        + (state.phase == .failed
                            ? "failed: \(state.reason ?? "no reason is known")"
                            : "\(state.phase.rawValue)  \(facts)  \(use)")
                }.joined(separator: "\n")
            }
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stop",
            abstract: "End the models that run on this machine, or one of them.",
            discussion: """
                Example:
                  neo models stop smollm2-135m-instruct
                  neo models stop

                Requests in flight break off. A model that is needed again is started again.
                """
        )

        @Argument(help: "The model's name; all where it is left out.")
        var model: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let stopped = try await LocalModelRuntime.machine().stop(model)
            try output.render(["stopped": .array(stopped.map { .string($0) })]) {
                stopped.isEmpty ? "no model runs on this machine" : "stopped: \(stopped.joined(separator: ", "))"
            }
        }
    }

    /// Started by Neo itself, in the background.
    struct Supervise: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "supervise",
            abstract: "Keep a local model alive; started by Neo itself.", shouldDisplay: false)

        @Argument(help: "The server's folder.")
        var folder: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let supervisor = LocalServerSupervisor(
                folder: LocalServerFolder(folder), environment: ProcessInfo.processInfo.environment)
            try await supervisor.run()
            try output.render(["folder": .string(folder)]) { "ended" }
        }
    }
}

internal import Agents
internal import ArgumentParser
internal import Base
internal import LanguageModels

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// `neo acp`.
struct ACPCommand: AsyncParsableCommand, AsksModels, StopsItself {
    static let configuration = CommandConfiguration(
        commandName: "acp",
        abstract: "Let an editor use Neo's agent: the Agent Client Protocol, on standard input and output.",
        discussion: """
            Example, for the settings of an editor (docs/editors.md):
              {"command": "neo", "args": ["acp", "--mode", "ask"]}

            The editor starts it, opens sessions in folders, and shows what the agent says, does and asks.
            A session is the same as one of neo agent: it is kept in .neo/sessions of its folder, and
            either can go on with it.

            Standard output has messages only, one a line; all else is on standard error. It ends when
            its input does; what is at work then is stopped, and kept. --json changes nothing.
            """)

    @Option(help: "The language model: ENDPOINT/MODEL of config.yaml, a model of this machine, or a role (agent).")
    var model: String?

    @Option(help: "What new sessions may do without asking: workspace, ask, read-only; the editor can change it.")
    var mode = PermissionMode.workspace

    @Option(help: "Which tools the model is offered: full, or small for small models.")
    var tools = ToolSet.Size.full

    @Option(help: "The most answers of the model in a session.")
    var turns = 1000

    @Option(help: ArgumentHelp("The most dollars that a session may cost.", valueName: "usd"))
    var maxCost: Double?

    @Flag(help: .hidden)
    var json = false

    func validate() throws {
        guard turns > 0 else { throw ValidationError("--turns must be more than 0.") }
        guard maxCost.map({ $0 > 0 }) ?? true else { throw ValidationError("--max-cost must be more than 0.") }
    }

    func run() async throws {
        let settings = EditorServer.Settings(
            model: model, mode: mode, tools: tools, limits: AgentLimits.Change(turns: turns, dollars: maxCost),
            folder: try AgentCommand.existingFolder("."))
        if isatty(STDIN_FILENO) == 1 {
            Terminal.printError(
                "neo acp waits for an editor's messages (docs/editors.md). Ctrl-D ends it; neo agent is for people.")
        }
        // An editor that is gone is noticed where something is written to it.
        signal(SIGPIPE, SIG_IGN)
        // Whatever else might be printed must not come between messages.
        let messages = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        guard messages >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else { throw OutputError(number: errno) }
        try await Interruption.cancelling {
            let input = EditorInput(STDIN_FILENO)
            let output = EditorOutput(messages, onGone: { input.stop() })
            await EditorServer(settings, output).run(input)
            _ = await output.isDrained(within: .seconds(5))
            try Task.checkCancellation()
        }
    }
}

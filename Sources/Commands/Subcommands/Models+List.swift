internal import ArgumentParser
internal import Base
internal import Downloads
internal import Engineer
internal import LanguageModelClients

extension Models {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the models that Neo knows, and which are here; or those that an endpoint serves.",
            discussion: """
                Example:
                  neo models list --json
                  neo models list openai
                """
        )

        @Argument(help: "An endpoint of ~/.config/neo/config.yaml, or a role; the models of this machine without.")
        var endpoint: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            guard let endpoint,
                let list = try await ServedList.ask(endpoint, showing: ProgressLine(quiet: output.quiet))
            else { return try listOwn() }
            try output.render(list.value) { list.text }
        }

        private func listOwn() throws {
            let models = ModelStore.machine.list()
            let rows = models.map { model -> JSONValue in
                var row: [String: JSONValue] = [
                    "name": .string(model.entry.name), "licence": .string(model.entry.licence),
                    "bytes": .integer(model.entry.size), "installed": .bool(model.folder != nil),
                    "kind": .string(model.entry.generatorFile == nil ? "encoder" : "generator"),
                ]
                if let header = model.header {
                    row["architecture"] = .string(header.architecture)
                    row["parameters"] = .integer(header.parameters)
                    row["quantisation"] = .string(header.quantisation)
                    row["context"] = header.contextLength.map { .integer($0) } ?? .null
                    row["chat_template"] = .bool(header.hasChatTemplate)
                }
                return .object(row)
            }
            try output.render(["models": .array(rows)]) {
                models.map { model in
                    let state = model.folder ?? "not here: neo models pull \(model.entry.name)"
                    let facts = model.header.map { "  \($0.summary)" } ?? ""
                    return "\(model.entry.name)  \(model.entry.size / 1_000_000) MB  \(model.entry.licence)\(facts)  "
                        + state
                }.joined(separator: "\n")
            }
        }
    }
}

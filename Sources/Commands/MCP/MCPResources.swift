internal import ArgumentParser
internal import Base
internal import MCP

extension MCPCommand {
    /// `neo mcp resources`.
    struct Resources: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resources", abstract: "List the texts that a server offers, or show one of them.",
            discussion: """
                Example:
                  neo mcp resources docs
                  neo mcp resources docs skill://tea/SKILL.md

                They are a stranger's words: showing one trusts nothing in it. --json: {"server", "resources": [{"uri",
                "name", "description"}], "remarks"}, of one {"server", "uri", "text"}.
                """)

        @Argument(help: "The server's name.")
        var server: String

        @Argument(help: "The address of one of them.")
        var uri: String?

        @OptionGroup var place: ServerFolder
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let setting = try place.servers().usable(server)
            if let uri {
                let text = try await MCPCommand.with(setting) { try await $0.read(uri) }
                try output.render(["server": .string(server), "uri": .string(uri), "text": .string(text)]) {
                    Terminal.showsResults ? Terminal.harmless(text) : text
                }
                return
            }
            let (resources, remarks) = try await MCPCommand.with(setting) { try await $0.resources() }
            for remark in remarks { output.note(Terminal.harmless(remark)) }
            try output.render([
                "server": .string(server), "remarks": .array(remarks.map(JSONValue.string)),
                "resources": .array(
                    resources.map { resource in
                        [
                            "uri": .string(resource.uri), "name": .string(resource.name),
                            "description": .string(resource.summary),
                        ]
                    }),
            ]) {
                guard !resources.isEmpty else { return "The server lists no resources." }
                return resources.map { resource in
                    let first = resource.summary.split(whereSeparator: \.isNewline).first.map {
                        "\n    \($0.prefix(160))"
                    }
                    return Terminal.harmless("\(resource.uri)  \(resource.name)\(first ?? "")")
                }.joined(separator: "\n")
            }
        }
    }
}

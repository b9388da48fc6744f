internal import ArgumentParser
internal import Base
internal import Engineer
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo access keys add`: a new key.
struct AccessKeysAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Make a key, and show it once.",
        discussion: """
            Example:
              neo access keys add portal my-docs --scopes answer --groups hr --per-minute 60 --expires 90d
              curl -s localhost:8080/v1/answer -H "authorization: Bearer neo_…" -H 'content-type: application/json' \\
                -d '{"query": "…"}'

            Only the SHA-256 of its secret is kept. A service that runs knows it within a second. Name it after
            the person or program that gets it: the audit log speaks of them under a pseudonym, and neo forget
            knows them by this name.
            """)

    @Argument(help: "Whose key it is: a person, or a program.")
    var name: String

    @OptionGroup var project: ProjectArgument

    @Option(help: "What it is good for, with commas: answer, retrieve, feedback, metrics.")
    var scopes = "answer,retrieve,feedback"

    @Option(help: "The groups whose documents it sees, with commas; everyone is always one.")
    var groups = "everyone"

    @Option(help: "How many requests a minute it has; any number without.")
    var perMinute: Int?

    @Option(help: "How many requests a day (UTC) it has; any number without.")
    var perDay: Int?

    @Option(
        help: ArgumentHelp("When it ends: 90d, 12h, 4w, or a day such as 2027-01-31; never without.", valueName: "time")
    )
    var expires: String?

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100).contains(name.unicodeScalars.count), !name.allSatisfy(\.isWhitespace),
            name.unicodeScalars.allSatisfy({ !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20 })
        else { throw ValidationError("A key needs a name of 1 to 100 characters.") }
        _ = try AccessWords.scopes(scopes)
        _ = try AccessWords.groups(groups)
        for (option, value) in [("--per-minute", perMinute), ("--per-day", perDay)] {
            guard value.map({ (1...1_000_000_000).contains($0) }) ?? true else {
                throw ValidationError("\(option) takes 1 to 1000000000.")
            }
        }
        if let expires { _ = try AccessWords.end(expires, after: Date()) }
    }

    func run() async throws {
        let (project, now) = (try Project(opening: project.project), Date())
        let key = NewAccessKey(
            name: name, scopes: try AccessWords.scopes(scopes), groups: try AccessWords.groups(groups),
            perMinute: perMinute, perDay: perDay, expires: try expires.map { try AccessWords.end($0, after: now) },
            at: now)
        try await KeyDesk(project).add(key, by: person.name, at: now)
        if project.file.access == nil, try AccessWords.groups(groups) != [.everyone] {
            output.note("neo.yaml does not say who sees which documents (access), so this key sees all of them.")
        }
        try output.render(key.json) {
            "\(key.text)\nThis is shown once. Clients send it as: Authorization: Bearer \(key.text.prefix(15))…"
        }
    }
}

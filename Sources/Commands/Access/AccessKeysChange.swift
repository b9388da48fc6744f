internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo access keys revoke`.
struct AccessKeysRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Take a key back; a service that runs refuses it within a second.",
        discussion: """
            Example:
              neo access keys revoke portal my-docs
            """)

    @Argument(help: "The key's name, or its id.")
    var key: String

    @OptionGroup var project: ProjectArgument

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try await KeyDesk(try Project(opening: project.project)).revoke(key, by: person.name, at: Date())
        try output.render(["id": .string(key.id), "name": .string(key.name), "state": "revoked"]) {
            "The key \(Terminal.harmless(key.name)) (\(key.id)) opens nothing any more."
        }
    }
}

/// `neo access keys rotate`.
struct AccessKeysRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Replace a key by a new one with the same rights and limits; the old one ends at once.",
        discussion: """
            Example:
              neo access keys rotate portal my-docs
            """)

    @Argument(help: "The key's name, or its id.")
    var key: String

    @OptionGroup var project: ProjectArgument

    @OptionGroup var person: PersonOption

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try await KeyDesk(try Project(opening: project.project)).rotate(key, by: person.name, at: Date())
        try output.render(key.json) { "\(key.text)\nThis is shown once, and the old key has ended." }
    }
}

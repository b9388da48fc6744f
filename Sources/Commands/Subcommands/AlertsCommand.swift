internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo alerts`: what the watch of a service has found.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "List the alerts of a service, try who is told of them, and say that one was seen.",
        discussion: """
            Examples:
              neo alerts list my-docs
              neo alerts test my-docs
              neo alerts ack 3 my-docs

            An alert says what changed, the numbers behind it, and what to run. docs/monitoring.md says
            which there are.
            """,
        subcommands: [List.self, Test.self, Acknowledge.self], defaultSubcommand: List.self)
}

extension AlertsCommand {
    /// The records of a service that has run; nil where none has.
    static func records(of project: Project) throws -> ServiceDatabase? {
        let path = project.path(".neo/service.db")
        return FileManager.default.fileExists(atPath: path) ? try ServiceDatabase(path: path) : nil
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the alerts that are open, the newest first.",
            discussion: """
                Example:
                  neo alerts list my-docs
                  neo alerts list my-docs --all --json
                """)

        @OptionGroup var project: ProjectArgument

        @Flag(help: "Also those that are over, and the messages about them.")
        var all = false

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let project = try Project(opening: project.project)
            let database = try AlertsCommand.records(of: project)
            let alerts = try await database?.alerts(all ? [] : [.pending, .firing]) ?? []
            let deliveries = all ? try await database?.deliveries() ?? [] : []
            let object: JSONValue = [
                "alerts": .array(alerts.map(WatchWords.json)),
                "messages": .array(
                    deliveries.map {
                        [
                            "channel": .string($0.channel), "event": .string($0.event.rawValue),
                            "state": .string($0.state.rawValue), "attempts": .integer($0.attempts),
                            "failure": $0.failure.map { .string($0) } ?? .null,
                        ]
                    }),
            ]
            try output.render(object) {
                guard database != nil else { return "Nothing was served here yet; neo serve begins." }
                let lines =
                    alerts.map(WatchWords.line)
                    + deliveries.map { message in
                        "message    \(message.event.rawValue) by \(message.channel): \(message.state.rawValue) after "
                            + "\(message.attempts) tries\(message.failure.map { " (\($0))" } ?? "")"
                    }
                return lines.isEmpty ? "No alert is open." : Terminal.harmless(lines.joined(separator: "\n"))
            }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Send a test message in each way that neo.yaml names.",
            discussion: """
                Example:
                  neo alerts test my-docs
                  neo alerts test my-docs --channel "webhook 1"

                Ends with exit code 1 if one of them does not arrive.
                """)

        @OptionGroup var project: ProjectArgument

        @Option(help: "Only this one, by its name.")
        var channel: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let project = try Project(opening: project.project)
            let all = project.file.monitoring.channels
            let names = all.map(\.name).joined(separator: ", ")
            guard !all.isEmpty else {
                throw EngineerError(
                    code: .invalidRequest,
                    message:
                        "neo.yaml tells nobody of alerts; add `monitoring: {notify: [{command: [./tell.sh]}]}`, or a "
                        + "webhook or a mail (docs/monitoring.md).")
            }
            let chosen = all.filter { channel == nil || $0.name == channel }
            guard !chosen.isEmpty else {
                throw EngineerError(
                    code: .invalidRequest, message: "There is no channel \"\(channel ?? "")\"; there is \(names).")
            }
            let ports = AlertPorts(project)
            let message = AlertMessage.test(project: project.file.name, at: Date().timeIntervalSince1970)
            var rows: [(channel: AlertChannel, failure: String?)] = []
            for channel in chosen {
                do {
                    try await AlertDispatch.within(channel.timeLimitSeconds) {
                        try await ports.deliver(channel, message)
                    }
                    rows.append((channel, nil))
                } catch {
                    try Task.checkCancellation()
                    rows.append((channel, sentence(for: error)))
                }
            }
            let object: JSONValue = [
                "channels": .array(
                    rows.map {
                        [
                            "channel": .string($0.channel.name), "arrived": .bool($0.failure == nil),
                            "failure": $0.failure.map { .string($0) } ?? .null,
                        ]
                    })
            ]
            try output.render(object) {
                Terminal.harmless(
                    rows.map { "\($0.channel.name): \($0.failure ?? "arrived")" }.joined(separator: "\n"))
            }
            if rows.contains(where: { $0.failure != nil }) { throw ExitCode.failure }
        }
    }

    struct Acknowledge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ack",
            abstract: "Say that you have seen an alert.",
            discussion: """
                Example:
                  neo alerts ack 3 my-docs --by dana

                It stays open until what it is about is over; lists say who has seen it.
                """)

        @Argument(help: "The alert's number.")
        var id: Int

        @OptionGroup var project: ProjectArgument

        @OptionGroup var person: PersonOption

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let project = try Project(opening: project.project)
            let isKnown =
                try await AlertsCommand.records(of: project)?.acknowledge(
                    Int64(id), by: person.name, at: Date().timeIntervalSince1970) ?? false
            guard isKnown else {
                throw EngineerError(
                    code: .invalidRequest,
                    message: "There is no open alert \(id); neo alerts list shows those there are.")
            }
            try output.render(["alert": .integer(id), "acknowledged_by": .string(person.name)]) {
                "Alert \(id) was seen by \(Terminal.harmless(person.name))."
            }
        }
    }
}

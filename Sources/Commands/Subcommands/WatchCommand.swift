internal import ArgumentParser
internal import Base
internal import Engineer
internal import Server
internal import Storage
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo watch`: looks at a service from outside.
struct WatchCommand: AsyncParsableCommand, StopsItself {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Watch a service: rules over its requests, golden questions, drift, documents.",
        discussion: """
            Examples:
              neo watch my-docs --url http://127.0.0.1:8080
              neo watch my-docs --once --json

            `neo serve` watches itself; this one stands beside it, sees also that it does not answer,
            and goes on when it is gone. One watch at a time tells people of alerts, in the ways that
            neo.yaml names under `monitoring: {notify: …}`. Without --url it reads what the service wrote
            down (.neo/service.db) and asks nothing. A service with a token is asked with NEO_TOKEN, or
            --token-file.

            With --once it looks once (or tells what the service's own watch has found), and ends with
            exit code 3 if an alert is firing. Ctrl-C stops it otherwise.
            docs/monitoring.md says what is watched for.
            """)

    @OptionGroup var project: ProjectArgument

    @Option(help: "Where the service is, such as http://127.0.0.1:8080.")
    var url: String?

    @Option(help: "A file whose first line is the service's token; it goes before NEO_TOKEN.", completion: .file())
    var tokenFile: String?

    @Flag(help: "Look once; exit code 3 says that an alert is firing.")
    var once = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let url, url.wholeMatch(of: /https?:\/\/[^\/@\s]+\/?/) == nil {
            throw ValidationError("--url takes a scheme, a host and a port, such as http://127.0.0.1:8080.")
        }
    }

    func run() async throws {
        let opened = try Project(opening: project.project)
        let records = try ServiceRecords(opened)
        let environment = ProcessInfo.processInfo.environment
        let source = try TokenSource(file: tokenFile, environment: environment)
        output.show(source.diagnostics)
        let alerts = AlertPorts(opened, environment: environment)
        var ports = ServiceWatch.Ports { try await alerts.deliver($0, $1) }
        ports.keeper = KnowledgeCommand.keeper(opened)
        if let url {
            let client = WatchedService(
                url: url.hasSuffix("/") ? String(url.dropLast()) : url, token: source.token, records: records,
                environment: environment)
            ports.heartbeat = { await client.heartbeat() }
            ports.ask = { try await client.ask($0, $1) }
        }
        let output = output
        let watch = ServiceWatch(
            opened, records: records, ports: ports, course: AlertCourse(pendingSeconds: once ? 0 : 60),
            note: { output.note("neo: \(Terminal.harmless($0))") })
        guard once else {
            return try await withExclusiveLock(at: opened.path(".neo/watch.lock"), purpose: "A watch") {
                output.note("Watching \(opened.file.name)  (Ctrl-C stops)")
                try await Interruption.cancelling { await Self.follow(watch, output) }
            }
        }
        let report = try await Self.look(watch, opened)
        try output.render(WatchWords.json(report)) { Terminal.harmless(WatchWords.text(report)) }
        if report.alerts.contains(where: { $0.state == .firing }) { throw ExitCode(3) }
    }

    /// Looks once; where a service is watched already, tells what that watch has found.
    private static func look(_ watch: ServiceWatch, _ project: Project) async throws -> WatchReport {
        do {
            return try await withExclusiveLock(at: project.path(".neo/watch.lock"), purpose: "A watch") {
                try await watch.look()
            }
        } catch let error as StorageError where error.code == .busy {
            return try await watch.standing()
        }
    }

    /// Says what begins and what ends, until it is stopped.
    private static func follow(_ watch: ServiceWatch, _ output: OutputOptions) async {
        let shown = Mutex<[Int64: ServiceAlert.State]>([:])
        await watch.run { report in
            for alert in report.alerts
            where shown.withLock({ $0.updateValue(alert.state, forKey: alert.id) }) != alert.state {
                output.note(Terminal.harmless(WatchWords.line(alert)))
            }
            let ended = shown.withLock { shown in
                let gone = shown.keys.filter { id in !report.alerts.contains { $0.id == id } }
                for id in gone { shown[id] = nil }
                return gone
            }
            for id in ended.sorted() { output.note("over       \(id)") }
        }
    }
}

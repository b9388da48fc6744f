internal import ArgumentParser
internal import Base
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Log figures of a run, from a shell.",
        discussion: """
            Example:
              run=$(neo log --new nightly --kind benchmark batch=32)
              neo log --run $run loss=0.31 accuracy=0.84 --step 100
              neo log --run $run --text "the second half was slower" --file plot.png
              neo log --run $run --alert "loss diverged" --level error
              neo log --run $run --finish

            With --new, KEY=VALUE are the run's configuration, and its id is printed. A line is on disk when the
            command returns; nobody is waited for. Other programs append the same lines to .neo/inbox
            themselves: docs/runs.md. From Python, use neo_log.py, which `neo log --python` prints.
            """)

    @Option(help: ArgumentHelp("The run to log to.", valueName: "id"))
    var run: String?
    @Option(help: ArgumentHelp("Begin a run of this name.", valueName: "name"))
    var new: String?
    @Option(help: "What a new run is: benchmark, training, …")
    var kind: String?
    @Option(help: "What a new run is looked at with.")
    var group: String?
    @Argument(help: ArgumentHelp("Figures, as key=value; nan and inf are figures.", valueName: "key=value"))
    var values: [String] = []
    @Option(help: "The step; else one more than the last.")
    var step: Int?
    @Option(help: "Words for the run's log.")
    var text: String?
    @Option(help: "A file to keep with the run; an image by its ending.", completion: .file())
    var file: String?
    @Option(help: ArgumentHelp("Something that people should know.", valueName: "title"))
    var alert: String?
    @Option(help: "How bad an alert is: info, warn, error.")
    var level = RunAlert.Level.warn
    @Flag(help: "The run has finished.")
    var finish = false
    @Option(help: ArgumentHelp("The run has failed.", valueName: "reason"))
    var fail: String?
    @Flag(help: "Print the Python module that logs runs.")
    var python = false
    @OptionGroup var place: RunsPlace
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if python { return }
        guard (run == nil) != (new == nil) else {
            throw ValidationError("Say which run: --run ID, or --new NAME to begin one.")
        }
        guard new != nil || kind == nil && group == nil else {
            throw ValidationError("--kind and --group are for a new run: --new NAME.")
        }
        guard
            new != nil || !values.isEmpty || text != nil || file != nil || alert != nil || finish || fail != nil
        else { throw ValidationError("There is nothing to log: name key=value, --text, --file, --alert or --finish.") }
    }

    func run() async throws {
        if python { return try Terminal.printResult(PythonLogger.source) }
        let place = try RunFolder(self.place.project)
        let id = try await new == nil ? known() : RunID(at: Date())
        let records = try records(of: id, in: place)
        try Inbox(state: place.state).append(records)
        if finish || fail != nil { await place.handOn(noting: output.note) }
        guard output.json || new != nil else { return }
        try output.render(["run": .string(id.text), "records": .integer(records.count)]) { id.text }
    }

    /// The run that is meant. One that nobody knows yet may have begun elsewhere a moment ago.
    private func known() async throws -> RunID {
        let text = run ?? ""
        let store = try await place.open(output)
        return try await store.run(text).id
    }

    private func records(of id: RunID, in place: RunFolder) throws -> [LogRecord] {
        let now = Date().timeIntervalSince1970
        func record(_ content: LogRecord.Content) -> LogRecord {
            LogRecord(run: id, step: step, time: now, content: content)
        }
        var records: [LogRecord] = []
        if let new {
            let pairs = try values.map { try Self.pair($0) }
            let configuration = Dictionary(pairs.map { ($0.0, Self.value($0.1)) }) { _, last in last }
            let facts = RunFacts(
                kind: kind, group: group, configuration: .object(configuration),
                origin: RunLogger.origin(command: []))
            records.append(
                LogRecord(
                    run: id, name: new, project: place.name, time: now,
                    content: .run(facts)))
        } else if !values.isEmpty {
            var metrics: [String: Double] = [:]
            for (key, text) in try values.map({ try Self.pair($0) }) {
                guard let value = Double(text) else {
                    throw ValidationError("\(key)=\(text) is no figure; words go with --text.")
                }
                metrics[key] = value
            }
            records.append(record(.metrics(metrics)))
        }
        if let text { records.append(record(.entry(RunEntry(kind: .text, key: "log", content: text)))) }
        if let file { records.append(record(.entry(try RunEntry(keeping: file, key: nil, state: place.state)))) }
        if let alert { records.append(record(.alert(RunAlert(level: level, title: alert)))) }
        if finish { records.append(record(.end(.finished, failure: nil))) }
        if let fail { records.append(record(.end(.failed, failure: fail))) }
        return records
    }

    private static func pair(_ text: String) throws -> (String, String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw ValidationError("`\(text)` is not key=value.")
        }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    private static func value(_ text: String) -> JSONValue {
        Int(text).map { .integer($0) } ?? Double(text).map { .number($0) } ?? .string(text)
    }
}

extension RunAlert.Level: ExpressibleByArgument {}

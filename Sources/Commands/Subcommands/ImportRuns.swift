internal import ArgumentParser
internal import Base
internal import Engineer
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

struct ImportTrackio: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trackio",
        abstract: "Take the runs that Trackio has.",
        discussion: """
            Examples:
              neo import trackio --project my-docs
              neo import trackio ~/.cache/huggingface/trackio/cats.db --project my-docs

            Without a name, all projects of Trackio's folder ($TRACKIO_DIR, or its usual place). Metrics, those of the
            machine, configurations, groups and alerts come; a run that the project has already stays as it is.
            """)

    @Argument(help: "Trackio's folder, or one of its databases.", completion: .file())
    var source: String?

    @OptionGroup var records: RunsPlace

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let source = source.map { Project.absolute($0) }
        var paths: [String] = []
        if let source, source.hasSuffix(".db") {
            paths = [source]
        } else {
            let folder = source.map { TrackioFolder($0) } ?? .standard(ProcessInfo.processInfo.environment)
            paths = folder.projects().map { "\(folder.path)/\($0).db" }
            guard !paths.isEmpty else {
                throw TrackingError(
                    .notFound, "\(folder.path) has no projects of Trackio's: name its folder or a database.")
            }
        }
        let store = try await records.open(output)
        var total = RunImportSummary()
        for path in paths { total += try await TrackioImport(path).take(into: store) }
        try output.render(total.json) { total.text }
    }
}

struct ImportLines: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jsonl",
        abstract: "Take runs from a file of lines, as the inbox has them.",
        discussion: """
            Example:
              neo import jsonl runs.jsonl --project my-docs

            A line is a record of the inbox (docs/runs.md). A run that the project has already stays as it is; one that the
            file does not end counts as finished. Lines that are none are counted.
            """)

    @Argument(help: "The file.", completion: .file())
    var file: String

    @OptionGroup var records: RunsPlace

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try await records.open(output)
        let summary = try await LineImport(Project.absolute(file)).take(into: store)
        try output.render(summary.json) { summary.text }
    }
}

extension RunImportSummary {
    static func += (sum: inout RunImportSummary, other: RunImportSummary) {
        sum.runs += other.runs
        sum.records += other.records
        sum.known += other.known
        sum.rejected += other.rejected
    }

    var json: JSONValue {
        [
            "runs": .integer(runs), "records": .integer(records), "known": .integer(known),
            "rejected": .integer(rejected),
        ]
    }

    var text: String {
        "Took \(runs) runs with \(records) records; \(known) runs were there already"
            + (rejected > 0 ? "; \(rejected) lines could not be read." : ".")
    }
}

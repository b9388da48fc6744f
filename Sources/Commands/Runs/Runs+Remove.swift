internal import ArgumentParser
internal import Base
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Runs {
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rm",
            abstract: "Remove runs with their parts, points and files, for good.",
            discussion: """
                Example:
                  neo runs rm first second
                """)

        @Argument(help: "Runs: ids, beginnings of them, or names.")
        var runs: [String]
        @Flag(help: "Also runs that are still running.")
        var force = false
        @OptionGroup var place: RunsPlace
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try await place.open(output)
            var ids: [RunID] = []
            for reference in runs { ids.append(try await store.run(reference).id) }
            let count = try await store.remove(ids, evenRunning: force)
            try output.render(["removed": .integer(count)]) {
                count == 1 ? "1 run is removed." : "\(count) runs are removed, parts of others included."
            }
        }
    }

    struct Prune: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "prune",
            abstract: "Remove old runs.",
            discussion: """
                Example:
                  neo runs prune --older-than 30d --dry-run
                  neo runs prune --keep 100
                  neo runs prune --status crashed --older-than 1d

                Runs that are running, and those with a tag, stay. Parts go with the run that they belong to.
                """)

        @Option(help: ArgumentHelp("Only runs that ended so long ago.", valueName: "30d"))
        var olderThan: Age?
        @Option(help: "Keep this many of the latest.")
        var keep: Int?
        @Option(help: "Only runs in this state.")
        var status: Run.Status?
        @Option(help: "Only runs of this kind.")
        var kind: String?
        @Flag(help: "Only say which would go.")
        var dryRun = false
        @OptionGroup var place: RunsPlace
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard olderThan != nil || keep != nil else {
                throw ValidationError("Say which runs are to go: --older-than 30d, --keep 100, or both.")
            }
            guard keep.map({ $0 >= 0 }) ?? true else { throw ValidationError("--keep must be at least 0.") }
        }

        func run() async throws {
            let store = try await place.open(output)
            var query = RunQuery(status: status)
            (query.kind, query.isTopLevel, query.limit) = (kind, kind == nil, .max)
            let border = olderThan.map { Date().timeIntervalSince1970 - $0.seconds }
            let old = try await store.runs(query).dropFirst(keep ?? 0).filter { run in
                run.status != .running && run.tags.isEmpty
                    && (border.map { (run.ended ?? run.lastLogged) < $0 } ?? true)
            }
            let count = dryRun || old.isEmpty ? 0 : try await store.remove(old.map(\.id))
            try output.render([
                "runs": .array(old.map { .string($0.id.text) }), "removed": .integer(count), "dry_run": .bool(dryRun),
            ]) {
                guard !old.isEmpty else { return "No run is to go." }
                guard dryRun else { return "\(count) runs are removed, parts included." }
                return Terminal.harmless(
                    "\(old.count) would go:\n" + old.map { "  \($0.id)  \($0.name)" }.joined(separator: "\n"))
            }
        }
    }
}

/// An age as users write it: `30d`, `12h`, `2w`.
struct Age: ExpressibleByArgument {
    let seconds: Double

    init?(argument: String) {
        let units: [Character: Double] = ["h": 3600, "d": 86_400, "w": 604_800]
        guard let unit = argument.last.flatMap({ units[$0] }), let value = Double(argument.dropLast()), value >= 0,
            value.isFinite
        else { return nil }
        seconds = value * unit
    }
}

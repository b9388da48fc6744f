internal import ArgumentParser
internal import Base
internal import Engineer
internal import Storage

/// `neo release list`: the releases of a project.
struct ReleaseListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the releases, which of them is in service, and what became of each.",
        discussion: """
            Example:
              neo release list my-docs

            The steps below the table are all that were asked for, refused ones too, with who asked and what
            the gate found.
            """)

    @OptionGroup var project: ProjectArgument

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let books = try await ReleaseBooks.read(try Project(opening: project.project))
        try output.render([
            "live": books.live.live.map { .integer($0) } ?? .null,
            "previous": books.live.previous.map { .integer($0) } ?? .null,
            "candidate": books.live.candidate.map { .integer($0) } ?? .null,
            "stage": books.live.stage.map { .string($0.rawValue) } ?? .null,
            "releases": .array(books.entries.map { Self.json($0, books) }),
            "steps": .array(books.steps.map(Self.json)),
        ]) { Terminal.harmless(Self.text(books)) }
    }

    private static func json(_ entry: ReleaseBooks.Entry, _ books: ReleaseBooks) -> JSONValue {
        [
            "release": .integer(entry.number), "state": .string(books.state(of: entry.number)),
            "hash": .string(entry.record.hash.hex), "created": .string(entry.record.created),
            "isThere": .bool(entry.folder != nil), "study": (entry.folder?.manifest.study).map { .string($0) } ?? .null,
            "measured": (entry.folder?.manifest.measured).flatMap { try? JSONValue(encoding: $0) } ?? .null,
        ]
    }

    private static func json(_ step: PromotionRecord) -> JSONValue {
        [
            "action": .string(step.action.rawValue), "release": .integer(step.release),
            "incumbent": step.incumbent.map { .integer($0) } ?? .null, "stage": .string(step.stage.rawValue),
            "verdict": step.verdict.map { .string($0) } ?? .null, "isAccepted": .bool(step.isAccepted),
            "decision": step.decision.map { .string($0) } ?? .null, "who": .string(step.who), "at": .string(step.at),
            "report": step.report,
        ]
    }

    private static func text(_ books: ReleaseBooks) -> String {
        guard !books.entries.isEmpty else { return "There is no release yet; neo release build makes one." }
        var lines = books.entries.map { entry in
            let measured = entry.folder.map { folder in
                let score = folder.manifest.measured
                return
                    "\(score.objective) \(Rounding.text(score.value)) on \(score.questions) questions (\(score.kind))"
            }
            let state = entry.folder == nil ? "its folder is gone" : books.state(of: entry.number)
            return "\(entry.number)  \(state)  \(entry.record.created)  \(entry.record.hash.short)"
                + (measured.map { "  \($0)" } ?? "")
        }
        if !books.steps.isEmpty { lines.append("") }
        lines += books.steps.suffix(20).map { step in
            let done =
                switch (step.action, step.isAccepted) {
                case (.promote, true): "release \(step.release) promoted (\(step.stage.rawValue))"
                case (.promote, false): "release \(step.release) refused"
                default: "\(step.action.rawValue) to release \(step.release)"
                }
            return "\(step.at)  \(done)" + (step.verdict.map { ", \($0)" } ?? "") + ", by \(step.who)"
                + (step.decision.map { ": \($0)" } ?? "")
        }
        return lines.joined(separator: "\n")
    }
}

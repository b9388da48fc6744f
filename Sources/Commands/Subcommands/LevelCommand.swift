internal import ArgumentParser
internal import Base
internal import Engineer

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `neo level`: for which reader documents are opened.
struct LevelCommand: AsyncParsableCommand {
    /// What can be set.
    enum Setting: String, CaseIterable, ExpressibleByArgument {
        case newcomer, practitioner, expert, auto
    }

    static let configuration = CommandConfiguration(
        commandName: "level",
        abstract: "Show or set for which reader documents are opened: new to this, practitioner or expert.",
        discussion: """
            Example:
              neo level
              neo level expert
              neo level auto

            Documents say some things three times, for readers who know more or less of the matter.
            The level decides which text is open first; the others are one click away. auto leaves
            it to an estimate from what you do: pages that you open, texts that you unfold, words that
            you write, answers that you don't know. docs/readers.md says what is counted.

            It is kept on this machine. A browser of neo dashboard begins with it, and goes its own
            way.
            """)

    @Argument(help: "newcomer, practitioner, expert, or auto; shows how it stands, without.")
    var level: Setting?

    @Flag(help: "Forget what was seen of you, and what you chose.")
    var forget = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard level == nil || !forget else {
            throw ValidationError("--forget also forgets the level: give one of the two.")
        }
    }

    func run() async throws {
        let file = ReaderFile(ProcessInfo.processInfo.environment)
        let profile: ReaderProfile
        switch (level, forget) {
        case (_, true):
            try file.forget()
            profile = ReaderProfile()
        case (let level?, _): profile = try file.change { $0.chosen = ReaderLevel(rawValue: level.rawValue) }
        case (nil, _): profile = try file.read()
        }
        let posterior = profile.estimate.posterior
        try output.render([
            "level": .string(profile.level.rawValue),
            "chosen": profile.chosen.map { .string($0.rawValue) } ?? .null,
            "estimate": .object(
                Dictionary(
                    uniqueKeysWithValues: ReaderLevel.allCases.map {
                        ($0.rawValue, .number(posterior[$0, default: 0]))
                    })),
            "signs": .object(
                Dictionary(
                    uniqueKeysWithValues: profile.estimate.signs.map { ($0.sign.rawValue, .integer($0.count)) })),
            "file": .string(file.path),
        ]) { Self.words(profile) }
    }

    private static func words(_ profile: ReaderProfile) -> String {
        let posterior = profile.estimate.posterior
        let shares = ReaderLevel.allCases.map { level in
            "\(level.title) \(Int((100 * posterior[level, default: 0]).rounded())) %"
        }.joined(separator: ", ")
        let seen = profile.estimate.signs.isEmpty ? "nothing was seen of you yet" : shares
        return "Documents open for: \(profile.level.title) "
            + (profile.chosen == nil ? "(estimated; \(seen))" : "(set by you; the estimate: \(seen))")
    }
}

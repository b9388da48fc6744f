internal import ArgumentParser

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Who decides something at the command line.
struct PersonOption: ParsableArguments {
    @Option(help: ArgumentHelp("Who decides; your name on this machine without.", valueName: "name"))
    var by: String?

    mutating func validate() throws {
        guard by.map({ (1...100).contains($0.unicodeScalars.count) && !$0.allSatisfy(\.isWhitespace) }) ?? true else {
            throw ValidationError("--by takes a name of 1 to 100 characters.")
        }
    }

    /// The name.
    var name: String { Self.name(by) }

    /// Who was named, else whom the environment names.
    static func name(_ given: String?) -> String {
        let environment = ProcessInfo.processInfo.environment
        return [given, environment["USER"], environment["LOGNAME"]].compactMap { $0 }.first { !$0.isEmpty }
            ?? "somebody"
    }
}

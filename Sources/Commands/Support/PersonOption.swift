internal import ArgumentParser
internal import Engineer

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
    var name: String { PersonName.of(by) }
}

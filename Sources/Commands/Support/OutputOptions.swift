internal import ArgumentParser
internal import Base

/// How a command speaks.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print one JSON object on standard output; everything else goes to standard error.")
    var json = false

    @Flag(help: "Print nothing but the result and errors.")
    var quiet = false

    /// Prints the result: the object with `--json`, else the text.
    func render(_ value: JSONValue, text: () -> String) throws(OutputError) {
        try Terminal.printResult((json ? value.prettyText : text()) + "\n")
    }

    /// A line about what goes on, for people.
    func note(_ text: String) {
        if !quiet { Terminal.printError(text) }
    }

    /// Prints warnings and errors about the input; notes only as a count.
    func show(_ diagnostics: [Diagnostic], limit: Int = 20) {
        guard !quiet else { return }
        let serious = diagnostics.filter { $0.severity != .note }
        for diagnostic in serious.prefix(limit) {
            Terminal.printError(Terminal.harmless(diagnostic.text))
        }
        if serious.count > limit {
            Terminal.printError("… and \(serious.count - limit) more; the report lists them all.")
        }
    }
}

/// The folder of the project that a command works on.
struct ProjectArgument: ParsableArguments {
    @Argument(help: "The project's folder, the one with neo.yaml.", completion: .directory)
    var project = "."
}

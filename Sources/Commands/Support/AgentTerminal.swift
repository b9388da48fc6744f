internal import Agents
internal import LanguageModels

extension ApprovalPort {
    /// The person at the terminal.
    static let terminal = ApprovalPort { call, reason in
        Terminal.printError("")
        Terminal.printError("The model wants to call \(Terminal.harmless(call.name)) (\(Terminal.harmless(reason))):")
        Terminal.printError("  " + Terminal.harmless(call.arguments))
        let answer = Terminal.ask("Allow it? [y/N] ")
        return ["y", "yes"].contains(answer?.lowercased() ?? "")
    }
}

extension QuestionPort {
    /// The person at the terminal.
    static let terminal = QuestionPort { question, options in
        Terminal.printError("")
        Terminal.printError("The model asks: " + Terminal.harmless(question))
        for (position, option) in options.enumerated() {
            Terminal.printError("  \(position + 1) " + Terminal.harmless(option))
        }
        return Terminal.ask(options.isEmpty ? "> " : "A number, or your own words: ")
    }
}

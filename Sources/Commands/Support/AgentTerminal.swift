internal import Agents
internal import LanguageModels

/// Who is asked while an agent works.
struct AgentPerson: Sendable {
    var approval: ApprovalPort
    var questions: QuestionPort

    /// The person at the terminal, where there is one.
    static var terminal: AgentPerson {
        Terminal.canAsk
            ? AgentPerson(approval: .terminal, questions: .terminal)
            : AgentPerson(approval: .nobody, questions: .nobody)
    }

    /// The person at a prompt, which reads all that is typed.
    static func at(_ prompt: Prompt) -> AgentPerson {
        AgentPerson(
            approval: ApprovalPort { call, reason in
                let text = "The model wants to call \(call.name) (\(reason)):\n  \(call.arguments)"
                let answer = await prompt.ask("Allow it? [y/N] ", about: text)
                return answer.map { ["y", "yes"].contains($0.trimmed.lowercased()) } ?? false
            },
            questions: QuestionPort { question, options in
                let lines = options.enumerated().map { "  \($0.offset + 1) \($0.element)" }
                return await prompt.ask(
                    options.isEmpty ? "Your answer: " : "A number, or your own words: ",
                    about: (["The model asks: " + question] + lines).joined(separator: "\n"))
            })
    }
}

extension String {
    /// Without the white space around it.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

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

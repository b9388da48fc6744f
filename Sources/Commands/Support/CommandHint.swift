internal import ArgumentParser
internal import Base

/// What is said of a wrong command line where the argument parser's own words do not help.
enum CommandHint {
    /// What may have been meant where a word names no command: one with a name that is close, or the same words in
    /// another order. Nil where all words name commands, or something else is wrong.
    ///
    /// - Parameter said: what the argument parser found wrong.
    static func unknownCommand(in arguments: [String], said: String) -> String? {
        var node: any ParsableCommand.Type = NeoCommand.self
        var path = [name(of: node)]
        var words = arguments[...]
        while let word = words.first, let next = node.configuration.subcommands.first(where: { name(of: $0) == word }) {
            node = next
            path.append(word)
            words = words.dropFirst()
        }
        guard let word = words.first, !node.configuration.subcommands.isEmpty, said.contains("nexpected argument"),
            said.contains("'\(word)'")
        else { return nil }
        let here = path.joined(separator: " ")
        let meant = meant(by: word, before: words.dropFirst().first, below: node).map { "\(here) \($0)" }
        let hint = meant.isEmpty ? "" : " Did you mean: \(list(meant))?"
        return "Error: There is no command \"\(here) \(word)\".\(hint)\n  See '\(here) --help' for more information."
    }

    /// What a command found wrong with its arguments when it ran, in the form of what is found before it runs.
    static func message(_ error: ValidationError, of command: any ParsableCommand.Type) -> String {
        let path = path(to: command, from: NeoCommand.self) ?? [name(of: NeoCommand.self)]
        return "Error: \(error.message)\n  See '\(path.joined(separator: " ")) --help' for more information."
    }

    private static func meant(
        by word: String, before next: String?, below node: any ParsableCommand.Type
    ) -> [String] {
        let below = node.configuration.subcommands
        // The verb before its noun: neo list sessions.
        if let noun = below.first(where: { name(of: $0) == next }),
            let verb = nearest(to: word, in: noun.configuration.subcommands.map(name))
        {
            return ["\(name(of: noun)) \(verb)"]
        }
        let nouns = below.filter { $0.configuration.subcommands.contains { name(of: $0) == word } }.map(name)
        if let near = nearest(to: word, in: below.map(name)) { return [near] }
        return nouns.sorted().map { "\($0) \(word)" }
    }

    private static func path(
        to command: any ParsableCommand.Type, from node: any ParsableCommand.Type
    ) -> [String]? {
        if node == command { return [name(of: node)] }
        return node.configuration.subcommands.lazy.compactMap { path(to: command, from: $0) }.first
            .map { [name(of: node)] + $0 }
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? "\(command)".lowercased()
    }

    private static func list(_ lines: [String]) -> String {
        lines.count < 2 ? lines.joined() : lines.dropLast().joined(separator: ", ") + " or " + (lines.last ?? "")
    }
}

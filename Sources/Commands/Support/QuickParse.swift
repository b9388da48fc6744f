internal import ArgumentParser

/// Reads a command line from its last command on.
///
/// From the root on, the argument parser makes the options of every command on the way, and knows the names of all others: that
/// takes longer than a short command works. Where the first words are names of commands, only what stands behind them is left
/// to be read.
enum QuickParse {
    /// The command; nil where the whole line has to be read, as it has to be for help and for all that is wrong: what is said
    /// then depends on the way.
    static func command(_ arguments: [String]) -> (any ParsableCommand)? {
        var node: any ParsableCommand.Type = NeoCommand.self
        var words = arguments[...]
        while !node.configuration.subcommands.isEmpty {
            guard let word = words.first, isPlain(node),
                let next = node.configuration.subcommands.first(where: { $0.configuration.commandName == word })
            else { return nil }
            node = next
            words = words.dropFirst()
        }
        // Help is a command, too.
        guard let command = try? node.parseAsRoot(Array(words)), type(of: command) == node else { return nil }
        return command
    }

    /// Whether a command has no arguments of its own, which might stand before or behind the next one's name.
    private static func isPlain<Command: ParsableCommand>(_ command: Command.Type) -> Bool {
        MemoryLayout<Command>.size == 0
    }
}

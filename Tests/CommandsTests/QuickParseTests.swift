import ArgumentParser
import Testing

@testable import Commands

/// A command line that is read from its last command on.
@Suite struct QuickParseTests {
    @Test(arguments: [
        ["mcp", "call", "time", "now", "zone=UTC", "--keep", "--json"],
        ["mcp", "call", "a", "b", "--folder", "f", "--", "-c=d"],
        ["mcp", "stop"], ["status", "p", "--json"], ["query", "SELECT 1", "--project", "p"],
        ["ask", "p", "what is tea?"],
    ])
    func `what it reads is what the whole line says`(words: [String]) throws {
        let quick = try #require(QuickParse.command(words))
        let whole = try NeoCommand.parseAsRoot(words)
        #expect(String(reflecting: type(of: quick)) == String(reflecting: type(of: whole)))
        #expect(Self.values(quick) == Self.values(whole))
    }

    @Test(arguments: [
        [], ["--help"], ["--version"], ["mcp"], ["mcp", "--help"], ["mcp", "call", "--help"], ["mcp", "call", "time"],
        ["mcp", "cal", "time"], ["mcp", "stop", "--nonsense"], ["help", "mcp", "call"],
        ["--generate-completion-script"],
    ])
    func `what is wrong, or asks for help, is left to the whole line`(words: [String]) {
        #expect(QuickParse.command(words) == nil)
    }

    /// What the property wrappers hold, in words.
    private static func values(_ command: any ParsableCommand) -> String {
        var text = ""
        dump(command, to: &text)
        // Where a word stood in the line is no value.
        return text.split(separator: "\n").filter { !$0.contains("rigin") && !$0.contains("ndex") }.joined(
            separator: "\n")
    }
}

internal import Base

/// A command line in a fence, as small models write it although they were told another form: it is taken for a call of the
/// shell where they were told that it is, and where nothing else in the answer is a call.
enum ShellFence {
    /// The first words of such fences.
    static let languages: Set<String> = ["bash", "sh", "shell"]
    /// The tool that they call, and its argument.
    static let tool = "shell"
    static let argument = "command"

    /// Whether a request offers a tool that takes command lines, and leaves it to the model whether to call it.
    static func isOffered(in request: LanguageModelRequest) -> Bool {
        guard request.toolChoice == nil || request.toolChoice == .auto else { return false }
        return request.tools.contains { $0.name == tool && $0.parameters["required"] == [.string(argument)] }
    }

    /// What the model is told.
    static let words = """
        A command line for \(tool) may also stand between ```bash and ```: it is run where your answer calls nothing else.
        """

    /// The command line; nil where the fence is empty, or was never closed.
    static func read(_ scanner: inout LooseScanner) -> [WrittenCall]? {
        while let byte = scanner.next, byte != 0x0A { scanner.position += 1 }
        guard scanner.skip("\n"), let text = scanner.text(before: "\n```") else { return nil }
        // Behind the end of a fence, only the end of the line stands.
        if let byte = scanner.next, !byte.isSpace { return nil }
        guard !text.utf8.allSatisfy(\.isSpace) else { return nil }
        return [WrittenCall(name: tool, arguments: [argument: .string(text)])]
    }
}

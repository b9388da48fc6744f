import TestSupport

/// A server of chat completions that does what the last words say: `write X`, `ask`, `paint`, `wait`; else it repeats all
/// that the user has said.
enum PromptChatServer {
    /// Runs it while the body works, in a folder with a workspace `w`.
    static func with(_ body: @escaping @Sendable (NeoProcess, PseudoTerminal) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let neo = NeoProcess(folder: folder)
            try neo.write("w/notes.md", "The secret is 42.\n")
            try await ScriptedChatServer.serving(neo, replies: replies) {
                try await body(neo, try PseudoTerminal())
            }
        }
    }

    /// `wait` writes one half of its answer, and the rest when there is a file `go`.
    private static let replies = #"""

        def halves():
            yield "The first half"
            while not os.path.exists("go"):
                time.sleep(0.05)
                yield ""
            os.remove("go")
            yield " and the second half."

        def reply(messages):
            if messages[-1]["role"] == "tool":
                return "Result: " + str(messages[-1]["content"]), []
            said = [m["content"] if isinstance(m["content"], str) else "".join(p.get("text", "") for p in m["content"])
                    for m in messages if m["role"] == "user"]
            last = said[-1] if said else ""
            name = "c%d" % len(messages)
            if last.startswith("write "):
                return "I write.", [tool(name, "shell", command="echo %s >> numbers" % last[6:])]
            if last == "ask":
                return "I ask.", [tool(name, "ask_user", question="Which?\x1b[31m", options=["red", "blue"])]
            if last == "paint":
                return "Now \x1b[31mred\x1b]0;title\x07 and \x9b1mbold.", []
            if last == "wait":
                return halves(), []
            return "Heard: %s." % " / ".join(said), []

        """#
}

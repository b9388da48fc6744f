import Base
import FoundationEssentials
import Processes
import Subprocess
import Testing

/// `neo agent` at a prompt, as a user has it: keys go in, and what stands on the screen is read.
@Suite(.timeLimit(.minutes(5))) struct AgentPromptTests {
    @Test func `a conversation with streaming, files, a question, taking back and another model`() async throws {
        try await PromptChatServer.with { neo, terminal in
            let before = terminal.modes
            let status = try await terminal.run(neo, ["agent", "--folder", "w"]) { _ in
                try await terminal.wait(for: "/help lists the commands")
                try await terminal.wait(for: "> ")
                #expect(terminal.modes != before)
                try await terminal.say("hello", until: "Heard: hello.")
                // Control characters of the model do not steer the terminal.
                try await terminal.say("paint", until: "Now [31mred]0;title and 1mbold.")
                try await terminal.say("see @notes.md, or @none", until: "The secret is 42.")
                #expect(terminal.text.contains("@none stays as it is: There is no none."))
                terminal.type("ask\r")
                try await terminal.wait(for: "Which?[31m")
                try await terminal.wait(for: "or your own words: ")
                try await terminal.say("2", until: "Result: blue")
                try await terminal.say("write one", until: "Result: exit code 0")
                try await terminal.say("write two", until: "Result: exit code 0")
                #expect(try neo.read("w/numbers") == "one\ntwo\n")
                for (command, answer, numbers) in [
                    ("/undo", "n", "one\ntwo\n"), ("/undo", "y", "one\n"), ("/redo", "y", "one\ntwo\n"),
                ] {
                    terminal.type(command + "\r")
                    try await terminal.wait(for: "As before: numbers.")
                    try await terminal.wait(for: "[y/N] ")
                    try await terminal.say(
                        answer, until: answer == "n" ? "Nothing was changed." : "As before: numbers.")
                    #expect(try neo.read("w/numbers") == numbers)
                }
                try await terminal.command("/cost", until: "9 of 100 turns; ")
                try await terminal.command("/modle", until: "Was /model meant?")
                try await terminal.say("/model fake/other", until: "From now on, fake/other is asked.")
                try await terminal.say("/model nobody/x", until: "If an endpoint is meant")
                // Several lines: a backslash, Ctrl-J, and pasted ones.
                terminal.type("first\\\rsecond\nthird \u{1B}[200~fourth\r\nfifth\u{1B}[201~")
                try await terminal.say("", until: "first\r\nsecond\r\nthird fourth\r\nfifth.")
                terminal.type("/ex\t")
                try await terminal.wait(for: "> /exit")
                terminal.type("\r")
            }
            #expect(status == 0, "\(terminal.text)")
            #expect(terminal.modes == before)
            #expect(terminal.text.hasSuffix("--folder w\r\n"), "\(terminal.text.suffix(200))")
            let history = try neo.read("w/.neo/prompt-history").split(separator: "\n")
            #expect(history.first == "\"hello\"" && history.last == "\"/exit\"" && !history.contains("\"y\""))
            let facts = try FileManager.default.attributesOfItem(atPath: neo.folder + "/w/.neo/prompt-history")
            #expect(facts[.posixPermissions] as? Int == 0o600)
            // The session remembers the model.
            let shown = try await neo.check("sessions", "list", "--folder", "w", "--json").output
            #expect(try JSONValue(parsing: shown)["sessions"]?.array?.first?["model"] == "fake/other")
        }
    }

    @Test func `what is typed meanwhile is heard, and Ctrl-C stops the work and leaves the prompt`() async throws {
        try await PromptChatServer.with { neo, terminal in
            let before = terminal.modes
            let status = try await terminal.run(neo, ["agent", "--folder", "w"]) { _ in
                try await terminal.wait(for: "> ")
                terminal.type("wait\r")
                try await terminal.wait(for: "The first half")
                terminal.type("and this\r")
                try await terminal.wait(for: "> and this")
                terminal.type("/undo\r")
                try await terminal.wait(for: "The agent is at work.")
                try neo.write("go", "")
                try await terminal.wait(for: "and the second half.")
                try await terminal.wait(for: "Heard: wait / and this.")
                try await terminal.idle()
                terminal.type("wait\r")
                try await terminal.wait(for: "The first half")
                terminal.type("\u{03}")
                try await terminal.wait(for: "The user stopped the work.")
                try await terminal.idle()
                try await terminal.say("on", until: "/ wait / on.")
                // The first one was meant for the work that is over.
                terminal.type("\u{03}")
                try await terminal.wait(for: "Ctrl-C once more ends.")
                terminal.type("\u{03}")
            }
            #expect(status == 130, "\(terminal.text)")
            #expect(terminal.modes == before)
        }
    }

    @Test func `Ctrl-C twice ends, whatever the model does; a text that is being written is only taken away`()
        async throws
    {
        try await PromptChatServer.with { neo, terminal in
            let status = try await terminal.run(neo, ["agent", "--folder", "w"]) { _ in
                try await terminal.wait(for: "> ")
                terminal.type("half a text")
                try await terminal.wait(for: "> half a text")
                terminal.type("\u{03}")
                try await terminal.idle()
                terminal.type("wait\r")
                try await terminal.wait(for: "The first half")
                terminal.type("\u{03}\u{03}")
            }
            #expect(status == 130, "\(terminal.text)")
        }
    }

    @Test func `Ctrl with a backslash ends at once, and the terminal is given back`() async throws {
        try await PromptChatServer.with { neo, terminal in
            let before = terminal.modes
            let status = try await terminal.run(neo, ["agent", "--folder", "w"]) { _ in
                try await terminal.wait(for: "> ")
                #expect(terminal.modes != before)
                terminal.type("half a line\u{1C}")
            }
            #expect(status == 131, "\(terminal.text)")
            #expect(terminal.modes == before)
            #expect(terminal.text.hasSuffix("\u{1B}[?2004l"))
        }
    }

    @Test(arguments: [(Signal.terminate, 130), (Signal.terminalClosed, 129), (Signal.quit, 131)])
    func `the terminal is given back when a signal ends the process`(signal: Signal, expected: Int) async throws {
        try await PromptChatServer.with { neo, terminal in
            let before = terminal.modes
            let status = try await terminal.run(neo, ["agent", "--folder", "w"]) { send in
                try await terminal.wait(for: "> ")
                #expect(terminal.modes != before)
                try send(signal)
            }
            #expect(status == expected, "\(terminal.text)")
            #expect(terminal.modes == before)
            #expect(terminal.text.contains("\u{1B}[?2004l"))
        }
    }

    @Test func `a mode that asks, asks at the prompt; no is no, and what was being written comes back`() async throws {
        try await PromptChatServer.with { neo, terminal in
            let status = try await terminal.run(neo, ["agent", "--folder", "w", "--mode", "ask"]) { _ in
                try await terminal.wait(for: "> ")
                terminal.type("write one\r")
                try await terminal.wait(for: "Allow it? [y/N] ")
                try await terminal.say("no", until: "Not allowed: the user refused it.")
                terminal.type("write two\r")
                try await terminal.wait(for: "Allow it? [y/N] ")
                try await terminal.say("y", until: "Result: exit code 0")
                terminal.type("\u{04}")
            }
            #expect(status == 0, "\(terminal.text)")
            #expect(terminal.text.contains("\u{07}"))
            #expect(try neo.read("w/numbers") == "two\n")
        }
    }

    @Test func `a finished session opens the prompt on a terminal, and elsewhere asks for a task`() async throws {
        try await PromptChatServer.with { neo, terminal in
            try await neo.check("agent", "write one", "--folder", "w", "--quiet")
            let elsewhere = try await neo.run("agent", "--continue", "--folder", "w")
            #expect(elsewhere.status == 2 && elsewhere.errorOutput.contains("is done. Say what is to be done next"))
            let nothing = try await neo.run("agent", "--folder", "w")
            #expect(nothing.status == 2 && nothing.errorOutput.contains("must be a terminal"))
            let status = try await terminal.run(neo, ["agent", "--continue", "--folder", "w"]) { _ in
                try await terminal.wait(for: "> write one")
                try await terminal.wait(for: "Result: exit code 0")
                try await terminal.wait(for: "> ")
                terminal.type("/undo\r")
                try await terminal.wait(for: "[y/N] ")
                try await terminal.say("y", until: "Removed: numbers.")
                terminal.type("\u{04}")
            }
            #expect(status == 0, "\(terminal.text)")
            #expect(!FileManager.default.fileExists(atPath: neo.folder + "/w/numbers"))
        }
    }

    @Test func `a session in which nobody said anything leaves nothing`() async throws {
        try await PromptChatServer.with { neo, terminal in
            let status = try await terminal.run(neo, ["agent", "--folder", "w"]) { _ in
                try await terminal.wait(for: "> ")
                terminal.type("\u{03}")
            }
            #expect(status == 130)
            #expect(try neo.files(below: "w/.neo/sessions") == [])
        }
    }
}

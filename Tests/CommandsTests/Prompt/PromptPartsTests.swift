import Base
import FoundationEssentials
import Sandbox
import TestSupport
import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct PromptLayoutTests {
    private func layout(
        _ text: String, cursor: Int? = nil, partial: String = "", status: String = "", columns: Int = 11,
        height: Int = 20
    ) -> PromptLayout {
        PromptLayout(
            partial: partial, status: status, label: "> ", text: Array(text), cursor: cursor ?? text.count,
            columns: columns, height: height)
    }

    @Test func `rows are shorter than the terminal, and the cursor stands where the text goes on`() {
        let simple = layout("abc", cursor: 1)
        #expect(simple.rows == ["> abc"] && simple.cursorRow == 0 && simple.cursorColumn == 3)
        let full = layout("abcdefgh")
        #expect(full.rows == ["> abcdefgh", "  "] && full.cursorRow == 1 && full.cursorColumn == 2)
        let lines = layout("a\nbc", cursor: 1)
        #expect(lines.rows == ["> a", "  bc"] && lines.cursorRow == 0 && lines.cursorColumn == 3)
        let above = layout("x", partial: "a line that goes on", status: "at work and longer")
        #expect(above.rows == ["a line tha", "t goes on", "at work an", "> x"])
        #expect(above.cursorRow == 3 && above.statusRow == 2)
    }

    @Test func `wide characters, marks and tabs take the columns that the terminal gives them`() {
        #expect(PromptLayout.width("日本") == 4 && PromptLayout.width("e\u{301}x") == 2)
        #expect(layout("日本語日本").rows == ["> 日本語日", "  本"])
        #expect(layout("\ta").rows == [">     a"])
    }

    @Test(arguments: [0, 15, 31]) func `a long text is shown around the cursor`(line: Int) {
        let text = (0..<32).map { "\($0)" }.joined(separator: "\n")
        let cursor = (0..<line).map { "\($0)".count + 1 }.reduce(0, +)
        let layout = layout(text, cursor: cursor, status: "s", height: 6)
        #expect(layout.rows.count == 5 && layout.rows[layout.cursorRow].hasSuffix("\(line)"))
        for columns in 1...12 {
            for height in 1...4 {
                let small = self.layout(text, cursor: cursor, partial: text, columns: columns, height: height)
                #expect(small.rows.indices.contains(small.cursorRow) && small.rows.count <= max(1, height - 1))
            }
        }
    }
}

@Suite struct ConversationCommandTests {
    @Test(
        arguments: [
            ("/help", .help), (" /cost ", .cost), ("/model", .model(nil)), ("/model a/b c", .model("a/b c")),
            ("/compact the plan", .compact("the plan")), ("/quit", .exit), ("/exit", .exit), ("hello", nil),
            ("/etc/hosts is wrong", nil), ("/help\nand more", nil),
            ("/undo now", .unknown("/undo takes nothing behind it.")),
            ("/udno", .unknown("There is no command /udno. Was /undo meant? /help lists them.")),
            ("/", .unknown("There is no command /. /help lists them.")),
        ] as [(String, ConversationCommand?)])
    func `what begins with a slash is a command`(text: String, command: ConversationCommand?) {
        #expect(ConversationCommand(text) == command)
    }
}

@Suite struct FileMentionsTests {
    @Test(
        arguments: [
            ("@a and @b/c.md", ["a", "b/c.md"]), ("me@home.org", []), (#"(@"my file.md") @@x"#, ["my file.md", "@x"]),
            ("@ @\"", []), ("@a @a", ["a"]), ("@\n@b", ["b"]),
        ] as [(String, [String])])
    func `names begin a word with an at sign`(text: String, names: [String]) {
        #expect(FileMentions.names(in: text) == names)
    }

    @Test func `regular files beneath the folder are put in, and nothing else`() async throws {
        try await withTemporaryDirectory { base in
            let folder = base + "/w"
            try FileManager.default.createDirectory(atPath: folder + "/.neo", withIntermediateDirectories: true)
            func write(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: URL(filePath: base + "/" + name))
            }
            try write("outside", "outside")
            try write("w/.neo/secret", "hidden")
            try write("w/a.md", "inside\n````\n")
            try write("w/long", String(repeating: "x", count: FileMentions.mostBytes + 9))
            try write("w/binary", "a\u{0}b")
            try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: base + "/outside")
            #expect(mkfifo(folder + "/fifo", 0o600) == 0)
            let mentions = try FileMentions(SandboxPolicy(workspace: folder), workspace: folder)
            let good = mentions.attachments(of: "see (@a.md), and @long!")
            #expect(good.remarks == [] && good.texts.count == 2)
            #expect(good.texts[0] == "The user put in the file a.md:\n`````\ninside\n````\n`````")
            #expect(good.texts[1].contains("the first 65536 of 65545 bytes"))
            let bad = mentions.attachments(
                of: "@link @fifo @binary @.neo/secret @../outside @\(base)/outside @none. @.neo")
            #expect(bad.texts == [] && bad.remarks.count == 8, "\(bad)")
            #expect(bad.remarks.contains("@none. stays as it is: There is no none."))
            #expect(mentions.attachments(of: (0..<9).map { _ in "" }.joined() + "@a.md").texts.count == 1)
            #expect(mentions.completions(of: "@l") == ["@link", "@long"] && mentions.completions(of: "@../") == [])
        }
    }
}

@Suite struct PromptHistoryTests {
    @Test func `texts are kept for this user alone, line by line, and never too many`() async throws {
        try await withTemporaryDirectory { folder in
            try FileManager.default.createDirectory(atPath: folder + "/.neo", withIntermediateDirectories: true)
            let history = PromptHistory(workspace: folder)
            #expect(history.texts() == [])
            history.append("two\nlines \u{1B}[31m")
            history.append("  ")
            history.append(String(repeating: "x", count: PromptHistory.longest + 1))
            #expect(history.texts() == ["two\nlines \u{1B}[31m"])
            // A line that was cut off is passed over, and mended by the next.
            let path = folder + "/.neo/prompt-history"
            let before = try #require(FileManager.default.contents(atPath: path))
            try (before + Data("\"half".utf8)).write(to: URL(filePath: path))
            history.append("next")
            #expect(history.texts() == ["two\nlines \u{1B}[31m", "next"])
            let many = (0..<2 * PromptHistory.most).map { "\"\($0)\"\n" }.joined()
            try Data(many.utf8).write(to: URL(filePath: path))
            history.append("last")
            #expect(history.texts().count == PromptHistory.most && history.texts().last == "last")
            let lines = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
            #expect(lines.split(separator: "\n").count == PromptHistory.most)
        }
        // Where it cannot be kept, work goes on.
        PromptHistory(workspace: "/nowhere").append("x")
    }
}

import Base
import Documents
import Retrieval
import Testing

@Suite struct MarkdownParserTests {
    /// The blocks of a text as `kind:text`, with `⏎` for line ends: exact ranges, readable.
    private func blocks(_ text: String, diagnostics: DiagnosticCollector = DiagnosticCollector()) -> [String] {
        let document = parse(text, diagnostics)
        return document.blocks.map { block in
            let kind =
                switch block.kind {
                case .heading(let level): "h\(level)"
                case .paragraph: "p"
                case .code: "code"
                case .list: "list"
                case .table: "table"
                }
            let text = document.text.utf8Slice(block.range)
            return kind + ":"
                + String(
                    text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
                        scalar == "\n" ? ["⏎"] : scalar == "\r" ? ["␍"] : [scalar]
                    }.reduce(into: String.UnicodeScalarView()) { $0.append($1) })
        }
    }

    private func parse(_ text: String, _ diagnostics: DiagnosticCollector = DiagnosticCollector()) -> Document {
        DocumentParser(diagnostics: diagnostics)
            .parse(text, id: DocumentID("guide/a.md"), kind: .markdown, path: "docs/guide/a.md")
    }

    @Test(
        "Blocks have exact ranges",
        arguments: [
            ("# A\nb\n\nc d  \n", ["h1:# A", "p:b", "p:c d"]),
            ("####### no heading\n#no\n", ["p:####### no heading⏎#no"]),
            ("A\nB\n===\n\nC\n---\nd", ["h1:A⏎B⏎===", "h2:C⏎---", "p:d"]),
            ("a\n## b ##\nc", ["p:a", "h2:## b ##", "p:c"]),
            ("a\n\n---\n***\nb", ["p:a", "p:b"]),
            ("x\n```swift\n# no\n\n```\ny", ["p:x", "code:```swift⏎# no⏎⏎```", "p:y"]),
            ("~~~~\na\n~~~\n~~~~\nb", ["code:~~~~⏎a⏎~~~⏎~~~~", "p:b"]),
            ("```\nnever closed\n\n# no\n\n", ["code:```⏎never closed⏎⏎# no"]),
            ("``` a`b\nc", ["p:``` a`b⏎c"]),
            ("a\n\n    code\n\n    more\n\nb", ["p:a", "code:    code⏎⏎    more", "p:b"]),
            ("a\n    not code", ["p:a⏎    not code"]),
            ("- a\n- b\n\n  more\n\nc", ["list:- a⏎- b⏎⏎  more", "p:c"]),
            ("1. a\n   ```\n   # no\n\n   ```\n2. b\n", ["list:1. a⏎   ```⏎   # no⏎⏎   ```⏎2. b"]),
            ("- a\n\n1. b", ["list:- a", "list:1. b"]),
            ("* a\nlazy\n\nb", ["list:* a⏎lazy", "p:b"]),
            ("a\n- b\n", ["p:a", "list:- b"]),
            ("In\n1986. What\n", ["p:In⏎1986. What"]),
            ("|a|b|\n|-|:-:|\n|1|2|\n\nx", ["table:|a|b|⏎|-|:-:|⏎|1|2|", "p:x"]),
            ("t\na | b\n--|--\n1 | 2\n# H", ["p:t", "table:a | b⏎--|--⏎1 | 2", "h1:# H"]),
            ("a | b\n---\n", ["h2:a | b⏎---"]),
            ("> q\n> r\n>\n> s\n\nb", ["p:> q⏎> r⏎>⏎> s", "p:b"]),
            ("<!-- hidden\n\n# no\n-->\na", ["p:a"]),
            ("<!-- a --> b\nc", ["p:b", "p:c"]),
            ("<!-- never\n\nclosed", ["p:<!-- never", "p:closed"]),
            ("a\r\n\r\n# b\r\n\r\n```\r\nc\r\n```\r\n", ["p:a", "h1:# b", "code:```␍⏎c␍⏎```"]),
            ("\u{FEFF}# 🐦 é\n\n👩‍👩‍👧 x", ["h1:# 🐦 é", "p:👩‍👩‍👧 x"]),
            ("", []), ("\n \n\t\n", []),
        ])
    func structure(text: String, expected: [String]) {
        #expect(blocks(text) == expected)
    }

    @Test(
        "Directives of DocC",
        arguments: [
            ("# T\n\n@Metadata {\n    @DisplayName(\"N\")\n}\n\na", ["h1:# T", "p:a"]),
            ("@Comment {\n  hidden\n}\na", ["p:a"]),
            ("@Image(source: a, alt: \"b\")\nc", ["p:@Image(source: a, alt: \"b\")", "p:c"]),
            (
                "@Row {\n    @Tab(\"Linux\") {\n        ```sh\n        x\n        ```\n    }\n}\nz",
                ["p:@Tab(\"Linux\")", "code:```sh⏎        x⏎        ```", "p:z"]
            ),
            ("@Row {\n    a\n}\n\n    code", ["p:a", "code:    code"]),
            ("@main and more\n", ["p:@main and more"]),
            ("@Metadata {\nnever closed\n\nb", ["p:never closed", "p:b"]),
            ("See <doc:Other>.", ["p:See <doc:Other>."]),
        ])
    func directives(text: String, expected: [String]) {
        #expect(blocks(text) == expected)
    }

    @Test(
        "The title is the front matter's, else the first heading's, else the directive's, else the file's",
        arguments: [
            ("---\ntitle: Front\n---\n# Head", "Front"),
            ("## Two\n# Using ``Store`` [now](u) #\n", "Using Store now"),
            ("# ![logo](x.png)\n# C#\n", "C#"),
            ("Under **line**\n====\n", "Under line"),
            ("@Metadata {\n  @DisplayName(\"Shown\")\n}\ntext", "Shown"),
            ("just text", "a.md"),
        ])
    func title(text: String, expected: String) {
        #expect(parse(text).title == expected)
    }

    @Test("Front matter becomes metadata and no block")
    func frontMatter() {
        let text = "\u{FEFF}---\ntitle: T\ntags: [a, 2, true, \"3\"]\nkind: mine\n---\nbody\n"
        let document = parse(text)
        #expect(blocks(text) == ["p:body"])
        #expect(document.metadata["tags"] == ["a", 2, true, "3"])
        #expect(document.metadata["kind"] == "markdown")
        #expect(document.metadata["folder"] == "guide")
        #expect(document.metadata["path"] == "docs/guide/a.md")
    }

    @Test(
        "Malformed front matter is text, with a diagnostic that has its line",
        arguments: [
            "---\ntitle: [a\nb: c: d\n---\nbody\n",
            "---\na: " + String(repeating: "[", count: 70) + "\n---\nbody\n",
            "---\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                + "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d]\n---\nbody\n",
        ])
    func malformedFrontMatter(text: String) throws {
        let diagnostics = DiagnosticCollector()
        #expect(blocks(text, diagnostics: diagnostics).last == "p:body")
        let diagnostic = try #require(diagnostics.all.first)
        #expect(diagnostic.file == "docs/guide/a.md")
        #expect(diagnostic.line != nil)
    }

    @Test("A break at the top is no front matter")
    func breakAtTheTop() {
        let diagnostics = DiagnosticCollector()
        #expect(blocks("---\n\nplain words\n\n---\n", diagnostics: diagnostics) == ["p:plain words"])
        #expect(diagnostics.all.isEmpty)
    }

    /// Input meant to break a parser.
    enum Hostile: String, CaseIterable {
        case quotations, lazyQuotations, lists, directives, metadata, comments, brackets, tables, nul, marks

        var text: String {
            switch self {
            case .quotations: String(repeating: ">", count: 10_000) + " deep"
            case .lazyQuotations: String(repeating: "> ", count: 10_000)
            case .lists:
                (0..<2_000).map { String(repeating: " ", count: $0 % 50) + "- x" }.joined(separator: "\n")
            case .directives: String(repeating: "@Row {\n", count: 3_000)
            case .metadata: String(repeating: "@Metadata {\n\n", count: 3_000)
            case .comments: String(repeating: "<!-- \n\n", count: 3_000)
            case .brackets: String(repeating: "[", count: 20_000) + String(repeating: "*", count: 20_000)
            case .tables: String(repeating: "|\n|-\n", count: 3_000)
            case .nul: "a\u{0}b\n\n\u{0}\n"
            case .marks: "# \u{301}\u{301}\n\n`\u{FFFD}`\r\r\n\r"
            }
        }
    }

    @Test("Hostile text is parsed in order, without overlap, inside the text", arguments: Hostile.allCases)
    func hostile(input: Hostile) {
        let document = parse(input.text)
        var end = 0
        for block in document.blocks {
            #expect(block.range.lowerBound >= end && !block.range.isEmpty)
            end = block.range.upperBound
        }
        #expect(end <= input.text.utf8.count)
    }

    @Test("Openings that are never closed are looked for once, not once each")
    func unclosed() {
        // Where each opening searched the rest of the text, this test would take minutes.
        let text = String(repeating: "<!--\n\n@Metadata {\n\n- ```\n\n", count: 20_000)
        #expect(!parse(text).blocks.isEmpty)
    }
}

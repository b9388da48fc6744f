import Base
import Documents
import Retrieval
import Testing

@Suite struct CodeAndTextParserTests {
    private func parse(_ text: String, _ kind: DocumentKind) -> Document {
        DocumentParser(diagnostics: DiagnosticCollector()).parse(text, id: DocumentID("a"), kind: kind, path: "a")
    }

    @Test("Code is cut at declarations, not at the blank lines inside them")
    func declarations() {
        let text = "import A\n\n/// Doc\nfunc f() {\n    a()\n\n    b()\n\n}\n\nlet x = 1\n"
        let document = parse(text, .code(language: "swift"))
        #expect(
            document.blocks.map { text.utf8Slice($0.range) } == [
                "import A", "/// Doc\nfunc f() {\n    a()\n\n    b()\n\n}", "let x = 1",
            ])
        #expect(document.blocks.allSatisfy { $0.kind == .code })
        #expect(document.metadata["language"] == "swift")
    }

    @Test("A long declaration is cut at its blank lines")
    func longDeclaration() {
        let group = String(repeating: "    line()\n", count: 100)
        let text = "class A {\n" + group + "\n" + group + "\n" + group + "}\n"
        #expect(parse(text, .code(language: "swift")).blocks.count == 3)
    }

    @Test("Text is cut at blank lines")
    func paragraphs() {
        let text = "  a\nb \r\n \t\r\nc"
        #expect(parse(text, .text).blocks.map { text.utf8Slice($0.range) } == ["a\nb", "c"])
    }

    @Test(
        "The kind comes from the name",
        arguments: [
            ("x/A.MD", DocumentKind.markdown), ("a.txt", .text), ("a.swift", .code(language: "swift")),
            ("corpus.jsonl", .collection), ("Makefile", .code(language: "make")), ("golden.jsonl", nil), ("a.png", nil),
            (".md", nil), ("LICENSE", nil),
        ] as [(String, DocumentKind?)])
    func kinds(path: String, kind: DocumentKind?) {
        #expect(DocumentKind(path: path) == kind)
    }
}

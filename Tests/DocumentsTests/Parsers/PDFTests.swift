import Base
import Foundation
import Processes
import Retrieval
import TestSupport
import Testing

@testable import Documents

@Suite struct PDFTextTests {
    private func blocks(_ output: String, isLaidOut: Bool = false) -> [String] {
        let parsed = PDFText.parse(output, isLaidOut: isLaidOut)
        return parsed.blocks.map { parsed.text.utf8Slice($0.range) }
    }

    @Test(
        "Paragraphs are joined from their lines",
        arguments: [
            ("The first line goes\non here.\n\nNext.\n\u{C}", ["The first line goes on here.", "Next."]),
            (
                "A word may be divi-\nded, but well-\nKnown is not.\n\u{C}",
                ["A word may be divided, but well- Known is not."]
            ),
            (
                "This sentence ends here, far on the right.\nShort end.\nAnother paragraph begins and is long.\n",
                ["This sentence ends here, far on the right. Short end.", "Another paragraph begins and is long."]
            ),
            (
                "Read on:\n• one thing\nand more\n• two\n1. three\n",
                ["Read on:", "• one thing and more", "• two", "1. three"]
            ),
            ("2.1 Results of the test\n\nThey were good.\n", ["2.1 Results of the test", "They were good."]),
            ("a  b\t c\n", ["a b c"]), ("", []), ("\u{C}\u{C}", []),
        ])
    func paragraphs(output: String, expected: [String]) {
        #expect(blocks(output) == expected)
    }

    @Test("A numbered line is a heading; rows of a table stay as they are laid out")
    func structure() {
        #expect(PDFText.parse("2.1 Results\n\nx y z\n", isLaidOut: false).blocks[0].kind == .heading(level: 2))
        let table = "Name      Degrees\nSencha    70\nAssam     95"
        let parsed = PDFText.parse(table + "\n\nText of\na paragraph.\n", isLaidOut: true)
        #expect(parsed.blocks.map(\.kind) == [.table, .paragraph])
        #expect(parsed.text == table + "\n\nText of a paragraph.")
    }

    @Test("Pages are kept, also empty ones; running heads and feet go")
    func pages() {
        let parsed = PDFText.parse("one\n\u{C}\u{C}three\n\u{C}", isLaidOut: false)
        #expect(parsed.text == "one\n\nthree")
        let document = Document(
            id: DocumentID("a"), title: "", text: parsed.text, blocks: [], pageStarts: parsed.pageStarts)
        #expect(document.page(at: 0) == 1)
        #expect(document.page(at: 5) == 3)
        let book = (1...6).map { "The Book of Tea\n\nText \($0) is here.\n\nPage \($0)\n" }.joined(separator: "\u{C}")
        let expected = ["The Book of Tea"] + (1...6).map { "Text \($0) is here." }
        #expect(blocks(book) == expected)
    }
}

@Suite(.enabled(if: executablePath(of: "pdftotext") != nil, "pdftotext is not installed"))
struct PDFFileTests {
    private func load(_ folder: String, _ diagnostics: DiagnosticCollector, _ choice: ParserChoice = .init())
        async throws -> [Document]
    {
        let loader = DocumentLoader(diagnostics: diagnostics)
        return try await loader.load(loader.find(["*.pdf"], base: folder), choice: choice)
    }

    @Test("A PDF has its pages, and its broken neighbours are one sentence each")
    func pages() async throws {
        try await withTemporaryDirectory { folder in
            let pages = [["Green tea steeps for", "two minutes."], ["Black tea takes four."]]
            try writeTestFile(Data(TinyPDF(pages: pages).bytes), to: "\(folder)/-tea.pdf")
            try writeTestFile(Data(TinyPDF(pages: pages, isEncrypted: true).bytes), to: "\(folder)/locked.pdf")
            try writeTestFile(Data(TinyPDF(pages: pages).bytes.prefix(200)), to: "\(folder)/cut.pdf")
            try writeTestFile("no PDF at all", to: "\(folder)/text.pdf")
            try writeTestFile("", to: "\(folder)/empty.pdf")
            try writeTestFile(Data(TinyPDF(pages: [[]]).bytes), to: "\(folder)/scan.pdf")
            let diagnostics = DiagnosticCollector()
            for choice in [ParserChoice(), ParserChoice(["pdf": "pdftotext -layout"])] {
                let documents = try await load(folder, diagnostics, choice)
                #expect(documents.map(\.id.rawValue) == ["-tea.pdf"])
                #expect(documents[0].text == "Green tea steeps for two minutes.\n\nBlack tea takes four.")
                #expect(documents[0].page(at: documents[0].text.utf8.count - 1) == 2)
                #expect(documents[0].metadata["kind"] == "pdf")
            }
            let files = ["cut.pdf", "empty.pdf", "locked.pdf", "scan.pdf", "text.pdf"]
            #expect(Set(diagnostics.all.compactMap(\.file)) == Set(files))
            #expect(diagnostics.all.count == 2 * files.count)
            #expect(diagnostics.all.first { $0.file == "locked.pdf" }?.message.contains("password") == true)
            #expect(diagnostics.all.first { $0.file == "scan.pdf" }?.message.contains("`parsers`") == true)
        }
    }
}

import Base
import Foundation
import Processes
import Retrieval
import TestSupport
import Testing

@testable import Documents

/// Reads scans with the very lines that docs/neo-yaml.md gives.
@Suite(
    .enabled(
        if: ["tesseract", "pdftoppm", "pdftotext"].allSatisfy { executablePath(of: $0) != nil },
        "tesseract or poppler is not installed"))
struct ScanTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../../..").standardized.path
    private static let pages = [
        ["Notice to mariners", "", "The light on Skerry is out until the end of March."],
        ["A new buoy, green and lit, marks the wreck of the Marta."],
    ]

    /// A folder with a page's picture, a PDF of pictures alone, and one whose first page has text.
    private func withScans(_ body: (_ folder: String) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let source = "\(folder)/source.bin"
            try writeTestFile(Data(TinyPDF(pages: Self.pages).bytes), to: source)
            for (option, name) in [("-png", "page"), ("-jpeg", "picture")] {
                let result = try await ChildProcess(
                    executable: "pdftoppm", arguments: ["-r", "200", option, source, "\(folder)/\(name)"]
                ).run()
                #expect(result.status == 0, "\(result.errorOutput)")
            }
            let pictures = try (1...2).map {
                Array(try Data(contentsOf: URL(filePath: "\(folder)/picture-\($0).jpg")))
            }
            // 200 dots an inch of A4, as pdftoppm rounds them.
            let scans = ScannedPDF(pages: pictures, width: 1653, height: 2339)
            try writeTestFile(Data(scans.bytes), to: "\(folder)/scan.pdf")
            try FileManager.default.moveItem(atPath: "\(folder)/page-1.png", toPath: "\(folder)/a $(x) page.png")
            try FileManager.default.copyItem(
                atPath: Self.root + "/examples/scans/ocr-pdf.sh", toPath: "\(folder)/ocr-pdf.sh")
            try await body(folder)
        }
    }

    private func load(_ folder: String, _ pattern: String, _ parsers: [String: [String]]) async throws
        -> ([Document], [Diagnostic])
    {
        let diagnostics = DiagnosticCollector()
        let loader = DocumentLoader(
            diagnostics: diagnostics, settings: try ParserSettings(parsers), folder: folder)
        return (try await loader.load(loader.find([pattern], base: folder)), diagnostics.all)
    }

    @Test func `A picture of a page is read`() async throws {
        try await withScans { folder in
            let (documents, diagnostics) = try await load(folder, "a*.png", ["png": ["tesseract {input} stdout"]])
            #expect(diagnostics == [])
            #expect(documents.map(\.id.rawValue) == ["a $(x) page.png"])
            #expect(documents.first?.text.contains("The light on Skerry is out until the end of March.") == true)
        }
    }

    @Test func `A PDF of pictures is read page by page`() async throws {
        try await withScans { folder in
            var (documents, diagnostics) = try await load(folder, "scan.pdf", [:])
            #expect(documents.isEmpty && diagnostics.first?.message.contains("sh ocr-pdf.sh {input}") == true)
            (documents, diagnostics) = try await load(folder, "scan.pdf", ["pdf": ["sh ocr-pdf.sh {input}"]])
            #expect(diagnostics == [])
            let document = try #require(documents.first)
            let place = try #require(document.text.firstRange(of: "marks the wreck"))
            let offset = document.text.utf8.distance(from: document.text.startIndex, to: place.lowerBound)
            #expect(document.page(at: offset) == 2)
            #expect(document.page(at: 0) == 1)
        }
    }

    @Test func `A PDF's own text is taken where there is some, and what is no PDF is one sentence`() async throws {
        try await withScans { folder in
            try writeTestFile(Data(TinyPDF(pages: Self.pages + [[]]).bytes), to: "\(folder)/text/a.pdf")
            try writeTestFile("no PDF", to: "\(folder)/text/b.pdf")
            let (documents, diagnostics) = try await load(folder, "text", ["pdf": ["sh ocr-pdf.sh {input}"]])
            #expect(documents.map(\.id.rawValue) == ["a.pdf"])
            #expect(documents.first?.text.hasSuffix("marks the wreck of the Marta.") == true)
            #expect(diagnostics.map(\.file) == ["text/b.pdf"])
            let wrong = try await load(folder, "scan.pdf", ["pdf": ["sh ocr-pdf.sh {input} xyz"]]).1
            #expect(wrong.first?.message.contains("xyz.traineddata") == true, "\(wrong)")
        }
    }

    @Test func `These are the lines of the manual`() throws {
        let manual = try String(contentsOfFile: Self.root + "/docs/neo-yaml.md", encoding: .utf8)
        for line in ["png: tesseract {input} stdout", "pdf: sh ocr-pdf.sh {input}"] { #expect(manual.contains(line)) }
    }
}

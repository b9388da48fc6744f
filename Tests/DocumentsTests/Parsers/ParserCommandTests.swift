import Base
import Foundation
import Retrieval
import Storage
import TestSupport
import Testing

@testable import Documents

@Suite struct ParserCommandTests {
    @Test("A command is split without a shell, and the path stays one argument")
    func arguments() throws {
        let command = try ParserCommand("tool --name='a b' \"x y\" --in={input} {output}/o $(id) ;")
        #expect(command.executable == "tool")
        #expect(
            command.arguments(input: "/a b/{output}; rm -rf *.docx", output: "/t") == [
                "--name=a b", "x y", "--in=/a b/{output}; rm -rf *.docx", "/t/o", "$(id)", ";",
            ])
    }

    @Test(
        "What is no command is refused with a sentence",
        arguments: ["", "{input}", "tool", "tool 'input}", "tool '{input}", "tool {Input}"])
    func refused(template: String) {
        let error = #expect(throws: DocumentsError.self) { try ParserCommand(template) }
        #expect(error?.code == .badParser)
    }

    @Test(
        "Settings are checked",
        arguments: [
            (["html": ["mian"]], "\"main\", \"full\""), (["pdf": []], "empty list"),
            (["md": ["x {input}"]], "by Neo itself"),
            ([".docx": ["x {input}"]], "suffix"), (["docx": ["markitdown"]], "{input}"),
        ] as [([String: [String]], String)])
    func settings(named: [String: [String]], sentence: String) {
        let error = #expect(throws: DocumentsError.self) { try ParserSettings(named) }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
    }

    @Test("Office files go to the converter that is installed, and a project's parsers replace the usual ones")
    func choice() throws {
        let usual = ParserSettings.usual
        #expect(usual.parsers(of: "docx", isInstalled: { $0 == "docling" }).map(\.executable) == ["docling"])
        #expect(usual.parsers(of: "docx", isInstalled: { _ in false }).map(\.executable) == ["markitdown"])
        #expect(usual.parsers(of: "html").map(\.name) == ["main", "full"])
        let own = try ParserSettings(["html": ["full", "pandoc -t markdown {input}"], "png": ["ocr {input}"]])
        #expect(own.parsers(of: "html").map(\.name) == ["full", "pandoc -t markdown {input}"])
        #expect(own.foreignFormats == ["png"])
    }

    private func load(
        _ folder: String, _ parsers: [String: [String]], _ pattern: String = "*", cache: StageCache? = nil,
        onParse: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> ([Document], [Diagnostic]) {
        let diagnostics = DiagnosticCollector()
        let loader = DocumentLoader(
            diagnostics: diagnostics, settings: try ParserSettings(parsers), cache: cache, onParse: onParse)
        return (try await loader.load(loader.find([pattern], base: folder)), diagnostics.all)
    }

    @Test("What a program prints is the text; names that look like options or shell words do no harm")
    func output() async throws {
        try await withTemporaryDirectory { folder in
            let name = "-a $(touch x) ;b.docx"
            try writeTestFile("# Title\n\nbody of it\n", to: folder + "/" + name)
            let (documents, diagnostics) = try await load(folder, ["docx": ["cat {input}"]], "*.docx")
            #expect(documents.map(\.id.rawValue) == [name])
            #expect(documents.first?.title == "Title")
            #expect(documents.first?.blocks.map(\.kind) == [.heading(level: 1), .paragraph])
            #expect(diagnostics == [])
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files == [name])
        }
    }

    @Test("A program may write into a folder instead")
    func folderOutput() async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("text in a file", to: "\(folder)/a.odt")
            let (documents, _) = try await load(folder, ["odt": ["cp {input} {output}/out.md"]])
            #expect(documents.map(\.text) == ["text in a file"])
        }
    }

    @Test(
        "A program that is missing, fails or prints nothing is one sentence",
        arguments: [
            ("no-such-program {input}", "not installed"), ("false {input}", "code 1"), ("true {input}", "no text"),
            ("cp {input} /nowhere/at/all", "nowhere"), ("true {input} {output}", "wrote no text"),
        ])
    func failures(template: String, sentence: String) async throws {
        try await withTemporaryDirectory { folder in
            try writeTestFile("x", to: "\(folder)/a.docx")
            try writeTestFile("fine", to: "\(folder)/b.md")
            let (documents, diagnostics) = try await load(folder, ["docx": [template]])
            #expect(documents.map(\.id.rawValue) == ["b.md"])
            #expect(diagnostics.map(\.file) == ["a.docx"])
            #expect(diagnostics.first?.message.contains(sentence) == true, "\(diagnostics)")
        }
    }

    @Test("A program that never ends is ended, and one that prints without end is refused")
    func limits() async throws {
        let sleeper = ProgramParser(
            executable: "sleep", arguments: { _, _ in ["60"] }, writesFiles: false, timeLimitSeconds: 0.2)
        var error = await #expect(throws: DocumentsError.self) { _ = try await sleeper.text(of: "x") }
        #expect(error?.message.contains("did not end") == true)
        let talker = ProgramParser(
            executable: "seq", arguments: { _, _ in ["100000"] }, writesFiles: false, outputLimit: 1_000)
        error = await #expect(throws: DocumentsError.self) { _ = try await talker.text(of: "x") }
        #expect(error?.message.contains("more than") == true)
    }

    @Test("Only a changed file is parsed again, and only a changed parser parses all again")
    func incremental() async throws {
        try await withTemporaryDirectory { folder in
            let cache = StageCache(directory: folder + "/cache", diagnostics: DiagnosticCollector())
            func parsed(_ parsers: [String: [String]] = ["docx": ["cat {input}"]]) async throws -> [String] {
                let names = Collected<String>()
                let (documents, _) = try await load(folder, parsers, "docs", cache: cache, onParse: names.add)
                #expect(
                    documents.count
                        == (try FileManager.default.contentsOfDirectory(atPath: folder + "/docs").count))
                return names.all.sorted()
            }
            for number in 0..<8 {
                try writeTestFile("<p>page \(number) of it", to: "\(folder)/" + "docs/\(number).html")
            }
            try writeTestFile("office text", to: "\(folder)/docs/a.docx")
            #expect(try await parsed().count == 9)
            #expect(try await parsed() == [])
            try writeTestFile("<p>page 3 was changed", to: "\(folder)/docs/3.html")
            #expect(try await parsed() == ["docs/3.html"])
            try FileManager.default.removeItem(atPath: folder + "/docs/4.html")
            #expect(try await parsed() == [])
            try writeTestFile("<p>a new page", to: "\(folder)/docs/9.html")
            #expect(try await parsed() == ["docs/9.html"])
            #expect(try await parsed(["docx": ["cat -- {input}"]]) == ["docs/a.docx"])
        }
    }

    @Test("The version of pdftotext is part of its name: it can be asked inside walls")
    func pdfToTextVersion() async {
        #expect(await ParserIdentity(of: .pdfToText(layout: false), folder: nil).text.contains("pdftotext version "))
    }

    @Test("A program that was installed anew, or a script that was changed, is another parser")
    func identity() async throws {
        try await withTemporaryDirectory { folder in
            func identity() async throws -> ParserIdentity {
                let parser = try FileParser(name: "./converter script.py {input}", format: "docx")
                return await ParserIdentity(of: parser, folder: folder)
            }
            func install(secondsSince1970: Double) throws {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: secondsSince1970)],
                    ofItemAtPath: folder + "/converter")
            }
            try writeTestFile("exec python3 $*", to: folder + "/converter")
            try writeTestFile("print(1)", to: folder + "/script.py")
            try install(secondsSince1970: 1_700_000_000)
            let first = try await identity()
            #expect(try await identity() == first)
            try install(secondsSince1970: 1_700_000_001)
            let second = try await identity()
            #expect(second != first)
            try writeTestFile("print(2)", to: folder + "/script.py")
            #expect(try await identity() != second)
        }
    }

    @Test("A damaged entry of what a program made is made again, and kept again")
    func damagedEntries() async throws {
        try await withTemporaryDirectory { folder in
            let findings = DiagnosticCollector()
            let cache = StageCache(directory: folder + "/cache", diagnostics: findings)
            func parsed() async throws -> (names: [String], documents: [Document]) {
                let names = Collected<String>()
                let (documents, _) = try await load(
                    folder, ["docx": ["cat {input}"]], "docs", cache: cache, onParse: names.add)
                return (names.all.sorted(), documents)
            }
            for name in ["a", "b", "c"] { try writeTestFile("text of \(name)", to: "\(folder)/docs/\(name).docx") }
            let first = try await parsed()
            #expect(first.names.count == 3)
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder + "/cache")
                .map { folder + "/cache/" + $0 }.filter { (try? FileStatus(of: $0))?.kind == .file }
            #expect(files.count == 3)
            var bytes = try Data(contentsOf: URL(filePath: files[0]))
            bytes[bytes.count - 3] ^= 0x20
            try bytes.write(to: URL(filePath: files[0]))
            try Data(bytes.prefix(10)).write(to: URL(filePath: files[1]))
            let second = try await parsed()
            #expect(second.names.count == 2 && second.documents == first.documents)
            #expect(findings.all.count == 2 && findings.all.allSatisfy { $0.message.contains("damaged") })
            #expect(try await parsed().names == [])
        }
    }
}

internal import Base
internal import Documents
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Recognises the format of a data set and reads it.
struct ImportSource {
    private let path: String
    private let diagnostics: DiagnosticCollector

    init(_ path: String, diagnostics: DiagnosticCollector) {
        self.path = path
        self.diagnostics = diagnostics
    }

    /// The collection that the set brings, if it does.
    var collection: String? {
        let corpus = path + "/corpus.jsonl"
        return FileManager.default.fileExists(atPath: corpus) ? corpus : nil
    }

    /// Reads the questions.
    func read() throws -> ImportedSet {
        var isFolder = false
        guard let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType else {
            throw EngineerError(code: .invalidRequest, message: "There is no \(path) to import. Check the path.")
        }
        isFolder = type == .typeDirectory || (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
        let questions = "\(path)/\(AutoRAGFolder.questions)"
        if isFolder, FileManager.default.fileExists(atPath: questions) {
            var set = try ImportSource(questions, diagnostics: diagnostics).read()
            set.format = "AutoRAG"
            return set
        }
        if isFolder { return try BEIRFolder(path, diagnostics: diagnostics).read() }
        switch path.split(separator: ".").last?.lowercased() {
        case "csv", "tsv": return try readTable()
        case "json": return try readList()
        case "jsonl", "ndjson": return try readLines()
        default:
            throw EngineerError(
                code: .invalidRequest,
                message: "The format of \(path) is not known. Import a BEIR folder, or a .jsonl, .json or .csv file."
            )
        }
    }

    private func readLines() throws -> ImportedSet {
        var set = ImportedSet(format: "JSONL")
        try InputFile.readLines(of: path) { number, line in
            let bytes = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
            guard bytes.contains(where: { $0 > 0x20 }) else { return true }
            guard let row = try? JSONValue(parsing: Data(bytes)), let members = row.object else {
                warn("The line is no JSON object, and is left out.", number)
                set.drop("not a JSON object")
                return true
            }
            if members["_evalset"] != nil {
                set.format = "context-grid"
            } else {
                if members["user_input"] != nil || members["ground_truth"] != nil { set.format = "ragas" }
                add(members, number, to: &set)
            }
            return true
        }
        return set
    }

    private func readList() throws -> ImportedSet {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: Data(try InputFile.read(path, limit: 1_000_000_000)))
        } catch let error as DocumentsError {
            throw error
        } catch {
            throw EngineerError(code: .invalidRequest, message: "\(path) is not valid JSON.", cause: error)
        }
        let lists = ["samples", "data", "questions", "items", "test_cases"].lazy.compactMap { value[$0]?.array }
        guard let rows = value.array ?? lists.first else {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(path) holds no list of questions: a JSON list of objects is expected, as ragas writes it."
            )
        }
        var set = ImportedSet(format: "JSON list")
        for (position, row) in rows.enumerated() {
            guard let members = row.object else {
                set.drop("not a JSON object")
                continue
            }
            if members["user_input"] != nil || members["ground_truth"] != nil { set.format = "ragas" }
            add(members, position + 1, to: &set)
        }
        return set
    }

    private func readTable() throws -> ImportedSet {
        var set = ImportedSet(format: "CSV")
        var header: [String]?
        var reader: CSVReader?
        let row: (Int, [String]) -> Void = { line, fields in
            guard let names = header else {
                header = fields
                return
            }
            guard fields.count <= names.count else {
                warn("The row has \(fields.count) fields, the header \(names.count); it is left out.", line)
                set.drop("more fields than the header")
                return
            }
            let pairs = zip(names, fields).map { ($0, JSONValue.string($1)) }
            add(Dictionary(pairs) { first, _ in first }, line, to: &set)
        }
        var isBinary = false
        try InputFile.readPieces(of: path) { piece in
            isBinary = piece.contains(0)
            guard !isBinary else { return false }
            var own = reader ?? CSVReader(separator: CSVReader.separator(of: piece.prefix { $0 != 0x0A }))
            // Else the field that is open would be copied at every piece.
            reader = nil
            own.read(piece, row: row)
            reader = own
            return true
        }
        guard !isBinary else {
            throw EngineerError(
                code: .invalidRequest, message: "\(path) is binary: save the table as CSV in UTF-8, and import that.")
        }
        if let line = reader?.finish(row: row) {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(path):\(line): a quoted field of this row never ends: close it with a quotation mark."
            )
        }
        guard let names = header, LooseRow(Dictionary(names.map { ($0, "x") }) { first, _ in first }).question != nil
        else {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(path):1: no column is called question, query, user_input or q. The first line names them."
            )
        }
        return set
    }

    private func add(_ members: [String: JSONValue], _ line: Int, to set: inout ImportedSet) {
        if let entry = LooseRow(members).entry(line: line) {
            set.add(entry)
        } else {
            warn("The row has no question, and is left out.", line)
            set.drop("no question")
        }
    }

    private func warn(_ sentence: String, _ line: Int) {
        diagnostics.add(Diagnostic(.warning, sentence, file: path, line: line))
    }
}

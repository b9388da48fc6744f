internal import Base
package import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A file of answers, or of labels: one JSON object `{id, question, answer, …}` a line.
package enum JudgedAnswerFile {
    private static let largestBytes = 100_000_000
    private static let words: [String: Double] = [
        "correct": 1, "incorrect": 0, "partly_correct": 0.5, "right": 1, "wrong": 0, "yes": 1, "no": 0, "true": 1,
        "false": 0, "supported": 1, "partly_supported": 0.5, "unsupported": 0, "relevant": 1, "partly_relevant": 0.5,
        "irrelevant": 0,
    ]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - golden: gives rows without `answers` those of the golden question of the same id.
    ///   - needsLabels: whether a row without a label is an error.
    /// - Throws: `EngineerError` with a sentence for every bad row.
    package static func read(
        _ path: String, golden: [String: GoldenQuestion] = [:], needsLabels: Bool
    ) throws(EngineerError) -> [JudgedAnswer] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw EngineerError(code: .invalidRequest, message: "\(path) cannot be read: is there such a file?")
        }
        guard data.count <= largestBytes else {
            throw EngineerError(
                code: .invalidRequest,
                message: "\(path) has \(data.count / 1_000_000) MB, and the limit is \(largestBytes / 1_000_000) MB.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw EngineerError(code: .invalidRequest, message: "\(path) is not UTF-8: save it with that encoding.")
        }
        return try parse(text, file: path, golden: golden, needsLabels: needsLabels)
    }

    /// Reads rows.
    static func parse(
        _ text: String, file: String, golden: [String: GoldenQuestion] = [:], needsLabels: Bool
    ) throws(EngineerError) -> [JudgedAnswer] {
        var answers: [JudgedAnswer] = []
        var (lines, problems): ([String: Int], [String]) = ([:], [])
        let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, row) in rows.enumerated() where row.contains(where: { !$0.isWhitespace && $0 != "\u{FEFF}" }) {
            do throws(Problem) {
                let answer = try answer(String(row.drop { $0 == "\u{FEFF}" }), golden, needsLabels: needsLabels)
                if let first = lines[answer.item.id] {
                    throw Problem("the id \"\(answer.item.id)\" is that of line \(first) already")
                }
                lines[answer.item.id] = index + 1
                answers.append(answer)
            } catch {
                problems.append("\(file):\(index + 1): error: \(error.sentence).")
            }
        }
        if problems.isEmpty, answers.isEmpty { problems = ["\(file) has no rows."] }
        guard problems.isEmpty else {
            let more = problems.count > 20 ? "\n… and \(problems.count - 20) more" : ""
            throw EngineerError(
                code: .invalidRequest, message: problems.prefix(20).joined(separator: "\n") + more)
        }
        return answers
    }

    private struct Problem: Error {
        var sentence: String
        init(_ sentence: String) { self.sentence = sentence }
    }

    private static func answer(
        _ text: String, _ golden: [String: GoldenQuestion], needsLabels: Bool
    ) throws(Problem) -> JudgedAnswer {
        guard let row = (try? JSONValue(parsing: text))?.object else {
            throw Problem("the row is no JSON object; write {\"id\": …, \"question\": …, \"answer\": …}")
        }
        guard let id = row["id"]?.string ?? row["id"]?.integer.map(String.init), !id.isEmpty else {
            throw Problem("the row has no \"id\"")
        }
        let known = golden[id]
        guard let question = row["question"]?.string ?? known?.question else {
            throw Problem("the row has no \"question\", and no golden question has the id \"\(id)\"")
        }
        guard let answer = row["answer"]?.string else { throw Problem("the row has no \"answer\"") }
        let item = JudgeItem(
            id: id, question: question, answer: answer,
            goldenAnswers: try texts("answers", row) ?? known?.answers ?? [], passages: try texts("passages", row) ?? []
        )
        let label = try label(row)
        if needsLabels, label == nil {
            throw Problem("the row has no \"label\"; write \"correct\", \"incorrect\" or a score from 0 to 1")
        }
        return JudgedAnswer(item, writer: row["model"]?.string, label: label)
    }

    private static func texts(_ key: String, _ row: [String: JSONValue]) throws(Problem) -> [String]? {
        guard let value = row[key], value != .null else { return nil }
        guard let texts = value.array?.map(\.string), !texts.contains(nil) else {
            throw Problem("\"\(key)\" is not a list of texts")
        }
        return texts.compactMap(\.self)
    }

    private static func label(_ row: [String: JSONValue]) throws(Problem) -> Double? {
        guard let value = row["label"], value != .null else { return nil }
        let score = value.number ?? value.bool.map { $0 ? 1 : 0 } ?? value.string.flatMap { words[$0.lowercased()] }
        guard let score, (0...1).contains(score) else {
            throw Problem(
                "the label \(value.canonicalText) is neither \"correct\" nor \"incorrect\" nor a score from 0 to 1")
        }
        return score
    }

    /// Whether there is such a file.
    package static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The golden questions of a project by id; none where it has no such file yet.
    package static func golden(of project: Project) throws -> [String: GoldenQuestion] {
        let path = project.path(project.file.golden)
        guard exists(path) else { return [:] }
        let set = try GoldenSet(path: path, file: project.file.golden, diagnostics: DiagnosticCollector())
        return Dictionary(set.questions.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Writes a file whole.
    package static func write(_ answers: [JudgedAnswer], to path: String) throws(EngineerError) {
        try AtomicFile.write(answers.map { $0.json.canonicalText + "\n" }.joined(), to: path)
    }
}

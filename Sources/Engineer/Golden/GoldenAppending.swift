internal import Base
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Adds rows to a project's golden file, and takes out those that it added; every other byte stays as it is.
struct GoldenAppending {
    private let project: Project
    private var path: String { project.path(project.file.golden) }

    init(_ project: Project) {
        self.project = project
    }

    /// Writes the row of a proposal, unless a process that died has written it already. The example that `neo new` writes
    /// goes.
    func append(_ proposal: GoldenProposal) throws -> GoldenQuestion {
        var lines = try lines()
        let known = try questions(lines)
        if let same = known.first(where: { $0 == proposal.row($0.id) }) { return same }
        lines.removeAll { GoldenExample.isLine($0) }
        let taken = Set(known.map(\.id))
        var id = proposal.id
        var number = 2
        while taken.contains(id) {
            id = "\(proposal.id)-\(number)"
            number += 1
        }
        let row = proposal.row(id)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        lines.append(row.json.canonicalText)
        try write(lines)
        return row
    }

    /// Takes a row out.
    ///
    /// - Throws: `EngineerError` where somebody has changed it; none where it is gone already.
    func remove(_ id: String, text: String) throws {
        var lines = try lines()
        guard let place = lines.firstIndex(where: { (try? JSONValue(parsing: $0))?["id"]?.string == id }) else {
            return
        }
        guard (try? JSONValue(parsing: lines[place]).canonicalText) == text else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "Nothing was written: the row \(id) of \(project.file.golden) was changed since it was accepted. "
                    + "Change or remove it there.")
        }
        lines.remove(at: place)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        try write(lines)
    }

    /// The rows that are there, without the example.
    func questions() throws -> [GoldenQuestion] { try questions(try lines()) }

    private func lines() throws(EngineerError) -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        guard data.count <= 100_000_000, let text = String(validating: data, as: UTF8.self) else {
            throw EngineerError(
                code: .invalidGoldenSet,
                message: "\(path) is not UTF-8, or larger than 100 MB: nothing can be added to it.")
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func questions(_ lines: [String]) throws -> [GoldenQuestion] {
        let own = lines.filter { !GoldenExample.isLine($0) }
        guard own.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else { return [] }
        do {
            return try GoldenSet(
                parsing: own.joined(separator: "\n"), file: project.file.golden, diagnostics: DiagnosticCollector()
            ).questions
        } catch let error as RAGError {
            throw EngineerError(
                code: .invalidGoldenSet,
                message: "Nothing can be added to \(project.file.golden) before its rows are mended:\n" + error.message)
        }
    }

    private func write(_ lines: [String]) throws(EngineerError) {
        try AtomicFile.write(lines.joined(separator: "\n") + (lines.isEmpty ? "" : "\n"), to: path)
    }
}

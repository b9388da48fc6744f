internal import Base
internal import Documents
internal import RAG
internal import Retrieval
internal import Storage

/// Looks at single documents of a project, for people who decide of questions: only the file that is asked for is read.
package struct GoldenDocuments: Sendable {
    /// A quote with what stands around it.
    package struct Passage: Sendable, Hashable {
        package let document: String
        /// The line of the quote, from 1.
        package let line: Int
        /// What stands before the quote in its part of the document.
        package let before: String
        package let quote: String
        package let after: String
        /// The headings above it, the outermost first.
        package let headings: [String]
    }

    /// So much text, in bytes, goes with a quote on each side.
    private static let reach = 500

    private let project: Project

    /// The documents of a project.
    package init(_ project: Project) {
        self.project = project
    }

    /// The passage of a proposal's evidence as the document is now; nil where document or quote are gone.
    package func passage(of evidence: GoldenProposal.Evidence) async throws -> Passage? {
        guard let document = try await document(evidence.document) else { return nil }
        let found = await EvidenceResolver(documents: [document]).ranges(of: evidence.quote, in: document.id.rawValue)
        // Of several places the one that was meant is the nearest.
        let lines = LineIndex(document.text)
        guard
            let range = found.min(by: {
                abs(lines.line(at: $0.lowerBound) - evidence.line) < abs(lines.line(at: $1.lowerBound) - evidence.line)
            })
        else { return nil }
        let section = document.section(around: range.lowerBound)
        let start = max(section.lowerBound, range.lowerBound - Self.reach)
        let end = min(max(section.upperBound, range.upperBound), range.upperBound + Self.reach)
        return Passage(
            document: document.id.rawValue, line: lines.line(at: range.lowerBound),
            before: (start > section.lowerBound ? "…" : "") + document.text.utf8Slice(start..<range.lowerBound),
            quote: document.text.utf8Slice(range),
            after: document.text.utf8Slice(range.upperBound..<end) + (end < section.upperBound ? "…" : ""),
            headings: document.headings(above: range.lowerBound))
    }

    private func document(_ name: String) async throws -> Document? {
        try project.prepareStateFolder()
        let diagnostics = DiagnosticCollector()
        let cache = StageCache(
            directory: project.cachePath, limitBytes: Workspace.cacheBytes, diagnostics: diagnostics)
        let loader = DocumentLoader(
            diagnostics: diagnostics, settings: project.file.parsers, folder: project.folder, cache: cache)
        guard let files = try? loader.find(project.file.documents, base: project.folder) else { return nil }
        let own = files.filter { $0.id.rawValue == name }
        if let document = try await loader.load(own).first(where: { $0.id.rawValue == name }) { return document }
        // A document of a collection has no file of its own.
        let collections = files.filter { $0.path.hasSuffix(".jsonl") || $0.path.hasSuffix(".ndjson") }
        return try await loader.load(collections).first { $0.id.rawValue == name }
    }
}

extension Document {
    /// The texts of the headings above a place, the outermost first.
    func headings(above offset: Int) -> [String] {
        var path: [(level: Int, text: String)] = []
        for block in blocks where block.range.lowerBound <= offset {
            guard case .heading(let level) = block.kind else { continue }
            path.removeAll { $0.level >= level }
            path.append((level, PlainText.of(heading: text.utf8Slice(block.range))))
        }
        return path.map(\.text)
    }

    /// The part between the headings around a place.
    func section(around offset: Int) -> Range<Int> {
        var (start, end) = (0, text.utf8.count)
        for block in blocks {
            guard case .heading = block.kind else { continue }
            if block.range.lowerBound <= offset {
                start = min(block.range.upperBound, offset)
            } else {
                end = min(end, block.range.lowerBound)
            }
        }
        return start..<max(start, end)
    }
}

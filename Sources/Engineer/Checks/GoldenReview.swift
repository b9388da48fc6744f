internal import AutoML
package import Base
package import RAG
internal import Retrieval
internal import Statistics
internal import Storage

/// What can be said about a project's golden questions before anything is measured with them: the work of `neo check`.
package struct GoldenReview: Sendable {
    /// Two configurations that differ at all differ by about so much on a question, where nothing was measured yet.
    private static let usualDeviation = 0.3

    package let questions: Int
    package let answerable: Int
    package let quotes: Int
    package let resolvedQuotes: Int
    package private(set) var findings: [GoldenFinding]
    /// The smallest mean difference that these questions can show, paired, with a power of 80 %.
    package let detectable: Double
    /// The standard deviation of the differences that `detectable` stands on.
    package let deviation: Double
    /// Whether that was measured, by the last search, or is what is usual.
    package let isMeasured: Bool
    /// What was wrong with the documents.
    package let diagnostics: [Diagnostic]
    private let project: String

    /// Also looks for passages of other documents that answer in other words, with the default configuration and the
    /// project's encoder.
    @concurrent
    package func withParaphrases(_ project: Project, ports: Workspace.Ports) async throws -> GoldenReview {
        let workspace = try await Workspace.open(project, ports: ports)
        let configuration = try PipelineConfiguration(try workspace.space().default)
        guard let name = workspace.encoders.names.first,
            let encoder = try await workspace.encoders.model(name, parameter: "encoder")
        else {
            throw EngineerError(
                code: .invalidRequest,
                message:
                    "--paraphrases compares texts by their vectors, and neo.yaml says `encoder: none`. Name an encoder there."
            )
        }
        let golden = try GoldenSet(
            path: project.path(project.file.golden), file: project.file.golden, diagnostics: DiagnosticCollector())
        let pipeline = try await workspace.library.pipeline(configuration)
        var review = self
        review.findings += try await ParaphraseSearch(pipeline, encoder: encoder).findings(golden.questions)
        return review
    }

    /// Reads questions and documents, and looks them over. No encoder is needed.
    @concurrent
    package static func run(
        _ project: Project, onParsing: @escaping @Sendable (_ file: String) -> Void = { _ in }
    ) async throws -> GoldenReview {
        try project.prepareStateFolder()
        let diagnostics = DiagnosticCollector()
        let cache = StageCache(
            directory: project.cachePath, limitBytes: Workspace.cacheBytes, diagnostics: diagnostics)
        let all = try await ProjectDocuments(project, cache: cache, diagnostics: diagnostics, onParse: onParsing)
        let documents = all.documents
        for remark in ProjectAccess(all, rules: project.file.access).remarks { diagnostics.add(remark) }
        let (rows, places) = (DiagnosticCollector(), DiagnosticCollector())
        let golden = try GoldenSet(
            path: project.path(project.file.golden), file: project.file.golden, diagnostics: rows)
        let resolved = await EvidenceResolver(documents: documents).resolve(golden, diagnostics: places)
        let checked = GoldenCheck(golden.questions, documents: documents).findings()
        let measured = lastDeviation(project)
        let deviation = measured ?? usualDeviation
        return GoldenReview(
            questions: golden.questions.count, answerable: golden.questions.count(where: \.isAnswerable),
            quotes: resolved.quotes, resolvedQuotes: resolved.resolvedQuotes,
            findings: findings(.row, rows) + findings(.unresolved, places) + checked
                + language(of: documents, project),
            detectable: detectableDifference(deviation: deviation, items: max(resolved.measurable.count, 1)),
            deviation: deviation, isMeasured: measured != nil, diagnostics: diagnostics.all, project: project.file.name
        )
    }

    private static func findings(_ kind: GoldenFinding.Kind, _ collected: DiagnosticCollector) -> [GoldenFinding] {
        collected.all.filter { $0.severity != .note }.map { diagnostic in
            let place = diagnostic.line.map { "line \($0): " } ?? ""
            return GoldenFinding(kind, diagnostic.severity, place + diagnostic.message)
        }
    }

    /// How much winner and default of the last search differed from question to question.
    private static func lastDeviation(_ project: Project) -> Double? {
        guard let results = try? ReportArchive.read(project), results.questions.count > 1 else { return nil }
        let differences = results.questions.map { $0.score - $0.baseline }
        let mean = differences.reduce(0, +) / Double(differences.count)
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Double(differences.count - 1)).squareRoot()
        return deviation > 0 ? deviation : nil
    }

    /// Models of the catalogue were made for English; of others nothing is known.
    private static func language(of documents: [Document], _ project: Project) -> [GoldenFinding] {
        let english = project.file.encoders.filter { $0.source == .store("all-minilm-l6-v2") }.map(\.name)
        let known = documents.compactMap(\.language)
        let foreign = known.filter { $0 != "en" }
        guard let name = english.first, foreign.count * 2 > known.count else { return [] }
        let commonest = Dictionary(grouping: foreign) { $0 }.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
        return [
            GoldenFinding(
                .language, .warning,
                "\(foreign.count) of \(documents.count) documents are not in English (most: \(commonest?.key ?? "")), and "
                    + "\(name) was trained on English. Name a multilingual encoder under `encoder`, and `text: "
                    + "{language: auto}`.")
        ]
    }

    /// Whether anything must be mended.
    package var hasErrors: Bool { findings.contains { $0.severity == .error } }

    /// The review as one object.
    package var json: JSONValue {
        get throws {
            [
                "project": .string(project), "questions": .integer(questions), "answerable": .integer(answerable),
                "quotes": .integer(quotes), "resolvedQuotes": .integer(resolvedQuotes),
                "findings": try JSONValue(encoding: findings),
                "detectableDifference": [
                    "value": .number(detectable), "power": 0.8, "significance": 0.05, "deviation": .number(deviation),
                    "measured": .bool(isMeasured),
                ],
            ]
        }
    }

    /// The review for people.
    package var text: String {
        let count =
            "\(project): \(questions) questions, \(answerable) of them answerable; \(resolvedQuotes) of \(quotes) quotes "
            + "stand in their documents"
        let lines = findings.map { "\($0.severity.rawValue): \($0.kind.rawValue): \($0.message)" }
        let source =
            isMeasured
            ? "as far as the last search's winner and default differ on a question"
            : "if two systems differ by \(Rounding.text(deviation)) on a question, which is usual"
        let power =
            "These questions show a difference of \(Rounding.text(detectable)) in four of five comparisons (\(source)). To "
            + "show \(Rounding.text(detectable / 2)), \(itemsNeeded(toDetect: detectable / 2, deviation: deviation)) "
            + "answerable ones are needed."
        return ([count] + lines + [findings.isEmpty ? "Nothing to mend." : nil, power].compactMap { $0 })
            .joined(separator: "\n")
    }
}

internal import ArgumentParser
internal import Base
internal import Engineer
internal import RAG

struct Ask: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer a question from the documents, with quotes and their places.",
        discussion: """
            Example:
              neo ask "How do I stop a server without dropping requests?" my-docs

              neo ask "How do I stop a server?" my-docs --generator smollm2-135m-instruct

            Uses the winner of the last search; before the first search, the default configuration. With
            --generator a language model writes the answer from the passages and cites them: a model of this
            machine (`neo models pull`), ENDPOINT/MODEL of config.yaml, or the role `generator`.
            """
    )

    @Argument(help: "The question.")
    var question: String

    @OptionGroup var project: ProjectArgument

    @Option(help: "How many passages to look at.")
    var limit = 10

    @Option(
        help: "The language model that writes the answer; `none` for quotes. As the last search chose, if left out.")
    var generator: String?

    @OptionGroup var recording: RecordingOptions

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !question.allSatisfy(\.isWhitespace) else { throw ValidationError("The question is empty.") }
        guard (1...100).contains(limit) else { throw ValidationError("--limit must be from 1 to 100.") }
    }

    func run() async throws {
        let progress = ProgressLine(quiet: output.quiet)
        let opened = try Project(opening: project.project)
        let answer = try await MachineLanguageModels.with(for: opened, mode: recording.mode, showing: progress) {
            models in
            let workspace = try await Workspace.open(
                opened, ports: .machine(models: models))
            return try await Release.open(workspace, answering: models.answering(generator))
                .answer(Query(question, limit: limit))
        }
        progress.finish()
        try output.render(JSONValue(encoding: answer)) { Self.text(answer) }
    }

    private static func text(_ answer: Answer) -> String {
        var lines: [String] = []
        if answer.abstained {
            lines.append("No answer: \(answer.reason ?? "The evidence is weak.")")
            lines.append("The nearest passages:")
            for passage in answer.passages.prefix(3) { lines.append("  \(place(passage))") }
        }
        if let generated = answer.generated {
            lines.append(Terminal.harmless(generated.text))
            lines.append("")
            lines += sources(answer, generated)
            return lines.joined(separator: "\n")
        }
        for quote in answer.quotes {
            lines.append(Terminal.harmless(quote.text))
            if answer.passages.indices.contains(quote.passage) {
                lines.append(Terminal.dim("    — \(place(answer.passages[quote.passage], quote: quote))"))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Where the numbers in a written answer lead, and what is wrong with it.
    private static func sources(_ answer: Answer, _ generated: GeneratedText) -> [String] {
        var lines: [String] = []
        for citation in generated.citations {
            let position = citation.number - 1
            guard answer.passages.prefix(generated.readPassages).indices.contains(position) else {
                lines.append("[\(citation.number)] There is no such passage.")
                continue
            }
            let quote = answer.quotes.first { $0.passage == position }
            let doubt = citation.isSupported ? "" : "  (does not hold what is said)"
            lines.append("[\(citation.number)] \(place(answer.passages[position], quote: quote))\(doubt)")
            if let quote { lines.append(Terminal.dim("    \(Terminal.harmless(quote.text))")) }
        }
        if generated.citations.isEmpty { lines.append("The answer names no passage.") }
        if generated.isUnsupported { lines.append("Careful: the passages do not support all of this answer.") }
        if generated.isCut { lines.append("The answer was cut off at its greatest length.") }
        lines.append(Terminal.dim("Written by \(Terminal.harmless(generated.model))."))
        return lines
    }

    /// `file:line`, or the page; of a text that was read out of its file, only the file.
    private static func place(_ passage: RetrievedPassage, quote: Answer.Quote? = nil) -> String {
        let headings = passage.headings.joined(separator: " › ")
        let isFile = ["markdown", "text", "code", "collection"].contains(passage.metadata["kind"]?.string ?? "text")
        let page = quote.map { passage.page(of: $0.text) } ?? passage.page
        let place = page.map { ", page \($0)" } ?? (isFile ? ":\(quote?.line ?? passage.line)" : "")
        return Terminal.harmless("\(passage.document)\(place)\(headings.isEmpty ? "" : "  \(headings)")")
    }
}

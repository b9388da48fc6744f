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

            Uses the winner of the last search; before the first search, the default configuration.
            """
    )

    @Argument(help: "The question.")
    var question: String

    @OptionGroup var project: ProjectArgument

    @Option(help: "How many passages to look at.")
    var limit = 10

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !question.allSatisfy(\.isWhitespace) else { throw ValidationError("The question is empty.") }
        guard (1...100).contains(limit) else { throw ValidationError("--limit must be from 1 to 100.") }
    }

    func run() async throws {
        let workspace = try await Workspace.open(Project(opening: project.project), ports: .machine())
        let release = try await Release.open(workspace)
        let answer = try await release.answer(Query(question, limit: limit))
        try output.render(JSONValue(encoding: answer)) { Self.text(answer) }
    }

    private static func text(_ answer: Answer) -> String {
        var lines: [String] = []
        if answer.abstained {
            lines.append("No answer: \(answer.reason ?? "The evidence is weak.")")
            lines.append("The nearest passages:")
            for passage in answer.passages.prefix(3) { lines.append("  \(place(passage))") }
        }
        for quote in answer.quotes {
            lines.append(Terminal.harmless(quote.text))
            if answer.passages.indices.contains(quote.passage) {
                lines.append(Terminal.dim("    — \(place(answer.passages[quote.passage], quote: quote))"))
            }
        }
        return lines.joined(separator: "\n")
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

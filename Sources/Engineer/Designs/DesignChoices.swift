internal import AutoML
internal import Base

/// What was chosen, what else there was, and what the search is left to choose.
struct DesignChoices {
    private let input: DesignInput

    init(_ input: DesignInput) {
        self.input = input
    }

    private var file: ProjectFile { input.project.file }

    var lines: [String] {
        ["## Alternatives", ""] + MarkdownTable.lines(["matter", "chosen", "instead of", "why"], alternatives)
            + ["## Search space", "", sizeSentence, ""]
            + MarkdownTable.lines(["parameter", "values", "why it is searched"], parameters)
            + DesignReading(input).space.lines + [""]
    }

    private var alternatives: [[String]] {
        let encoders = file.encoders.map { MarkdownField.encoded($0.name) }
        let writers = file.generation.models.map { MarkdownField.encoded($0.name) }
        return [
            [
                "comparing", encoders.isEmpty ? "words (BM25)" : "words, vectors, or both: searched",
                encoders.isEmpty ? "vectors of an encoder" : "words alone",
                encoders.isEmpty
                    ? "neo.yaml names no encoder; other words than the documents' are then not found"
                    : "which is better depends on the questions, and costs \(Rounding.text(1000 * input.probe.encoding, digits: 1)) ms a passage here",
            ],
            [
                "answers",
                writers.isEmpty ? "quotes" : "quotes, or text of \(writers.joined(separator: ", ")): searched",
                writers.isEmpty ? "text of a language model" : "quotes alone",
                writers.isEmpty
                    ? "a quote cannot say what no document says, and costs nothing"
                    : "the search says whether text is better, and by how much",
            ],
            [
                "settings", "search (\(file.sampler.rawValue), \(file.trials) trials)",
                "the default, or settings by hand",
                "each trial is measured on the same questions, so that the difference has an interval",
            ],
            [
                "index", "in memory, in one process", "a vector database",
                "\(input.probe.passages) passages need none; nothing is to be run beside it",
            ],
        ]
    }

    private var sizeSentence: String {
        let size = input.space.size.map { "\(ReportText.count($0, "configuration"))" } ?? "a space without end"
        return
            "\(size), of which at most \(file.trials) are tried. `space:` in neo.yaml changes it; parameters with one value "
            + "are not listed."
    }

    private var parameters: [[String]] {
        input.space.parameters.filter {
            if case .categorical(let values) = $0.domain { values.count > 1 } else { true }
        }.map { parameter in
            let values: String =
                switch parameter.domain {
                case .categorical(let values): MarkdownTable.cell(values.map(\.plainText).joined(separator: ", "))
                default: MarkdownField.encoded("\(parameter.domain)")
                }
            let name = parameter.name
            let reason = Self.reasons.first { name == $0.key || name.hasPrefix($0.key + ".") }?.value
            return [
                MarkdownField.encoded(name), values,
                reason ?? "it changes what is found, and nobody knows which way",
            ]
        }
    }

    private static let reasons: [(key: String, value: String)] = [
        ("chunker", "whether a passage ends where a section does"),
        ("chunk.size", "long passages hold more context, short ones are found more exactly"),
        ("chunk", "what a passage tells of the place that it stands at"),
        ("retriever", "words find names and numbers, vectors find the same in other words"),
        ("bm25", "how much rare words, repetition and length count"),
        ("fusion", "how much vectors count beside words"),
        ("encoder", "encoders are good at different texts"),
        ("reranker", "a second, slower look at the first passages"),
        ("parser", "how much of a format is read, and how well"),
        ("query", "whether a question is put in other words first"),
        ("history", "whether earlier turns become a part of the question"),
    ]
}

extension JSONValue {
    /// A value as people write it: texts without quotes.
    fileprivate var plainText: String { string ?? canonicalText }
}

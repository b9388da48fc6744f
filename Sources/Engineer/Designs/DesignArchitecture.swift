/// What the system consists of.
struct DesignArchitecture {
    private let input: DesignInput

    init(_ input: DesignInput) {
        self.input = input
    }

    private var encoders: [String] { input.project.file.encoders.map(\.name) }
    private var writers: [String] { input.project.file.generation.models.map(\.name) }

    var diagram: DesignDiagram {
        let documents = ReportText.count(input.probe.documents, "document")
        let index = encoders.isEmpty ? "words (BM25)" : "words and vectors"
        let answer = writers.isEmpty ? "quotes with their place" : "written, with citations"
        return DesignDiagram(
            [
                .init(id: "question", title: "Question", detail: "from a user", column: 0, row: 0),
                .init(id: "ranking", title: "Ranking", detail: "what fits best", column: 1, row: 0),
                .init(id: "evidence", title: "Evidence", detail: "or none: abstain", column: 2, row: 0),
                .init(id: "answer", title: "Answer", detail: answer, column: 3, row: 0),
                .init(id: "documents", title: "Documents", detail: documents, column: 0, row: 1),
                .init(id: "index", title: "Index", detail: index, column: 1, row: 1),
                .init(id: "search", title: "Search", detail: "which settings", column: 2, row: 1),
                .init(id: "golden", title: "Golden questions", detail: "what is right", column: 3, row: 1),
            ],
            flows: [
                ("question", "ranking"), ("ranking", "evidence"), ("evidence", "answer"), ("documents", "index"),
                ("index", "ranking"), ("golden", "search"), ("search", "index"),
            ])
    }

    var lines: [String] {
        let probe = input.probe
        let level = LeveledText(
            newcomer: "The documents are cut into passages. A question is compared with all of them, the best ones are "
                + "looked at for sentences that answer, and these are shown with their place. Where no passage says "
                + "enough, the system says so instead of guessing. Which way of cutting and comparing is best for your "
                + "documents is not known beforehand: it is measured with questions whose right answers you know.",
            practitioner: "\(ReportText.count(probe.documents, "document")) are parsed and cut (chunker and size are "
                + "parameters; the default cuts \(probe.passages) passages), indexed with BM25"
                + (encoders.isEmpty
                    ? "" : " and with vectors of \(encoders.map(MarkdownField.encoded).joined(separator: ", "))")
                + ", ranked, fused, and answered with "
                + (writers.isEmpty
                    ? "quotes." : "text of \(writers.map(MarkdownField.encoded).joined(separator: ", ")).")
                + " `neo search` chooses the parameters, `neo serve` builds the winner in memory and serves it over HTTP.",
            expert: "One process, indexes in memory. Retrieval: BM25 (Lucene's variant)"
                + (encoders.isEmpty
                    ? "; no encoder is set in neo.yaml." : ", exact cosine or HNSW, reciprocal rank fusion or convex.")
                + " Abstention: a threshold on evidence scores that were fitted on golden questions. The search races "
                + "configurations on \(input.estimate.questions) questions with paired differences, and opens held-out "
                + "questions once at the end where there are 100 or more.")
        return ["## Architecture", "", "![The parts and what flows between them](design.svg)", ""]
            + ["```mermaid"] + diagram.mermaid + ["```", ""] + level.lines
    }
}

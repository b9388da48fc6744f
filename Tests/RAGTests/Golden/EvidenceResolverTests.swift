import Base
import RAG
import Retrieval
import Testing

@Suite struct EvidenceResolverTests {
    private let text = """
        # Storage

        A *write-ahead log* keeps every change before it reaches the database, so that “nothing” is
        lost when the power fails. See [the manual](https://example.org/manual(1).html) for more.

        Readers never block writers, and writers never block readers; a checkpoint moves the log's pages into the \
        database file once nobody needs the old ones any more. Größe und Maß zählen.

        | a | b |
        |---|---|
        | one | two &amp; three |
        """

    private func document(_ id: String, _ text: String, _ metadata: [String: JSONValue] = [:]) -> Document {
        Document(id: DocumentID(id), title: id, text: text, blocks: [], metadata: metadata)
    }

    private func resolve(
        _ evidence: [[EvidenceQuote]], _ documents: [Document], _ diagnostics: DiagnosticCollector = .init()
    ) async -> ResolvedGoldenSet {
        let set = GoldenSet([GoldenQuestion(id: "q", question: "Q?", evidence: evidence)])
        return await EvidenceResolver(documents: documents).resolve(set, diagnostics: diagnostics)
    }

    @Test(
        "A quote is found",
        arguments: [
            ("  Readers never block writers\n", "Readers never block writers"),
            ("so that \"nothing\" is lost when the power fails.", "so that “nothing” is\nlost when the power fails"),
            ("a write-ahead LOG keeps every change", "A *write-ahead log* keeps every change"),
            ("See the manual for more.", "See [the manual](https://example.org/manual(1).html) for more"),
            ("[the manual](http://other.example) for more", "the manual](https://example.org/manual(1).html) for more"),
            (
                "writers never block readers – a checkpoint moves the log’s pages",
                "writers never block readers; a checkpoint moves the log's pages"
            ),
            ("GRÖSSE UND MASS", nil), ("größe und maß zählen", "Größe und Maß zählen"),
            ("one two & three", "one | two &amp; three"),
            // One word differs: 0.97.
            (
                "a checkpoint moves all log's pages into the database file once nobody needs the old ones any more",
                "a checkpoint moves the log's pages into the database file once nobody needs the old ones any more"
            ),
            // Letters left out: 0.95.
            (
                "Reades never blck writers, and writers never block readers",
                "Readers never block writers, and writers never block readers"
            ),
            // Every third word differs.
            ("Readers often block writers, while writers always stop readers", nil),
            ("aders never block writers, and wri", "aders never block writers, and wri"),
            ("ADERS never block writers, and wri", "Readers never block writers, and writers"), ("rite", nil),
            ("entirely unrelated", nil), ("?!", nil),
        ] as [(String, String?)])
    func quotes(quote: String, expected: String?) async throws {
        let resolved = await resolve([[EvidenceQuote(document: "d", quote: quote)]], [document("d", text)])
        let spans = resolved.questions.flatMap(\.evidence).joined()
        #expect(spans.map { text.utf8Slice($0.range) } == (expected.map { [$0] } ?? []))
        #expect(resolved.resolvedQuotes == (expected == nil ? 0 : 1) && resolved.quotes == 1)
    }

    @Test("A quote that stands in several places may be found in any")
    func severalPlaces() async {
        let resolved = await resolve(
            [[EvidenceQuote(document: "d", quote: "The end.")]], [document("d", "The end. Really.\n\nThe end.")]
        )
        #expect(resolved.questions[0].evidence[0].map(\.range) == [0..<8, 18..<26])
    }

    @Test("What is not found is an error with the row's line and the nearest text")
    func missing() async throws {
        let diagnostics = DiagnosticCollector()
        let quote = EvidenceQuote(document: "d", quote: "Readers and writers block each other at a checkpoint")
        let resolved = await resolve([[quote]], [document("d", text)], diagnostics)
        let diagnostic = try #require(diagnostics.all.first)
        #expect(diagnostic.severity == .error && diagnostic.file == "golden.jsonl" && diagnostic.line == 1)
        #expect(diagnostic.message.contains("line 6"), "\(diagnostic.message)")
        #expect(diagnostic.message.contains("never block readers"), "\(diagnostic.message)")
        #expect(!resolved.questions[0].isComplete && resolved.measurable.isEmpty)
        #expect(resolved.resolvedShare == 0)
    }

    @Test("One choice of several is enough; the other one is a warning")
    func anyOf() async {
        let diagnostics = DiagnosticCollector()
        let choices = ["gone from here", "Readers never block writers"].map { EvidenceQuote(document: "d", quote: $0) }
        let resolved = await resolve([choices], [document("d", text)], diagnostics)
        #expect(resolved.questions[0].isComplete && resolved.questions[0].evidence[0].count == 1)
        #expect(diagnostics.all.map(\.severity) == [.warning])
        #expect(resolved.resolvedShare == 0.5)
    }

    @Test(
        "Documents are found by id, by another name, and by a path that only one of them ends with",
        arguments: [
            ("guide/a.md", "guide/a.md", ""), ("a.md", "guide/a.md", ""), ("./docs/guide/a.md", "guide/a.md", ""),
            ("copy.md", "guide/a.md", ""), ("b.md", nil, "2 documents"), ("x/b.md", "x/b.md", ""),
            ("guide/b.md", nil, "did you mean x/b.md?"), ("guide/aa.md", nil, "did you mean guide/a.md?"),
        ] as [(String, String?, String)])
    func names(name: String, expected: String?, hint: String) async {
        let documents = [
            document("guide/a.md", "some text", ["copies": ["copy.md"]]), document("x/b.md", "some text"),
            document("y/b.md", "some text"),
        ]
        let diagnostics = DiagnosticCollector()
        let resolved = await resolve([[EvidenceQuote(document: name, quote: "some text")]], documents, diagnostics)
        #expect(resolved.questions[0].evidence.first?.first?.document.rawValue == expected)
        #expect(diagnostics.all.map(\.message).joined().contains(hint) || hint.isEmpty, "\(diagnostics.all)")
    }

    @Test("Judgements of documents that are not there are dropped with a warning")
    func relevance() async {
        let diagnostics = DiagnosticCollector()
        let set = GoldenSet([GoldenQuestion(id: "q", question: "Q", relevance: ["d": 2, "gone": 1])])
        let resolved = await EvidenceResolver(documents: [document("d", text)]).resolve(set, diagnostics: diagnostics)
        #expect(resolved.questions[0].relevance == [DocumentID("d"): 2])
        #expect(diagnostics.all.count == 1 && resolved.measurable.count == 1)
    }

    @Test("A quote without a document is found in all that hold it, else in the most similar one")
    func search() async {
        let documents = [
            document("a", text), document("b", "Other words.\n\nReaders *never* block writers."), document("c", "x"),
        ]
        let found = await EvidenceResolver(documents: documents).documents(holding: [
            "readers never block writers", "x",
            "a checkpoint moves all log's pages into the database file once nobody needs the old ones any more",
            "nothing of the kind",
        ])
        #expect(found.map { $0.map(\.rawValue) } == [["a", "b"], ["c"], ["a"], []])
    }
}

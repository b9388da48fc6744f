import Retrieval
import Testing

@testable import RAG

@Suite struct PassageSentencesTests {
    private func passage(_ text: String) -> RetrievedPassage {
        RetrievedPassage(
            id: "a", document: DocumentID("a.md"), title: "A", headings: [], text: text,
            range: 100..<100 + text.utf8.count,
            line: 1, score: 1
        )
    }

    @Test(
        "What is too short, too long or program text is not quotable",
        arguments: [
            ("Yes.", false), ("See the manual.", true), ("`append(_:)` `insert(_:at:)`", false),
            ("let logger = Logger(label: \"x\")", false), ("guard let value = find(key) else {", false),
            ("// Removes the value from the dictionary", false),
            ("group.next().makeFuture(x).map { $0 + 1 }.wait() == y or z", false),
            ("Call `channel.pipeline.addHandler(MyHandler())` to add it.", true),
            ("The [guide](https://example.org/a/b) explains why that is.", true), ("接続は六十秒後に閉じられる。", true),
        ]
    )
    func quotable(_ sentence: String, _ isQuotable: Bool) {
        #expect(PassageSentences.isQuotable(sentence) == isQuotable)
    }

    @Test("A sentence knows its place and its neighbours, and each text comes once")
    func places() {
        let first = "# Ü\n\nThe first sentence. The second sentence. The third one here."
        let sentences = PassageSentences.all(of: [passage(first), passage("The second sentence.")])
        #expect(sentences.map(\.text) == ["The first sentence.", "The second sentence.", "The third one here."])
        for sentence in sentences {
            #expect(Array(first.utf8)[sentence.range].elementsEqual(sentence.text.utf8))
        }
        #expect(sentences.map(\.before) == [nil, sentences[0].range, sentences[1].range])
        #expect(sentences.map(\.after) == [sentences[1].range, sentences[2].range, nil])
    }

    @Test func `A long table is quoted by its rows, a short one as a whole`() {
        let rows = (0..<40).map { "Keeper number \($0) | from the cape | \(1800 + $0)" }
        let long = PassageSentences.all(of: [passage(rows.joined(separator: "\n"))])
        #expect(long.map(\.text) == rows)
        let short = rows.prefix(3).joined(separator: "\n")
        #expect(PassageSentences.all(of: [passage(short)]).map(\.text) == [short])
    }
}

import Base
import Retrieval
import Testing

@testable import RAG

@Suite struct ExtractiveAnswererTests {
    private let answerer = ExtractiveAnswerer()

    private func passage(
        _ text: String, _ name: String = "a.md", headings: [String] = [], similarity: Double? = nil
    ) -> RetrievedPassage {
        RetrievedPassage(
            id: "\(name)#0-\(text.utf8.count)", document: DocumentID(name), title: "Guide", headings: headings,
            text: text, range: 0..<text.utf8.count, line: 1, score: 1, similarity: similarity
        )
    }

    @Test("The sentence that holds the question's words is quoted, to the letter")
    func bestSentence() async throws {
        let text = """
            # Timeouts

            The library has many parts. It is fast. Idle connections are closed after sixty seconds.

            ```swift
            let connections = "closed after sixty seconds idle"
            ```
            """
        let answer = try await answerer.answer("When are idle connections closed?", from: [passage(text)])
        #expect(!answer.abstained)
        #expect(answer.reason == nil)
        let quote = "Idle connections are closed after sixty seconds."
        #expect(answer.quotes == [Answer.Quote(text: quote, passage: 0, range: 52..<100, line: 3)])
    }

    @Test("Sentences of several passages are quoted in the order of their scores, at most three")
    func orderOfScores() async throws {
        let passages = [
            passage("The retry policy has a maximum.", "a.md"),
            passage("The retry policy has a maximum delay of ten seconds.", "b.md"),
            passage("A maximum delay bounds what the retry policy waits for.", "c.md"),
            passage("Set maximum delay and retry policy in the options file.", "d.md"),
            passage("Each retry policy knows the maximum delay it was made with.", "e.md"),
        ]
        let answer = try await answerer.answer("What is the maximum delay of a retry policy?", from: passages)
        #expect(answer.quotes.count == 3)
        #expect(answer.quotes.first?.passage == 1)
        #expect(answer.passages == passages)
    }

    @Test("A sentence that says the same again is not quoted twice")
    func withoutRepetition() async throws {
        let passages = [
            passage("The default port of the server is 8080.", "a.md"),
            passage("The server's default port is 8080.", "b.md"),
        ]
        let answer = try await answerer.answer("What is the server's default port?", from: passages)
        #expect(answer.quotes.count == 1)
    }

    @Test("A heading counts for the sentences below it")
    func headings() async throws {
        let passages = [
            passage("It is sixty seconds unless you change it.", "a.md", headings: ["Timeout of idle connections"])
        ]
        let answer = try await answerer.answer("What is the timeout of idle connections?", from: passages)
        #expect(answer.quotes.map(\.text) == ["It is sixty seconds unless you change it."])
    }

    @Test("Only the best passages are read, but all are handed on")
    func bounded() async throws {
        let filler = (0..<5).map { passage("Timeout number \($0) is not what matters here.", "\($0).md") }
        let passages = filler + [passage("The flux capacitor timeout is ten seconds.", "last.md")]
        let answer = try await answerer.answer("flux capacitor discharge timeout", from: passages)
        #expect(answer.abstained)
        #expect(answer.passages.count == 6)
    }

    @Test("Weak evidence gives an abstention that says why")
    func abstention() async throws {
        let answerer = ExtractiveAnswerer(options: AnswerOptions(minimumCoverage: 0.4))
        let answer = try await answerer.answer(
            "What is the capital city of France?", from: [passage("A capital letter begins each sentence.")]
        )
        #expect(answer.abstained)
        #expect(answer.quotes == [])
        #expect(
            answer.reason == "The best passage holds 0.33 of the question's words, rare ones counting more: under 0.40 "
                + "is too little without an encoder.")
    }

    @Test(
        "Nothing to quote gives an abstention",
        arguments: [
            ([String](), "No passage was found."),
            (["# Only a heading\n\n```\ncode\n```"], "The passages hold no sentence that could be quoted."),
        ]
    )
    func nothing(_ texts: [String], _ reason: String) async throws {
        let answer = try await answerer.answer("What is it?", from: texts.map { passage($0) })
        #expect(answer.abstained)
        #expect(answer.reason == reason)
    }

    @Test("A question of stop words only gives an abstention")
    func emptyQuestion() async throws {
        let answer = try await answerer.answer("What is it?", from: [passage("The sky is blue today.")])
        #expect(answer.reason == "The question has no word that could be looked for.")
    }

    @Test("With an encoder the closest sentence wins, whatever words it uses")
    func meaning() async throws {
        let encoder = FixedEncoder(cosines: ["The feline rests upon the rug.": 0.9, "The dog runs in the yard.": 0.1])
        let answer = try await ExtractiveAnswerer(encoder: encoder).answer(
            "Where does the cat sleep?", from: [passage("The dog runs in the yard. The feline rests upon the rug.")]
        )
        #expect(answer.quotes.map(\.text) == ["The feline rests upon the rug."])
    }

    @Test(
        "With an encoder both cosine and words decide whether there is an answer",
        arguments: [(-0.2, true, false), (0.1, false, true), (0.4, false, true), (0.7, false, false)]
    )
    func thresholds(_ cosine: Double, _ sharesWords: Bool, _ abstains: Bool) async throws {
        let text = sharesWords ? "The cat sleeps on the mat." : "The feline rests upon the rug."
        let answer = try await ExtractiveAnswerer(encoder: FixedEncoder(cosines: [text: cosine])).answer(
            "Where does the cat sleep?", from: [passage(text)]
        )
        #expect(answer.abstained == abstains)
    }

    @Test("A rare word of the question that no passage has weighs more than common ones that they have")
    func rareWords() async throws {
        let common = (0..<20).map { "The server \($0) has a log." } + ["A quagga is rare."]
        let answerer = ExtractiveAnswerer(weights: TermWeights(common))
        let found = passage("The server has a log.")
        #expect(try await answerer.answer("Where is the server's log?", from: [found]).abstained == false)
        #expect(try await answerer.answer("Where is the server's quagga log?", from: [found]).abstained)
    }

    @Test("Words that only ask do not count, however rare they are")
    func askingWords() {
        let question = "What happens when I've got a child that prints more than the limit I gave?"
        #expect(Set(Analyzer.forQuestions().terms(of: question)) == ["child", "print", "limit"])
    }

    @Test("A sentence that only announces is put back")
    func announcement() async throws {
        let text = "The cat sleeps as follows:\n\n- The cat sleeps on a mat."
        let answer = try await answerer.answer("Where does the cat sleep?", from: [passage(text)])
        #expect(answer.quotes.map(\.text) == ["The cat sleeps on a mat."])
    }

    @Test("No more sentences are encoded than allowed")
    func boundedEncoding() async throws {
        let text = (0..<50).map { "The cat number \($0) sleeps well." }.joined(separator: " ")
        let encoder = FixedEncoder(cosines: [:], maximumTexts: 7)
        _ = try await ExtractiveAnswerer(encoder: encoder).answer("Where does the cat sleep?", from: [passage(text)])
    }
}

/// Gives sentences the cosines that a test wants with any question.
private struct FixedEncoder: TextEncoder {
    let cosines: [String: Double]
    var maximumTexts = Int.max
    var identity: String { "fixed" }
    var dimension: Int { 2 }

    @concurrent
    func encode(_ texts: [String]) async throws -> Matrix {
        #expect(texts.count <= maximumTexts)
        let values = texts.enumerated().flatMap { position, text -> [Float] in
            let cosine = position == 0 ? 1 : Float(cosines[text] ?? 0)
            return [cosine, (1 - cosine * cosine).squareRoot()]
        }
        return Matrix(columns: 2, values: values)
    }
}

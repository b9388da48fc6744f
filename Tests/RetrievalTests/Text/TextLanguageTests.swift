import Retrieval
import Testing

@Suite struct TextLanguageTests {
    @Test func `a language's analyser stems by its rules and leaves out its stop words`() throws {
        let german = try TextLanguage(named: "german")
        #expect(try german.analyzer().terms(of: "Die Häuser und die Gärten") == ["haus", "gart"])
        #expect(try german.analyzer(stemming: false, stopWords: false).terms(of: "Die Häuser") == ["die", "häuser"])
        #expect(try TextLanguage.english.analyzer().stopWords.name == "english")
    }

    @Test func `stop words are single words in lower case of languages that Snowball knows`() throws {
        for name in Stemmer.languages {
            let language = try TextLanguage(named: name)
            for word in language.stopWords.words {
                #expect(Analyzer().terms(of: word) == [word], "\(name): \(word)")
            }
        }
        let known = try Stemmer.languages.filter { try !TextLanguage(named: $0).stopWords.words.isEmpty }
        #expect(known.count >= 20)
    }

    @Test func `a language that Snowball lacks is refused`() {
        #expect(throws: RetrievalError.self) { try TextLanguage(named: "klingon") }
        #expect(throws: RetrievalError.self) { try TextLanguage(named: "de") }
    }
}

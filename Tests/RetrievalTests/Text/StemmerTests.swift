import Retrieval
import Testing

@Suite struct StemmerTests {
    @Test(arguments: [
        ("english", "running", "run"), ("english", "boundary", "boundari"), ("english", "dog's", "dog"),
        ("english", "generously", "generous"), ("german", "häuser", "haus"), ("french", "continuellement", "continuel"),
        ("russian", "книгами", "книг"), ("english", "", ""),
    ])
    func `Words are cut down to their stems`(language: String, word: String, stem: String) throws {
        let stemmer = try Stemmer(language: language)
        #expect(stemmer.stem(word) == stem)
        #expect(stemmer.stem(word) == stem, "remembered")
    }

    @Test func `An unknown language is refused with the known ones`() {
        let error = #expect(throws: RetrievalError.self) { try Stemmer(language: "klingon") }
        #expect(error?.code == .unknownLanguage)
        #expect(error?.message.contains("klingon") == true)
        #expect(error?.message.contains("english") == true)
        #expect(Stemmer.languages.contains("german"))
    }

    @Test func `Many tasks may use one stemmer`() async throws {
        let stemmer = try Stemmer(language: "english")
        let words = (0..<300).map { "word\($0)nesses" }
        let expected = words.map { stemmer.stem($0) }
        #expect(expected[7] == "word7")
        await withTaskGroup { group in
            for _ in 0..<16 {
                group.addTask { @concurrent in words.map { stemmer.stem($0) } }
            }
            for await stems in group { #expect(stems == expected) }
        }
    }
}

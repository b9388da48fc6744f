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
        let unknown = try Stemmer.languages.filter { try TextLanguage(named: $0).stopWords.words.isEmpty }
        #expect(unknown == [])
    }

    @Test(arguments: [
        ("armenian", "Նա և ես մեր տան մասին", ["տան"]), ("nepali", "यो किताब को लागि", ["किताब"]),
        ("serbian", "Kuća je na brdu", ["kuća", "brdu"]), ("serbian", "Кућа је на брду", ["кућа", "брду"]),
        ("tamil", "இந்த வீடு மற்றும் மரம்", ["வீடு", "மரம்"]), ("yiddish", "דאָס הויז איז אױף דעם באַרג", ["הויז", "באַרג"]),
    ])
    func `languages in other scripts have stop words too`(name: String, text: String, terms: [String]) throws {
        #expect(try TextLanguage(named: name).analyzer(stemming: false).terms(of: text) == terms)
    }

    @Test(arguments: [
        ("french", "L’eau d'Évian qu'il boit aujourd'hui", ["eau", "évian", "il", "boit", "aujourd'hui"]),
        ("italian", "Dell'acqua nell’anno, un'ora d'oro: dov'è?", ["acqua", "anno", "ora", "oro", "è"]),
        ("catalan", "L'aigua d'hivern", ["aigua", "hivern"]), ("irish", "D'ól m'athair", ["ól", "athair"]),
        ("english", "l'eau don't", ["l'eau", "don't"]), ("french", "l' 'eau l''eau L'", ["l", "eau", "l", "eau", "l"]),
        ("french", "m'l'a", ["l'a"]),
    ])
    func `what is elided before an apostrophe is cut off`(name: String, text: String, terms: [String]) throws {
        let language = try TextLanguage(named: name)
        #expect(try language.analyzer(stemming: false, stopWords: false).terms(of: text) == terms)
    }

    @Test func `a word is found with and without its article`() throws {
        let french = try TextLanguage(named: "french").analyzer()
        #expect(french.terms(of: "l'eau") == french.terms(of: "eau"))
        #expect(french.terms(of: "qu'il") == [], "what is left may be a stop word")
        #expect(french.identity != (try TextLanguage(named: "french").analyzer(stopWords: false)).identity)
        let plain = Analyzer(stemmer: french.stemmer, stopWords: french.stopWords, codeAware: true)
        #expect(french.identity != plain.identity)
    }

    @Test func `a language that Snowball lacks is refused`() {
        #expect(throws: RetrievalError.self) { try TextLanguage(named: "klingon") }
        #expect(throws: RetrievalError.self) { try TextLanguage(named: "de") }
    }
}

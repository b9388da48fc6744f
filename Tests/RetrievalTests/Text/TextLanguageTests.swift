import Retrieval
import Testing

@Suite struct TextLanguageTests {
    @Test(arguments: [
        ("english", "The keys are in the vault, and they will be rotated by the service that owns them."),
        ("german", "Die Schlüssel liegen im Tresor und werden von dem Dienst erneuert, dem sie gehören."),
        ("french", "Les clés sont dans le coffre et elles sont renouvelées par le service qui les possède."),
        ("spanish", "Las llaves están en la caja y son renovadas por el servicio que las tiene."),
        ("italian", "Le chiavi sono nella cassaforte e il servizio che le possiede non le ha più."),
        ("dutch", "De sleutels liggen in de kluis en worden door de dienst die ze heeft vernieuwd."),
        ("russian", "Ключи лежат в сейфе, и их меняет служба, которая за них отвечает, но не сразу."),
        ("swedish", "Nycklarna ligger i valvet och de byts av den tjänst som äger dem när det är dags."),
        ("finnish", "Avaimet ovat holvissa ja ne vaihtaa palvelu, joka ne omistaa, mutta ei heti kun on aika."),
        ("english", "let x = 3\nfor y in z { print(x + y) }"),
        ("english", "東京都は日本の首都である"),
        ("english", ""),
    ])
    func `the language of prose is detected, and English is meant where there is none`(name: String, text: String) {
        #expect(TextLanguage.detected(in: [text]).name == name)
    }

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

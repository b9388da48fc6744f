import Base
import Documents
import Retrieval
import Testing

@Suite struct LanguageTests {
    /// Two short paragraphs a language, written for this test.
    static let paragraphs: [(String, String)] = [
        ("en", "The kettle should be filled with fresh water before it is put on the stove. Let it boil once."),
        ("en", "Our office is open from nine to five, and you can call us at any time."),
        ("de", "Der Kessel wird mit frischem Wasser gefüllt, bevor er auf den Herd kommt. Dann lässt man es kochen."),
        ("de", "Unser Haus ist von neun bis fünf offen, und man kann auch anrufen."),
        ("fr", "La bouilloire est remplie avec de l'eau fraîche avant d'être mise sur le feu. On la laisse bouillir."),
        ("fr", "Notre bureau est ouvert de neuf heures à cinq heures, et vous pouvez nous appeler."),
        ("es", "La tetera se llena con agua fresca antes de ponerla en el fuego. Después se deja hervir una vez."),
        ("es", "Nuestra oficina está abierta de nueve a cinco y se puede llamar cuando quiera."),
        (
            "it",
            "Il bollitore si riempie con acqua fresca prima di metterlo sul fuoco. Poi si lascia bollire una volta."
        ),
        ("it", "Il nostro ufficio è aperto dalle nove alle cinque e si può anche telefonare."),
        ("pt", "A chaleira deve ser enchida com água fresca antes de ir ao fogo. Depois deixa-se ferver uma vez."),
        ("pt", "O nosso escritório está aberto das nove às cinco, e você pode ligar quando quiser."),
        ("nl", "De ketel wordt met vers water gevuld voordat hij op het vuur gaat. Laat het water een keer koken."),
        ("nl", "Ons kantoor is van negen tot vijf open en u kan ook bellen."),
        ("sv", "Kitteln fylls med friskt vatten innan den ställs på spisen. Låt det sedan koka upp en gång."),
        ("sv", "Vårt kontor är öppet från nio till fem, och du kan också ringa till oss."),
        (
            "da",
            "Kedlen fyldes med frisk vand, før den sættes på komfuret. Lad det derefter koge op en gang af sig selv."
        ),
        ("da", "Vores kontor er åbent fra ni til fem, og du kan også ringe efter noget mere."),
        ("no", "Kjelen fylles med friskt vann før den settes på komfyren. La det så koke opp en gang etter hverandre."),
        ("no", "Kontoret vårt er åpent fra ni til fem, og du kan også ringe når noe blir galt."),
        (
            "fi",
            "Kattila täytetään raikkaalla vedellä ennen kuin se pannaan liedelle. Sitten veden on annettava kiehua."
        ),
        ("fi", "Toimistomme on auki yhdeksästä viiteen, ja voitte myös soittaa."),
        ("hu", "A kannát friss vízzel kell megtölteni, mielőtt a tűzre kerül. Aztán hagyjuk, hogy egyszer felforrjon."),
        ("hu", "Az irodánk kilenctől ötig van nyitva, és telefonon is lehet hívni."),
        ("tr", "Çaydanlık ocağa konmadan önce taze su ile doldurulur. Sonra bir kez kaynaması için bırakılır."),
        ("tr", "Ofisimiz dokuzdan beşe kadar açık ve her zaman bizi arayabilirsiniz."),
        ("ro", "Ceainicul se umple cu apă proaspătă înainte de a fi pus pe foc. Apoi se lasă să fiarbă o dată."),
        ("ro", "Biroul nostru este deschis de la nouă la cinci și puteți să ne sunați."),
        ("ru", "Чайник наполняют свежей водой, прежде чем поставить на огонь."),
        ("zh", "把水壶装满新鲜的水，然后放在炉子上。"), ("ja", "やかんに新しい水を入れて、火にかけます。"),
        ("ko", "주전자에 신선한 물을 채우고 불에 올립니다."), ("el", "Γεμίστε τον βραστήρα με φρέσκο νερό."),
        ("ar", "املأ الغلاية بالماء الطازج قبل وضعها على النار."), ("he", "מלאו את הקומקום במים טריים."),
    ]

    @Test("Short paragraphs: at most one in twenty is taken for another language")
    func paragraphs() {
        let wrong = Self.paragraphs.filter { code, text in LanguageDetector.language(of: text)?.code != code }
        let other = wrong.filter { LanguageDetector.language(of: $0.1) != nil }
        print(
            "language: \(Self.paragraphs.count) paragraphs, \(wrong.count) not recognised, \(other.count) of them as another"
        )
        #expect(wrong.count <= Self.paragraphs.count / 20, "\(wrong)")
    }

    @Test(
        "Numbers, names and nothing have no language", arguments: ["", "12 345 — 7 %", "NASA IBM", "x = f(y)", "   "])
    func none(text: String) {
        #expect(LanguageDetector.language(of: text) == nil)
    }

    @Test("A language that has a stemmer is known to Snowball")
    func stemmers() {
        #expect(Language.stemmers.count == 15)
    }

    @Test(arguments: [
        (["de", "de", "en"], "german"), (["de", "en"], "english"), ([], "english"), (["ja", "zh", "fr"], "french"),
        (["ja"], "english"),
    ])
    func `The language of a project is that of most documents, if it has a stemmer`(codes: [String], name: String) {
        let documents = codes.map { code in
            Document(id: DocumentID("a"), title: "", text: "", blocks: [], metadata: ["lang": .string(code)])
        }
        #expect(TextLanguage.commonest(in: documents).name == name)
    }
}

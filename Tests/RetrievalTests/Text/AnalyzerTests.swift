import Retrieval
import Testing

@Suite struct AnalyzerTests {
    @Test(arguments: [
        ("The quick, brown fox.", ["the", "quick", "brown", "fox"]),
        ("don’t can't 'quoted' dogs'", ["don't", "can't", "quoted", "dogs"]),
        ("3.14 and 1,000; v2.0 end.", ["3.14", "and", "1,000", "v2.0", "end"]),
        ("Array.append(_:)", ["array", "append"]),
        ("_emphasis_ and __init__ but max_count", ["emphasis", "and", "init", "but", "max_count"]),
        ("Größe ÉTÉ naïve Привет", ["größe", "été", "naïve", "привет"]),
        ("東京都 カタカナ", ["東京", "京都", "カタ", "タカ", "カナ"]),
        ("a中b", ["a", "中", "b"]),
        ("한국어를 배우다", ["한국", "국어", "어를", "배우", "우다"]),
        ("ひらがな、々 人々", ["ひら", "らが", "がな", "々", "人々"]),
        ("ｶﾀｶﾅ 3年 한", ["ｶﾀ", "ﾀｶ", "ｶﾅ", "3", "年", "한"]),
        ("東京タワーへ", ["東京", "京タ", "タワ", "ワー", "ーへ"]),
        ("", []),
        (" \n—…🙂 _ ", []),
    ])
    func `Texts are cut into lower-case words`(text: String, terms: [String]) {
        #expect(Analyzer().terms(of: text) == terms)
    }

    @Test(arguments: [
        ("maxTokenCount", ["maxtokencount", "max", "token", "count"]),
        ("URLSession", ["urlsession", "url", "session"]),
        ("parseHTTP2Frame", ["parsehttp2frame", "parse", "http2", "frame"]),
        ("max_token_count", ["max_token_count", "max", "token", "count"]),
        ("Sources/Retrieval/Chunk.swift", ["sources", "retrieval", "chunk", "swift"]),
        ("src/http2/get_user2ById.py", ["src", "http2", "get_user2byid", "get", "user2", "by", "id", "py"]),
        ("C:\\Users\\maxSize", ["c", "users", "maxsize", "max", "size"]),
        ("sha256Hash utf8 v1.2.3 x86_64", ["sha256hash", "sha256", "hash", "utf8", "v1.2.3", "x86_64", "x86", "64"]),
        ("kebab-case-name", ["kebab", "case", "name"]),
        ("plain Words HTTP 3D", ["plain", "words", "http", "3d"]),
        ("MAX_VALUE", ["max_value", "max", "value"]),
        ("McDonald's", ["mcdonald's"]),
    ])
    func `Identifiers give their parts behind the whole`(text: String, terms: [String]) {
        #expect(Analyzer(codeAware: true).terms(of: text) == terms)
    }

    @Test func `Stop words go before stemming`() throws {
        let analyzer = Analyzer(stemmer: try Stemmer(language: "english"), stopWords: .english)
        #expect(analyzer.terms(of: "The boundary layers are in this flow") == ["boundari", "layer", "flow"])
        #expect(StopWords.english.words.count == 33)
    }

    @Test func `Many texts at once give what each gives alone`() throws {
        let analyzer = Analyzer(stemmer: try Stemmer(language: "english"), stopWords: .english, codeAware: true)
        let texts = ["Boundary layers", "", "runningFast", "The heat of flows"]
        #expect(analyzer.terms(ofAll: texts) == texts.map { analyzer.terms(of: $0) })
    }

    @Test func `The identity tells analysers apart`() throws {
        let stemmer = try Stemmer(language: "english")
        let identities = [
            Analyzer(), Analyzer(stemmer: stemmer), Analyzer(stopWords: .english), Analyzer(codeAware: true),
        ].map(\.identity)
        #expect(Set(identities).count == 4)
    }
}

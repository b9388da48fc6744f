/// Makes index terms of a text: cuts it into words, lower-cases them, drops stop words, stems the rest.
///
/// Runs of Chinese, Japanese and Korean characters become overlapping pairs; a character alone stays alone. With `codeAware`,
/// an identifier gives its parts behind the whole: `maxTokenCount` is `maxtokencount`, `max`, `token`, `count`, so
/// that a question in plain words finds it.
///
/// ```swift
/// let analyzer = Analyzer(stemmer: try Stemmer(language: "english"), stopWords: .english)
/// analyzer.terms(of: "The boundary layers")  // ["boundari", "layer"]
/// ```
public struct Analyzer: Sendable {
    /// What words are stemmed by; nil leaves them whole.
    public let stemmer: Stemmer?
    /// What is left out, before stemming.
    public let stopWords: StopWords
    /// Whether identifiers give their parts too.
    public let codeAware: Bool
    /// What is cut off before an apostrophe, before all else.
    public let elision: Elision

    /// An analyser; queries must go through the same one as the texts.
    public init(
        stemmer: Stemmer? = nil, stopWords: StopWords = .none, codeAware: Bool = false, elision: Elision = .none
    ) {
        self.stemmer = stemmer
        self.stopWords = stopWords
        self.codeAware = codeAware
        self.elision = elision
    }

    /// Names everything that the terms depend on besides the text: a part of cache keys.
    public var identity: String {
        "analyzer/2 stemmer=\(stemmer?.language ?? "none") stop=\(stopWords.name) code=\(codeAware)"
            + (elision == .none ? "" : " elision=\(elision.name)")
    }

    /// The terms of a text, in its order; as often as they occur.
    public func terms(of text: String) -> [String] {
        terms(ofAll: [text])[0]
    }

    /// The terms of many texts: faster than one by one.
    public func terms(ofAll texts: [String]) -> [[String]] {
        guard let stemmer else { return texts.map { terms(of: $0) { $0 } } }
        return stemmer.withWorker { worker in
            texts.map { terms(of: $0) { worker.stem($0) } }
        }
    }

    private func terms(of text: String, stem: (String) -> String) -> [String] {
        var terms: [String] = []
        terms.reserveCapacity(text.utf8.count / 6)
        func add(_ whole: String) {
            let word = elision.removed(from: whole)
            guard !stopWords.words.contains(word) else { return }
            terms.append(stem(word))
        }
        var text = text
        text.withUTF8 { bytes in
            var scanner = WordScanner(bytes)
            while let word = scanner.next() {
                switch word {
                case .ideographs(let range):
                    for pair in Self.pairs(of: String(decoding: bytes[range], as: UTF8.self)) { add(pair) }
                case .word(let range):
                    add(Self.lowercased(bytes, range))
                    guard codeAware else { continue }
                    for part in IdentifierParts.ranges(bytes, range) { add(Self.lowercased(bytes, part)) }
                }
            }
        }
        return terms
    }

    /// Lower-cases a word; a typographic apostrophe becomes the plain one that the stemmer knows.
    private static func lowercased(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
        if bytes[range].allSatisfy({ $0 < 0x80 }) {
            return String(unsafeUninitializedCapacity: range.count) { buffer in
                for (offset, byte) in bytes[range].enumerated() {
                    buffer[offset] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                }
                return range.count
            }
        }
        let word = String(decoding: bytes[range], as: UTF8.self).lowercased()
        return word.contains("’") ? String(word.map { $0 == "’" ? "'" : $0 }) : word
    }

    private static func pairs(of run: String) -> [String] {
        let scalars = Array(run.unicodeScalars)
        guard scalars.count > 1 else { return [run] }
        return zip(scalars, scalars.dropFirst()).map { String(String.UnicodeScalarView([$0, $1])) }
    }
}

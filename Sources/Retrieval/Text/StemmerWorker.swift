internal import CStemmer

/// One object of libstemmer with the stems that it has found.
///
/// `@unchecked`: not safe to share; `Stemmer` takes it out of its pool for as long as one call uses it.
final class StemmerWorker: @unchecked Sendable {
    /// When so many stems are remembered, they are forgotten: text has fewer different words than noise.
    private static let capacity = 100_000

    private let stemmer: OpaquePointer
    private var stems: [String: String] = [:]

    /// Nil if libstemmer does not know the language.
    init?(language: String) {
        guard let stemmer = sb_stemmer_new(language, "UTF_8") else { return nil }
        self.stemmer = stemmer
    }

    deinit {
        sb_stemmer_delete(stemmer)
    }

    func stem(_ word: String) -> String {
        if let stem = stems[word] { return stem }
        var bytes = word
        let stem = bytes.withUTF8 { utf8 in
            // An empty word has no address to hand over.
            guard let base = utf8.baseAddress, utf8.count > 0 else { return word }
            guard let result = sb_stemmer_stem(stemmer, base, Int32(clamping: utf8.count)) else { return word }
            let length = Int(sb_stemmer_length(stemmer))
            return String(decoding: UnsafeBufferPointer(start: result, count: length), as: UTF8.self)
        }
        if stems.count >= Self.capacity { stems.removeAll(keepingCapacity: true) }
        stems[word] = stem
        return stem
    }
}

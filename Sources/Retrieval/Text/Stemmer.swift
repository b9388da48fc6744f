internal import Base
internal import CStemmer
internal import Synchronization

/// Cuts words down to their stems, by the Snowball algorithm of a language (libstemmer).
///
/// May be used from many tasks at once: libstemmer's own objects may not, so each call borrows one from a pool.
/// Stems are remembered.
public final class Stemmer: Sendable {
    /// The language's name in Snowball, in lower case: `english`, `german`, …
    public let language: String
    private let idle = Mutex<[StemmerWorker]>([])

    /// A stemmer for a language, by Snowball's name or ISO 639 code.
    ///
    /// - Throws: `RetrievalError` if Snowball does not know the language.
    public init(language: String) throws(RetrievalError) {
        self.language = language.lowercased()
        guard let worker = StemmerWorker(language: self.language) else {
            throw RetrievalError(
                code: .unknownLanguage,
                message: "There is no stemmer for \"\(language)\". Known: "
                    + Self.languages.joined(separator: ", ") + "."
            )
        }
        idle.withLock { $0.append(worker) }
    }

    /// The languages that there are stemmers for.
    public static var languages: [String] {
        guard let list = sb_stemmer_list() else { return [] }
        var names: [String] = []
        while let name = list[names.count] { names.append(String(cString: name)) }
        return names.sorted()
    }

    /// The stem of a word in lower case.
    public func stem(_ word: String) -> String {
        withWorker { $0.stem(word) }
    }

    /// Lends a worker for many words. Where none can be made, because memory ran out, words stay as they are.
    func withWorker<Result>(_ body: (borrowing StemmerWorkerLease) -> Result) -> Result {
        let worker = idle.withLock { $0.popLast() } ?? StemmerWorker(language: language)
        defer {
            if let worker { idle.withLock { $0.append(worker) } }
        }
        return body(StemmerWorkerLease(worker: worker))
    }
}

/// A worker that belongs to one call.
struct StemmerWorkerLease: ~Copyable {
    private let worker: StemmerWorker?

    fileprivate init(worker: StemmerWorker?) {
        self.worker = worker
    }

    /// The stem of a word.
    borrowing func stem(_ word: String) -> String {
        worker?.stem(word) ?? word
    }
}

internal import Base
internal import Documents
internal import Retrieval

/// Finds quotes that stand in documents, too, which their question does not name: who finds the answer there is called
/// wrong.
struct ElsewhereSearch {
    /// Shorter quotes stand in many places by chance.
    private static let leastWords = 6

    private struct Wanted {
        var question: Int
        var quote: [UInt8]
        var words: Int
        /// The positions of the documents that the row names.
        var named: Set<Int>
    }

    private let questions: [GoldenQuestion]
    private let documents: [Document]

    init(_ questions: [GoldenQuestion], documents: [Document]) {
        self.questions = questions
        self.documents = documents
    }

    func findings() -> [GoldenFinding] {
        let names = DocumentNames(documents.map { ($0.id, $0.aliases) })
        // By the hash of their first words, so that each document is read once, whatever the number of quotes.
        var wanted: [UInt64: [Wanted]] = [:]
        for (position, question) in questions.enumerated() {
            for element in question.evidence {
                let named = Set(
                    element.compactMap { quote -> Int? in
                        if case .found(let position) = names.find(quote.document) { position } else { nil }
                    })
                for quote in element {
                    let text = NormalizedText(Array(quote.quote.utf8))
                    let hashes = text.wordHashes()
                    guard hashes.count >= Self.leastWords, let key = Self.key(hashes[...]) else { continue }
                    wanted[key, default: []].append(
                        Wanted(question: position, quote: text.bytes, words: hashes.count, named: named))
                }
            }
        }
        var found: [Int: Set<String>] = [:]
        for (number, document) in documents.enumerated() {
            let text = NormalizedText(Array(document.text.utf8))
            let hashes = text.wordHashes()
            guard hashes.count >= Self.leastWords else { continue }
            for start in 0...(hashes.count - Self.leastWords) {
                guard let key = Self.key(hashes[start...]) else { continue }
                for one in wanted[key] ?? [] where !one.named.contains(number) {
                    let place = text.start(ofWord: start)
                    let end = text.start(ofWord: start + one.words)
                    guard end <= text.bytes.count, text.bytes[place..<end].elementsEqual(one.quote) else { continue }
                    found[one.question, default: []].insert(document.id.rawValue)
                }
            }
        }
        return found.sorted { $0.key < $1.key }.map { position, places in
            let names = places.sorted()
            let more = names.count > 3 ? " and \(names.count - 3) more" : ""
            let shown = names.prefix(3).joined(separator: ", ") + more
            return GoldenFinding(
                .answeredElsewhere, .warning,
                "\(questions[position].id): a quote of it stands in \(shown), too, where finding it counts for nothing. "
                    + "Name all places under `any_of`.",
                questions: [questions[position].id])
        }
    }

    private static func key(_ hashes: ArraySlice<UInt64>) -> UInt64? {
        hashes.prefix(leastWords).reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01B3 }
    }
}

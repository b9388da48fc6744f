/// Finds out which documents may hold some texts, in one pass over the documents however many texts there are.
///
/// A text is represented by up to 32 of its runs of words, spread over its length; a document that has some of these runs
/// may hold the text.
///
/// Source: A. Z. Broder, "On the resemblance and containment of documents" (1997): runs of words as the units of
/// containment.
struct PassageAnchors: Sendable {
    /// How many words a run has; shorter texts are one run.
    static let run = 5
    private static let anchors = 32

    /// By length of the run, then by its hash, the texts that have it.
    private let texts: [Int: [UInt64: [Int]]]

    /// Takes the hashes of each text's words.
    init(_ words: [[UInt64]]) {
        var texts: [Int: [UInt64: [Int]]] = [:]
        for (text, hashes) in words.enumerated() where !hashes.isEmpty {
            let length = min(Self.run, hashes.count)
            let starts = hashes.count - length + 1
            let count = min(Self.anchors, starts)
            let chosen = (0..<count).map { count == 1 ? 0 : $0 * (starts - 1) / (count - 1) }
            for hash in Set(chosen.map { Self.hash(hashes[$0..<$0 + length]) }) {
                texts[length, default: [:]][hash, default: []].append(text)
            }
        }
        self.texts = texts
    }

    /// How many anchors of each text a document has, by the hashes of its words.
    func votes(_ words: [UInt64]) -> [Int: Int] {
        var votes: [Int: Int] = [:]
        for (length, byHash) in texts where words.count >= length {
            var seen: Set<UInt64> = []
            for start in 0...words.count - length {
                let hash = Self.hash(words[start..<start + length])
                guard let found = byHash[hash], seen.insert(hash).inserted else { continue }
                for text in found { votes[text, default: 0] += 1 }
            }
        }
        return votes
    }

    /// The hash of a run of words.
    static func hash(_ words: ArraySlice<UInt64>) -> UInt64 {
        words.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01B3 }
    }
}

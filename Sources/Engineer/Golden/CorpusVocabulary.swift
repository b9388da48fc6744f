internal import Retrieval

/// The words of the documents, and how they are written there: what stands in for a dictionary.
struct CorpusVocabulary: Sendable {
    private var lower: [String: Int] = [:]
    private var capitalised: [String: Int] = [:]

    /// Adds the words of a sentence. The first one says nothing of how it is written elsewhere.
    mutating func add(_ words: [String]) {
        for word in words.dropFirst() {
            guard let first = word.first, first.isLetter else { continue }
            if first.isLowercase {
                lower[word, default: 0] += 1
            } else {
                capitalised[word.lowercased(), default: 0] += 1
            }
        }
        if let first = words.first, first.first?.isLowercase == true { lower[first, default: 0] += 1 }
    }

    /// Whether a word is written with a small letter as a rule.
    func isCommon(_ word: String) -> Bool {
        let word = word.lowercased()
        return lower[word, default: 0] > capitalised[word, default: 0]
    }

    /// Whether the documents have the word.
    func has(_ word: String) -> Bool { lower[word.lowercased()] != nil }

    /// How often the documents have it, however it is written.
    func count(_ word: String) -> Int {
        let word = word.lowercased()
        return lower[word, default: 0] + capitalised[word, default: 0]
    }

    /// The verb that `configuring`, `stopped` or `founded` come from: of the forms that it could be, the one that the
    /// documents have most; nil where they have none.
    func base(of word: String) -> String? {
        let word = word.lowercased()
        if let known = Self.irregular[word] { return known }
        for ending in ["ing", "ied", "ed"] where word.hasSuffix(ending) && word.count > ending.count + 1 {
            let stem = String(word.dropLast(ending.count))
            if ending == "ied" { return has(stem + "y") ? stem + "y" : nil }
            var forms = [stem, stem + "e"]
            if let last = stem.last, stem.dropLast().last == last, !"sl".contains(last) || !has(stem) {
                forms.append(String(stem.dropLast()))
            }
            // The plural or third person counts for its verb.
            return
                forms.map { ($0, (lower[$0] ?? 0) + (lower[$0 + "s"] ?? 0)) }.filter { $0.1 > 0 }
                .max { ($0.1, $1.0) < ($1.1, $0.0) }?.0
        }
        return nil
    }

    private static let irregular = [
        "began": "begin", "became": "become", "built": "build", "chose": "choose", "gave": "give", "held": "hold",
        "led": "lead", "made": "make", "took": "take", "won": "win", "wrote": "write", "building": "build",
    ]

    /// Words that are no past participle of a verb in `-ed`.
    static let participles: Set<String> = [
        "begun", "born", "bought", "brought", "built", "chosen", "drawn", "found", "given", "held", "known", "laid",
        "led", "made", "paid", "sent", "set", "sold", "split", "taken", "written",
    ]
}

internal import Retrieval

/// ROUGE-L: the longest sequence of words that an answer and a golden answer have in common, gaps allowed, as an
/// F-measure that weighs precision and recall alike.
///
/// Words are runs of ASCII letters and digits, so that a text in another script has none, and scores 0. With stems,
/// words of more than three letters are cut down by Porter's algorithm as published; the peer uses a variant of it,
/// which finds other stems for a few words.
///
/// Source: C.-Y. Lin, "ROUGE: a package for automatic evaluation of summaries", ACL workshop 2004; equals `rougeL` of
/// PyPI's `rouge-score` 0.1.2 without stemming to rounding.
package struct RougeL: Sendable {
    private let stemmer: Stemmer?

    /// The measure.
    ///
    /// - Parameter stems: whether words with the same stem count as the same word.
    package init(stems: Bool = false) {
        stemmer = stems ? try? Stemmer(language: "porter") : nil
    }

    /// The F-measure with the golden answer that fits best; nil where there is none.
    package func score(_ answer: String, golden: [String]) -> Double? {
        let words = words(of: answer)
        return golden.map { score(words, self.words(of: $0)) }.max()
    }

    private func score(_ words: [String], _ golden: [String]) -> Double {
        HarmonicMean.ofShares(
            Self.longestCommonSubsequence(words, golden), of: words.count, and: golden.count)
    }

    /// The words of a text.
    func words(of text: String) -> [String] {
        let words = text.lowercased().utf8.split { !Self.isWord($0) }.map { String(decoding: $0, as: UTF8.self) }
        guard let stemmer else { return words }
        return words.map { $0.utf8.count > 3 ? stemmer.stem($0) : $0 }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Its length, in memory that grows with the second list alone.
    private static func longestCommonSubsequence(_ first: [String], _ second: [String]) -> Int {
        // Numbers compare faster than words.
        var names: [String: Int] = [:]
        let columns = second.map { word in
            let number = names[word] ?? names.count
            names[word] = number
            return number
        }
        var row = [Int](repeating: 0, count: columns.count + 1)
        for word in first {
            guard let name = names[word] else { continue }
            var diagonal = 0
            for column in columns.indices {
                let above = row[column + 1]
                row[column + 1] = columns[column] == name ? diagonal + 1 : max(above, row[column])
                diagonal = above
            }
        }
        return row.last ?? 0
    }
}

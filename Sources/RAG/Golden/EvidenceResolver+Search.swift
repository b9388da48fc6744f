internal import Base
package import Retrieval

extension EvidenceResolver {
    /// Finds the documents that hold a quote whose document is not known.
    ///
    /// All documents are searched. Where none has the quote exactly or normalized, the five that share most of its
    /// words are tried by alignment.
    /// - Returns: for each quote the ids of the documents that hold it, at most eight.
    @concurrent
    package func documents(holding quotes: [String]) async -> [[DocumentID]] {
        let prepared = quotes.map { QuoteFinder.Quote($0) }
        let looks = await withTaskGroup(of: (Int, [Look]).self) { group in
            var all = [[Look]](repeating: [], count: documents.count)
            var next = 0
            // Each prepared text is several times as large as the document: only a few at a time.
            while next < min(4, documents.count) {
                let position = next
                group.addTask { (position, Self.look(for: prepared, in: documents[position].text)) }
                next += 1
            }
            while let (position, looks) = await group.next() {
                all[position] = looks
                guard next < documents.count else { continue }
                let position = next
                group.addTask { (position, Self.look(for: prepared, in: documents[position].text)) }
                next += 1
            }
            return all
        }
        var found = [[DocumentID]](repeating: [], count: quotes.count)
        var byQuote = [[(document: Int, look: Look)]](repeating: [], count: quotes.count)
        for (document, own) in looks.enumerated() {
            for look in own { byQuote[look.quote].append((document, look)) }
        }
        var near: [Int: [Int]] = [:]
        for (quote, own) in byQuote.enumerated() {
            found[quote] = own.filter(\.look.isEqual).prefix(8).map { documents[$0.document].id }
            guard found[quote].isEmpty else { continue }
            let best = own.sorted { ($0.look.share, $1.document) > ($1.look.share, $0.document) }
            for (document, _) in best.prefix(5) { near[document, default: []].append(quote) }
        }
        var best: [Int: (similarity: Double, document: Int)] = [:]
        for (document, tries) in near.sorted(by: { $0.key < $1.key }) {
            let finder = QuoteFinder(Array(documents[document].text.utf8))
            for quote in tries {
                guard case .aligned(_, let similarity) = finder.find(prepared[quote]) else { continue }
                if similarity > best[quote]?.similarity ?? 0 { best[quote] = (similarity, document) }
            }
        }
        for (quote, match) in best { found[quote] = [documents[match.document].id] }
        return found
    }

    /// What one document has of a quote; only where that is much.
    private struct Look: Sendable {
        var quote: Int
        var isEqual: Bool
        var share: Double
    }

    private static func look(for quotes: [QuoteFinder.Quote], in text: String) -> [Look] {
        let finder = QuoteFinder(Array(text.utf8))
        return quotes.indices.compactMap { position in
            let share = finder.sharedWords(with: quotes[position])
            guard share >= 0.6 || quotes[position].hashes.count < 3 else { return nil }
            let isEqual = !finder.equalRanges(quotes[position]).isEmpty
            return isEqual || share >= 0.7 ? Look(quote: position, isEqual: isEqual, share: share) : nil
        }
    }
}

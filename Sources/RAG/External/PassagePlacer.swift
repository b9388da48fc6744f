internal import Retrieval

/// Finds out where in the documents the texts of another system stand.
struct PassagePlacer: Sendable {
    /// A text, and the document that it is said to be from.
    struct Lookup: Hashable, Sendable {
        /// The position of the document; nil where it is not known.
        var document: Int?
        var text: String
    }

    /// A text that stands in more documents than this is looked for in the first of them.
    private static let mostDocuments = 64
    /// Each prepared text is several times as large as the document: only a few at a time.
    private static let documentsAtOnce = 4

    let documents: [Document]

    /// The places of each text; none of one that stands nowhere.
    @concurrent
    func places(of lookups: [Lookup]) async -> [Lookup: [EvidenceSpan]] {
        let quotes = lookups.map { QuoteFinder.Quote($0.text) }
        var tasks: [Int: [Int]] = [:]
        for (position, lookup) in lookups.enumerated() {
            if let document = lookup.document { tasks[document, default: []].append(position) }
        }
        for (position, candidates) in await candidates(lookups, quotes) {
            for document in candidates { tasks[document, default: []].append(position) }
        }
        let wanted = tasks.sorted { $0.key < $1.key }
        let found = await inOrder(wanted) { document, positions in
            let locator = PassageLocator(documents[document].text)
            return positions.compactMap { position in
                locator.place(of: quotes[position]).map { (position: position, place: $0) }
            }
        }
        var best: [Int: Double] = [:]
        for (position, place) in found.joined() { best[position] = max(best[position] ?? 0, place.share) }
        var places: [Lookup: [EvidenceSpan]] = [:]
        for ((document, _), own) in zip(wanted, found) {
            for (position, place) in own where place.share == best[position] {
                places[lookups[position], default: []] += place.ranges.map {
                    EvidenceSpan(document: documents[document].id, range: $0)
                }
            }
        }
        return places
    }

    /// The documents that may hold the texts of which none is known.
    private func candidates(_ lookups: [Lookup], _ quotes: [QuoteFinder.Quote]) async -> [Int: [Int]] {
        let unknown = lookups.indices.filter { lookups[$0].document == nil }
        guard !unknown.isEmpty else { return [:] }
        let anchors = PassageAnchors(unknown.map { quotes[$0].hashes })
        let votes = await inOrder(documents) { document in
            anchors.votes(NormalizedText(Array(document.text.utf8)).wordHashes())
        }
        var byText: [Int: [(document: Int, votes: Int)]] = [:]
        for (document, own) in votes.enumerated() {
            for (text, count) in own { byText[unknown[text], default: []].append((document, count)) }
        }
        return byText.mapValues { all in
            // Turns of phrase stand in many documents: those with half as many runs as the best one hold no more of the text.
            let least = ((all.map(\.votes).max() ?? 0) + 1) / 2
            return all.filter { $0.votes >= least }
                .sorted { ($1.votes, $0.document) < ($0.votes, $1.document) }
                .prefix(Self.mostDocuments).map(\.document)
        }
    }

    /// What `body` makes of some elements, in their order.
    private func inOrder<Element: Sendable, Result: Sendable>(
        _ elements: [Element], _ body: @escaping @Sendable (Element) -> Result
    ) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: elements.count)
            for index in elements.indices {
                if index >= Self.documentsAtOnce, let (done, result) = await group.next() { results[done] = result }
                group.addTask { (index, body(elements[index])) }
            }
            for await (done, result) in group { results[done] = result }
            return results.compactMap { $0 }
        }
    }
}

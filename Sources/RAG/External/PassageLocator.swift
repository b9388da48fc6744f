/// Finds texts in one document, also where something was put in front of them or words were changed.
struct PassageLocator: Sendable {
    /// Where a text stands.
    struct Place: Sendable, Hashable {
        /// Every place where it stands equally well.
        var ranges: [Range<Int>]
        /// The share of its words that stand there.
        var share: Double
    }

    /// The least share of a text's words with which a place counts as its own.
    static let threshold = 0.5
    /// A run of words that stands more often than this says nothing about the place.
    private static let mostPlaces = 64

    private let finder: QuoteFinder
    /// Where each run of words starts, by its hash.
    private let runs: [UInt64: [Int]]

    init(_ text: String) {
        finder = QuoteFinder(Array(text.utf8))
        var runs: [UInt64: [Int]] = [:]
        let words = finder.hashes
        if words.count >= PassageAnchors.run {
            for start in 0...words.count - PassageAnchors.run {
                runs[PassageAnchors.hash(words[start..<start + PassageAnchors.run]), default: []].append(start)
            }
        }
        self.runs = runs
    }

    /// To the letter; else but for white space, case, punctuation and markup; else the part of the document that has most
    /// of the text's words in runs of five.
    func place(of text: QuoteFinder.Quote) -> Place? {
        let ranges = finder.equalRanges(text)
        if !ranges.isEmpty { return Place(ranges: ranges, share: 1) }
        return similar(text.hashes)
    }

    private func similar(_ words: [UInt64]) -> Place? {
        let length = PassageAnchors.run
        guard words.count >= length else { return nil }
        var hits: [(place: Int, start: Int)] = []
        for start in 0...words.count - length {
            let places = runs[PassageAnchors.hash(words[start..<start + length])] ?? []
            guard places.count <= Self.mostPlaces else { continue }
            hits += places.map { (place: $0, start: start) }
        }
        hits.sort { ($0.place, $0.start) < ($1.place, $1.start) }
        // The stretch of about the text's own length with most of its runs.
        let reach = words.count + words.count / 4 + length
        var counts: [Int: Int] = [:]
        var first = 0
        var best: (runs: Int, hits: Range<Int>)?
        for last in hits.indices {
            counts[hits[last].start, default: 0] += 1
            while hits[last].place - hits[first].place > reach {
                counts[hits[first].start, default: 0] -= 1
                if counts[hits[first].start] == 0 { counts[hits[first].start] = nil }
                first += 1
            }
            if counts.count > best?.runs ?? 0 { best = (counts.count, first..<last + 1) }
        }
        guard let best else { return nil }
        let stretch = hits[best.hits]
        let covered = stretch.reduce(into: Set<Int>()) { $0.formUnion($1.start..<$1.start + length) }
        let share = Double(covered.count) / Double(words.count)
        guard share >= Self.threshold, let from = stretch.first?.place, let to = stretch.last?.place else { return nil }
        let text = finder.text
        let range = text.rawRange(text.start(ofWord: from)..<text.start(ofWord: to + length))
        return Place(ranges: [range], share: share)
    }
}

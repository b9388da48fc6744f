/// Finds the questions that must not be torn apart by a split.
///
/// Questions belong together that have an equal group, share an evidence quote, or say nearly the same: the sets of
/// their words have a Jaccard similarity of at least 0.8.
///
/// Questions whose evidence lies in the same document are alike, too, and belong together as long as that makes no
/// cluster of more than a quarter of the questions: with larger ones neither a split nor an interval has enough to draw
/// from.
struct QuestionClusters {
    /// The largest share of the questions that a cluster may have that was joined by documents.
    private static let largestShare = 0.25

    private var parents: [Int]

    /// - Parameter byDocument: whether documents join questions where they may.
    init(_ questions: [GoldenQuestion], byDocument: Bool = false) {
        self.init(joining: questions)
        guard byDocument else { return }
        var joined = self
        joined.joinDocuments(of: questions)
        let largest = joined.clusters().map(\.count).max() ?? 0
        if Double(largest) <= Self.largestShare * Double(questions.count) { self = joined }
    }

    private init(joining questions: [GoldenQuestion]) {
        parents = Array(questions.indices)
        var firstByKey: [String: Int] = [:]
        for (position, question) in questions.enumerated() {
            var keys = question.group.map { ["group \($0)"] } ?? []
            for quote in question.evidence.joined() {
                // However its document is called, the same words are the same evidence.
                keys.append("quote " + String(decoding: NormalizedText(Array(quote.quote.utf8)).bytes, as: UTF8.self))
            }
            for key in keys {
                if let first = firstByKey[key] { join(first, position) } else { firstByKey[key] = position }
            }
        }
        for pair in SimilarTexts.pairs(questions.map { SimilarTexts.words($0.question) }, threshold: 0.8) {
            join(pair.first, pair.second)
        }
    }

    private mutating func joinDocuments(of questions: [GoldenQuestion]) {
        var firstByDocument: [Substring: Int] = [:]
        for (position, question) in questions.enumerated() {
            for quote in question.evidence.joined() {
                var name = quote.document[...]
                while name.hasPrefix("./") { name = name.dropFirst(2) }
                if let first = firstByDocument[name] {
                    join(first, position)
                } else {
                    firstByDocument[name] = position
                }
            }
        }
    }

    /// The positions of the questions, cluster by cluster.
    mutating func clusters() -> [[Int]] {
        var clusters: [Int: [Int]] = [:]
        for position in parents.indices { clusters[root(position), default: []].append(position) }
        return clusters.sorted { $0.key < $1.key }.map(\.value)
    }

    private mutating func root(_ position: Int) -> Int {
        var position = position
        while parents[position] != position {
            parents[position] = parents[parents[position]]
            position = parents[position]
        }
        return position
    }

    private mutating func join(_ left: Int, _ right: Int) {
        let (a, b) = (root(left), root(right))
        parents[max(a, b)] = min(a, b)
    }
}

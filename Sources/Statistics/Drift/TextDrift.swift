internal import Base

/// How well a classifier tells the texts of two times apart, and by which words.
///
/// A logistic regression over weighted words learns on one half of the texts and is judged on the other, both ways round.
/// An area of 0.5 means that nothing tells them apart. It is made like evidently's text drift (`calculate_text_drift_score`:
/// words by term frequency and inverse document frequency, no word of more than half of the texts), whose area it comes
/// close to; the classifier there is trained by another method.
public struct TextDrift: Sendable, Hashable {
    /// A word and how much it speaks for the current texts.
    public struct Word: Sendable, Hashable {
        /// The word.
        public var word: String
        /// Its weight in the classifier, above 0.
        public var weight: Double
    }

    /// The area under the curve on texts that the classifier did not learn from.
    public var area: Double
    /// What chance stays under with the asked probability.
    public var chance: Double
    /// The words that tell current texts from earlier ones, the strongest first.
    public var currentWords: [Word]
    /// The words that tell earlier texts from current ones, the strongest first.
    public var referenceWords: [Word]

    /// Whether it tells them apart better than chance does, and well enough to matter: evidently's 0.55.
    public var hasDrifted: Bool { area > max(chance, 0.55) }

    /// Compares texts, each given as its words.
    ///
    /// - Parameters:
    ///   - reference: At least two.
    ///   - current: At least two.
    ///   - probability: How often chance alone stays under `chance`.
    ///   - seed: What halves are drawn from.
    ///   - words: How many words are named on each side.
    /// - Throws: ``StatisticsError`` where there are too few.
    public init(
        reference: [[String]], current: [[String]], probability: Double = 0.95, seed: UInt64 = 1, words: Int = 10
    ) throws(StatisticsError) {
        guard reference.count >= 2, current.count >= 2 else {
            throw StatisticsError(.tooFew, "Each side needs at least two texts to learn from one and judge the other.")
        }
        var random = SplitMix64(seed: seed, stream: "text drift")
        let halves = (Self.halves(reference, &random), Self.halves(current, &random))
        var areas: [Double] = []
        var weights: [String: Double] = [:]
        for fold in 0..<2 {
            let vocabulary = Vocabulary(halves.0[fold] + halves.1[fold])
            let model = LogisticModel(
                halves.0[fold].map { (vocabulary.vector(of: $0), 0) }
                    + halves.1[fold].map { (vocabulary.vector(of: $0), 1) }, features: vocabulary.words.count)
            func scores(_ texts: [[String]]) -> [Double] { texts.map { model.score(vocabulary.vector(of: $0)) } }
            areas.append(try rocArea(positives: scores(halves.1[1 - fold]), negatives: scores(halves.0[1 - fold])))
            for (place, word) in vocabulary.words.enumerated() { weights[word, default: 0] += model.weights[place] / 2 }
        }
        area = areas.reduce(0, +) / 2
        // The Mann-Whitney statistic's deviation, were both sides alike.
        let (n, m) = (Double(reference.count), Double(current.count))
        chance = 0.5 + normalQuantile(probability) * ((n + m + 1) / (12 * n * m)).squareRoot()
        let sorted = weights.map { Word(word: $0.key, weight: $0.value) }
            .sorted { ($1.weight, $0.word) < ($0.weight, $1.word) }
        currentWords = Array(sorted.prefix(words).filter { $0.weight > 0 })
        referenceWords = sorted.suffix(words).reversed().filter { $0.weight < 0 }
            .map { Word(word: $0.word, weight: -$0.weight) }
    }

    private static func halves(_ texts: [[String]], _ random: inout SplitMix64) -> [[[String]]] {
        let mixed = texts.shuffled(using: &random)
        return [Array(mixed[..<(mixed.count / 2)]), Array(mixed[(mixed.count / 2)...])]
    }
}

/// Words with their weights: log(1 + n) / (1 + df) smoothed, vectors of length 1.
private struct Vocabulary {
    private(set) var words: [String] = []
    private var places: [String: Int] = [:]
    private var rarity: [Double] = []

    init(_ texts: [[String]]) {
        var counts: [String: Int] = [:]
        for text in texts { for word in Set(text) { counts[word, default: 0] += 1 } }
        let count = Double(texts.count)
        for (word, inTexts) in counts.sorted(by: { $0.key < $1.key }) where Double(inTexts) <= count / 2 {
            places[word] = words.count
            words.append(word)
            rarity.append(logarithm((1 + count) / (1 + Double(inTexts))) + 1)
        }
    }

    func vector(of text: [String]) -> [(place: Int, value: Double)] {
        var counts: [Int: Int] = [:]
        for word in text { if let place = places[word] { counts[place, default: 0] += 1 } }
        let values = counts.sorted { $0.key < $1.key }.map {
            (place: $0.key, value: (1 + logarithm(Double($0.value))) * rarity[$0.key])
        }
        let length = values.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
        return length > 0 ? values.map { ($0.place, $0.value / length) } : []
    }
}

/// Logistic regression with a small ridge, by accelerated gradient steps over all texts: no order of texts matters.
private struct LogisticModel {
    private(set) var weights: [Double]
    private var bias = 0.0
    private static let ridge = 0.001
    private static let steps = 200

    init(_ rows: [(vector: [(place: Int, value: Double)], target: Double)], features: Int) {
        weights = Array(repeating: 0, count: features)
        var (momentum, biasMomentum) = (weights, 0.0)
        // Vectors have length 1 and a bias stands beside them: the curvature is at most (1 + 1) / 4.
        let rate = 1 / (0.5 + Self.ridge)
        var pace = 1.0
        for _ in 0..<Self.steps {
            var (gradient, biasGradient) = (momentum.map { $0 * Self.ridge }, 0.0)
            for (vector, target) in rows {
                let sum = vector.reduce(biasMomentum) { $0 + momentum[$1.place] * $1.value }
                let error = (1 / (1 + exponential(-sum)) - target) / Double(rows.count)
                for (place, value) in vector { gradient[place] += error * value }
                biasGradient += error
            }
            let next = zip(momentum, gradient).map { $0 - rate * $1 }
            let nextBias = biasMomentum - rate * biasGradient
            let nextPace = (1 + (1 + 4 * pace * pace).squareRoot()) / 2
            let carry = (pace - 1) / nextPace
            momentum = zip(next, weights).map { $0 + carry * ($0 - $1) }
            biasMomentum = nextBias + carry * (nextBias - bias)
            (weights, bias, pace) = (next, nextBias, nextPace)
        }
    }

    func score(_ vector: [(place: Int, value: Double)]) -> Double {
        vector.reduce(bias) { $0 + weights[$1.place] * $1.value }
    }
}

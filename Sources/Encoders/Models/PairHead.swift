#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What turns the state of the first token into a score: a dense layer with tanh, then a weighted sum.
///
/// Source: `BertForSequenceClassification` of the transformers package, with one label.
struct PairHead: Sendable {
    /// What is done to the weighted sum.
    enum Activation: Sendable, Hashable {
        /// Nothing: the score is the logit.
        case identity
        /// 1 / (1 + e^-x).
        case sigmoid

        /// The activation of a value.
        func callAsFunction(_ value: Float) -> Float { self == .identity ? value : 1 / (1 + exp(-value)) }
    }

    private let dense: FloatTensor
    private let denseBias: FloatTensor
    private let classifier: FloatTensor
    private let classifierBias: FloatTensor
    private let hidden: Int

    /// Finds the weights in a file.
    init(_ file: SafetensorsFile, hidden: Int) throws(EncodersError) {
        dense = try file.tensor("bert.pooler.dense.weight", shape: [hidden, hidden])
        denseBias = try file.tensor("bert.pooler.dense.bias", shape: [hidden])
        classifier = try file.tensor("classifier.weight", shape: [1, hidden])
        classifierBias = try file.tensor("classifier.bias", shape: [1])
        self.hidden = hidden
    }

    /// The logit of each sequence of a batch that the encoder has run.
    func logits(of batch: TokenBatch, in workspace: BERTWorkspace) throws(EncodersError) -> [Float] {
        let first = FloatBuffer(count: batch.count * hidden)
        let pooled = FloatBuffer(count: batch.count * hidden)
        for sequence in 0..<batch.count {
            (first.start + sequence * hidden).update(
                from: workspace.states.start + batch.range(of: sequence).lowerBound * hidden, count: hidden
            )
        }
        try multiply(
            MatrixView(first.start, stride: hidden), MatrixView(dense.start, stride: hidden), transposed: true,
            rows: batch.count, inner: hidden, columns: hidden, into: pooled.start, stride: hidden
        )
        return (0..<batch.count).map { sequence in
            var logit = classifierBias.start[0]
            for place in 0..<hidden {
                logit +=
                    classifier.start[place] * tanh(pooled.start[sequence * hidden + place] + denseBias.start[place])
            }
            return logit
        }
    }
}

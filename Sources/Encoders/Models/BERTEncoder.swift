/// A BERT encoder on the CPU.
///
/// The linear layers run over all tokens of a batch at once; only attention looks at one sequence at a time, so
/// nothing is ever padded and a text's vector does not depend on its neighbours.
///
/// Source: J. Devlin, M.-W. Chang, K. Lee, K. Toutanova, "BERT", NAACL 2019; equal to `BertModel` of the
/// transformers package within rounding.
struct BERTEncoder: Sendable {
    /// The shape of the model.
    let shape: BERTConfiguration
    /// What the linear layers compute with.
    let arithmetic: Arithmetic
    private let weights: BERTWeights

    /// Takes the weights of a file whose shape `config.json` gives.
    init(_ file: SafetensorsFile, shape: BERTConfiguration, arithmetic: Arithmetic) throws(EncodersError) {
        self.shape = shape
        self.arithmetic = arithmetic
        weights = try BERTWeights(file, shape, arithmetic: arithmetic)
    }

    /// A worker's buffers for this model.
    func workspace() -> BERTWorkspace { BERTWorkspace(shape, arithmetic: arithmetic) }

    /// Computes the last states of all tokens of a batch into `workspace.states`, one row a token.
    ///
    /// Ids must be below the vocabulary's size and sequences no longer than the positions.
    func run(_ batch: TokenBatch, in workspace: BERTWorkspace) throws(EncodersError) {
        var longest = 0
        for sequence in 0..<batch.count { longest = max(longest, batch.range(of: sequence).count) }
        workspace.reserve(tokens: batch.ids.count, longest: longest)
        embed(batch, in: workspace)
        for layer in weights.layers {
            try attend(layer, batch, in: workspace)
            try feedForward(layer, tokens: batch.ids.count, in: workspace)
        }
    }

    private func embed(_ batch: TokenBatch, in workspace: BERTWorkspace) {
        let hidden = shape.hidden
        for sequence in 0..<batch.count {
            let range = batch.range(of: sequence)
            for token in range {
                let type = token < batch.seconds[sequence] ? 0 : 1
                RowKernels.add(
                    weights.words.start + Int(batch.ids[token]) * hidden,
                    weights.places.start + (token - range.lowerBound) * hidden, weights.types.start + type * hidden,
                    into: workspace.states.start + token * hidden, length: hidden
                )
            }
        }
        normalise(weights.embeddingNorm, from: 0, rows: batch.ids.count, in: workspace)
    }

    private func attend(
        _ layer: BERTWeights.Layer, _ batch: TokenBatch, in workspace: BERTWorkspace
    ) throws(EncodersError) {
        let hidden = shape.hidden
        let tokens = batch.ids.count
        try layer.attentionInput.run(
            rows: tokens, on: input(workspace.states.start, in: workspace), into: workspace.mixed.start,
            worker: workspace.worker
        )
        try mix(batch, in: workspace)
        if let narrow = workspace.narrow {
            RowKernels.narrow(workspace.context.start, into: narrow.start, count: tokens * hidden)
        }
        try layer.attentionOutput.run(
            rows: tokens, on: input(workspace.context.start, in: workspace), into: workspace.states.start,
            worker: workspace.worker
        )
        normalise(layer.attentionNorm, from: 0, rows: tokens, in: workspace)
    }

    /// context = softmax(queries · keysᵀ / √width) · values, for each sequence and head.
    private func mix(_ batch: TokenBatch, in workspace: BERTWorkspace) throws(EncodersError) {
        let hidden = shape.hidden
        let width = hidden / shape.heads
        let scale = 1 / Float(width).squareRoot()
        let scores = workspace.scores.start
        for sequence in 0..<batch.count {
            let range = batch.range(of: sequence)
            let length = range.count
            let padded = RowKernels.padded(length)
            for head in 0..<shape.heads {
                let query = workspace.mixed.start + range.lowerBound * 3 * hidden + head * width
                try multiply(
                    MatrixView(query, stride: 3 * hidden), MatrixView(query + hidden, stride: 3 * hidden),
                    transposed: true, rows: length, inner: width, columns: length, scale: scale,
                    into: scores, stride: padded
                )
                RowKernels.softmax(scores, count: length, length: length, stride: padded)
                try multiply(
                    MatrixView(scores, stride: padded), MatrixView(query + 2 * hidden, stride: 3 * hidden),
                    transposed: false, rows: length, inner: length, columns: width,
                    into: workspace.context.start + range.lowerBound * hidden + head * width, stride: hidden
                )
            }
        }
    }

    private func feedForward(
        _ layer: BERTWeights.Layer, tokens: Int, in workspace: BERTWorkspace
    ) throws(EncodersError) {
        for first in stride(from: 0, to: tokens, by: BERTWorkspace.blockRows) {
            let rows = min(BERTWorkspace.blockRows, tokens - first)
            let states = workspace.states.start + first * shape.hidden
            try layer.feedForwardInput.run(
                rows: rows, on: input(states, offset: first * shape.hidden, in: workspace),
                into: workspace.inner.start, worker: workspace.worker
            )
            try layer.feedForwardOutput.run(
                rows: rows, on: workspace.inner.start, into: states, worker: workspace.worker
            )
            normalise(layer.feedForwardNorm, from: first, rows: rows, in: workspace)
        }
    }

    /// What a linear layer reads: the floats, or their bfloat16 copy from `offset` on.
    private func input(
        _ floats: UnsafePointer<Float>, offset: Int = 0, in workspace: BERTWorkspace
    ) -> UnsafeRawPointer {
        workspace.narrow.map { UnsafeRawPointer($0.start + offset) } ?? UnsafeRawPointer(floats)
    }

    /// Normalises rows of the states, and keeps their bfloat16 copy in step.
    private func normalise(_ norm: BERTWeights.Norm, from first: Int, rows: Int, in workspace: BERTWorkspace) {
        RowKernels.normalise(
            workspace.states.start + first * shape.hidden, norm, count: rows, length: shape.hidden,
            narrow: workspace.narrow.map { $0.start + first * shape.hidden }
        )
    }
}

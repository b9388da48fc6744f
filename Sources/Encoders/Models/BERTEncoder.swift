/// A BERT encoder on the CPU, in 32-bit floats.
///
/// The linear layers run over all tokens of a batch at once; only attention looks at one sequence at a time, so
/// nothing is ever padded and a text's vector does not depend on its neighbours.
///
/// Source: J. Devlin, M.-W. Chang, K. Lee, K. Toutanova, "BERT", NAACL 2019; equal to `BertModel` of the
/// transformers package within rounding.
struct BERTEncoder: Sendable {
    /// The shape of the model.
    let shape: BERTConfiguration
    private let weights: BERTWeights

    /// Loads `config.json` and `model.safetensors` of a folder.
    init(folder: String) throws(EncodersError) {
        shape = try BERTConfiguration(folder: folder)
        let file: SafetensorsFile
        do {
            file = try SafetensorsFile(path: folder + "/model.safetensors")
        } catch let error as EncodersError {
            throw error
        } catch {
            throw EncodersError(.unreadableFile, "\(folder)/model.safetensors cannot be read.", cause: error)
        }
        weights = try BERTWeights(file, shape)
    }

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
                let word = weights.words.start + Int(batch.ids[token]) * hidden
                let place = weights.places.start + (token - range.lowerBound) * hidden
                let state = workspace.states.start + token * hidden
                RowKernels.add(word, place, into: state, length: hidden)
            }
        }
        RowKernels.addAndNormalise(
            workspace.states.start, update: nil, norm: norm(weights.embeddingNorm), count: batch.ids.count,
            length: hidden
        )
    }

    private func attend(
        _ layer: BERTWeights.Layer, _ batch: TokenBatch, in workspace: BERTWorkspace
    ) throws(EncodersError) {
        let hidden = shape.hidden
        let width = hidden / shape.heads
        let tokens = batch.ids.count
        let mixed = workspace.mixed.start
        try multiply(
            MatrixView(workspace.states.start, stride: hidden),
            MatrixView(layer.attentionInput.weight.start, stride: hidden), transposed: true,
            rows: tokens, inner: hidden, columns: 3 * hidden, into: mixed, stride: 3 * hidden
        )
        RowKernels.addBias(layer.attentionInput.bias.start, to: mixed, count: tokens, length: 3 * hidden)

        let scale = 1 / Float(width).squareRoot()
        let scores = workspace.scores.start
        for sequence in 0..<batch.count {
            let range = batch.range(of: sequence)
            let length = range.count
            let padded = RowKernels.padded(length)
            for head in 0..<shape.heads {
                let query = mixed + range.lowerBound * 3 * hidden + head * width
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

        try multiply(
            MatrixView(workspace.context.start, stride: hidden),
            MatrixView(layer.attentionOutput.weight.start, stride: hidden), transposed: true,
            rows: tokens, inner: hidden, columns: hidden, into: workspace.update.start, stride: hidden
        )
        RowKernels.addAndNormalise(
            workspace.states.start,
            update: (UnsafePointer(workspace.update.start), layer.attentionOutput.bias.start),
            norm: norm(layer.attentionNorm), count: tokens, length: hidden
        )
    }

    private func feedForward(
        _ layer: BERTWeights.Layer, tokens: Int, in workspace: BERTWorkspace
    ) throws(EncodersError) {
        let hidden = shape.hidden
        let intermediate = shape.intermediate
        for first in stride(from: 0, to: tokens, by: BERTWorkspace.blockRows) {
            let rows = min(BERTWorkspace.blockRows, tokens - first)
            let states = workspace.states.start + first * hidden
            let inner = workspace.inner.start
            try multiply(
                MatrixView(states, stride: hidden),
                MatrixView(layer.feedForwardInput.weight.start, stride: hidden), transposed: true,
                rows: rows, inner: hidden, columns: intermediate, into: inner, stride: intermediate
            )
            RowKernels.addBiasAndActivate(
                layer.feedForwardInput.bias.start, to: inner, count: rows, length: intermediate
            )
            try multiply(
                MatrixView(inner, stride: intermediate),
                MatrixView(layer.feedForwardOutput.weight.start, stride: intermediate), transposed: true,
                rows: rows, inner: intermediate, columns: hidden, into: workspace.update.start, stride: hidden
            )
            RowKernels.addAndNormalise(
                states, update: (UnsafePointer(workspace.update.start), layer.feedForwardOutput.bias.start),
                norm: norm(layer.feedForwardNorm), count: rows, length: hidden
            )
        }
    }

    private func norm(
        _ norm: BERTWeights.Norm
    ) -> (scale: UnsafePointer<Float>, shift: UnsafePointer<Float>, epsilon: Float) {
        (norm.scale.start, norm.shift.start, shape.epsilon)
    }
}

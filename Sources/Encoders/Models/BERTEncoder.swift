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
        reserve(batch, in: workspace)
        let rows = 0..<batch.ids.count
        embed(batch, rows: rows, in: workspace)
        // The attention of a text that could have been divided is computed in the same parts, so that its vector has the
        // same bits; all else is computed in blocks of rows that both ways have in common.
        let parts = Self.lengthsInHalves.contains(rows.count) && batch.count == 1 ? Self.halves(rows.count) : [rows]
        for layer in weights.layers {
            try project(layer, rows: rows, in: workspace, lane: workspace.lane, into: workspace.mixed)
            for part in parts {
                try mix(batch, rows: part, from: workspace.mixed, in: workspace, lane: workspace.lane)
            }
            try finish(layer, rows: rows, in: workspace, lane: workspace.lane)
        }
    }

    /// A single text of so many tokens may be divided between two threads: below, the two wait for each other for longer
    /// than they save.
    static let lengthsInHalves = 8...512

    /// The rows of both halves; the first ends where a block of rows does.
    private static func halves(_ count: Int) -> [Range<Int>] {
        let middle = min(MatrixWorker.padded((count + 1) / 2), count)
        return [0..<middle, middle..<count]
    }

    /// The same for one short sequence, its rows divided between two threads: what a single question waits for.
    ///
    /// Rows of a layer need each other only in attention, which reads all keys and values. They lie in two places in
    /// turn, so that one half may write the next layer's while the other still reads this one's.
    func run(inHalves batch: TokenBatch, in workspace: BERTWorkspace) async throws {
        reserve(batch, in: workspace)
        let count = batch.ids.count
        let second = workspace.second(tokens: count)
        let rows = Self.halves(count)
        let halves = [Half(rows: rows[0], lane: workspace.lane), Half(rows: rows[1], lane: second.lane)]
        let shared = Shared(workspace: workspace, places: [workspace.mixed, second.mixed])
        for stage in 0...weights.layers.count {
            try Task.checkCancellation()
            async let other: Void = step(stage, batch, halves[1], shared)
            try step(stage, batch, halves[0], shared)
            try await other
        }
    }

    /// What a thread computes alone, between two meetings of the threads.
    private func step(_ stage: Int, _ batch: TokenBatch, _ half: Half, _ shared: Shared) throws(EncodersError) {
        let workspace = shared.workspace
        if stage == 0 {
            embed(batch, rows: half.rows, in: workspace)
        } else {
            try mix(batch, rows: half.rows, from: shared.places[(stage - 1) % 2], in: workspace, lane: half.lane)
            try finish(weights.layers[stage - 1], rows: half.rows, in: workspace, lane: half.lane)
        }
        if stage < weights.layers.count {
            try project(
                weights.layers[stage], rows: half.rows, in: workspace, lane: half.lane, into: shared.places[stage % 2])
        }
    }

    /// Unchecked: a thread writes only into its lane and its rows.
    private struct Half: @unchecked Sendable {
        var rows: Range<Int>
        var lane: BERTWorkspace.Lane
    }

    /// Unchecked: no thread reads rows that another writes in the same step.
    private struct Shared: @unchecked Sendable {
        var workspace: BERTWorkspace
        var places: [FloatBuffer]
    }

    private func reserve(_ batch: TokenBatch, in workspace: BERTWorkspace) {
        var longest = 0
        for sequence in 0..<batch.count { longest = max(longest, batch.range(of: sequence).count) }
        workspace.reserve(tokens: batch.ids.count, longest: longest)
    }

    private func embed(_ batch: TokenBatch, rows: Range<Int>, in workspace: BERTWorkspace) {
        let hidden = shape.hidden
        for sequence in 0..<batch.count {
            let range = batch.range(of: sequence)
            for token in range.clamped(to: rows) {
                let type = token < batch.seconds[sequence] ? 0 : 1
                RowKernels.add(
                    weights.words.start + Int(batch.ids[token]) * hidden,
                    weights.places.start + (token - range.lowerBound) * hidden, weights.types.start + type * hidden,
                    into: workspace.states.start + token * hidden, length: hidden
                )
            }
        }
        normalise(weights.embeddingNorm, rows: rows, in: workspace)
    }

    /// Queries, keys and values of some rows.
    private func project(
        _ layer: BERTWeights.Layer, rows: Range<Int>, in workspace: BERTWorkspace, lane: BERTWorkspace.Lane,
        into mixed: FloatBuffer
    ) throws(EncodersError) {
        try layer.attentionInput.run(
            rows: rows.count, on: input(workspace.states, from: rows.lowerBound, in: workspace),
            into: mixed.start + rows.lowerBound * 3 * shape.hidden, worker: lane.worker
        )
    }

    /// All of a layer behind the attention, for some rows.
    private func finish(
        _ layer: BERTWeights.Layer, rows: Range<Int>, in workspace: BERTWorkspace, lane: BERTWorkspace.Lane
    ) throws(EncodersError) {
        let hidden = shape.hidden
        let first = rows.lowerBound * hidden
        if let narrow = workspace.narrow {
            RowKernels.narrow(workspace.context.start + first, into: narrow.start + first, count: rows.count * hidden)
        }
        try layer.attentionOutput.run(
            rows: rows.count, on: input(workspace.context, from: rows.lowerBound, in: workspace),
            into: workspace.states.start + first, worker: lane.worker
        )
        normalise(layer.attentionNorm, rows: rows, in: workspace)
        try feedForward(layer, rows: rows, in: workspace, lane: lane)
    }

    /// context = softmax(queries · keysᵀ / √width) · values, for the queries of some rows, each sequence and head.
    private func mix(
        _ batch: TokenBatch, rows: Range<Int>, from mixed: FloatBuffer, in workspace: BERTWorkspace,
        lane: BERTWorkspace.Lane
    ) throws(EncodersError) {
        let hidden = shape.hidden
        let width = hidden / shape.heads
        let scale = 1 / Float(width).squareRoot()
        let scores = lane.scores.start
        for sequence in 0..<batch.count {
            let range = batch.range(of: sequence)
            let asking = range.clamped(to: rows)
            guard !asking.isEmpty else { continue }
            let padded = RowKernels.padded(range.count)
            for head in 0..<shape.heads {
                let query = mixed.start + asking.lowerBound * 3 * hidden + head * width
                let key = mixed.start + range.lowerBound * 3 * hidden + head * width + hidden
                try multiply(
                    MatrixView(query, stride: 3 * hidden), MatrixView(key, stride: 3 * hidden),
                    transposed: true, rows: asking.count, inner: width, columns: range.count, scale: scale,
                    into: scores, stride: padded
                )
                RowKernels.softmax(scores, count: asking.count, length: range.count, stride: padded)
                try multiply(
                    MatrixView(scores, stride: padded), MatrixView(key + hidden, stride: 3 * hidden),
                    transposed: false, rows: asking.count, inner: range.count, columns: width,
                    into: workspace.context.start + asking.lowerBound * hidden + head * width, stride: hidden
                )
            }
        }
    }

    private func feedForward(
        _ layer: BERTWeights.Layer, rows: Range<Int>, in workspace: BERTWorkspace, lane: BERTWorkspace.Lane
    ) throws(EncodersError) {
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: BERTWorkspace.blockRows) {
            let block = first..<min(first + BERTWorkspace.blockRows, rows.upperBound)
            try layer.feedForwardInput.run(
                rows: block.count, on: input(workspace.states, from: first, in: workspace), into: lane.inner.start,
                worker: lane.worker
            )
            try layer.feedForwardOutput.run(
                rows: block.count, on: lane.inner.start, into: workspace.states.start + first * shape.hidden,
                worker: lane.worker
            )
            normalise(layer.feedForwardNorm, rows: block, in: workspace)
        }
    }

    /// What a linear layer reads from a row on: the floats, or their bfloat16 copy.
    private func input(_ floats: FloatBuffer, from row: Int, in workspace: BERTWorkspace) -> UnsafeRawPointer {
        let offset = row * shape.hidden
        return workspace.narrow.map { UnsafeRawPointer($0.start + offset) } ?? UnsafeRawPointer(floats.start + offset)
    }

    /// Normalises rows of the states, and keeps their bfloat16 copy in step.
    private func normalise(_ norm: BERTWeights.Norm, rows: Range<Int>, in workspace: BERTWorkspace) {
        let first = rows.lowerBound * shape.hidden
        RowKernels.normalise(
            workspace.states.start + first, norm, count: rows.count, length: shape.hidden,
            narrow: workspace.narrow.map { $0.start + first }
        )
    }
}

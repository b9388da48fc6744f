internal import Synchronization

/// Divides sequences into batches and computes them on some workers.
struct BatchRunner: Sendable {
    /// How many batches are computed at the same time.
    var threads: Int
    /// No sequence is longer.
    var longest: Int

    /// About as many tokens are computed together: enough to fill the matrix units, few enough for the caches.
    private static let tokensPerBatch = 1024

    /// What `compute` makes of each batch, put in the order of the sequences: `width` floats for each.
    ///
    /// - Throws: `CancellationError` soon after the task is cancelled.
    func run(
        _ sequences: [TokenSequence], width: Int, encoder: BERTEncoder,
        compute: @escaping @Sendable (TokenBatch, BERTWorkspace) throws -> [Float]
    ) async throws -> [Float] {
        let lengths = sequences.map(\.ids.count)
        // A short job is still divided among all workers.
        let share = (lengths.reduce(0, +) + threads - 1) / threads
        let batches = TokenBatch.plan(lengths: lengths, budget: min(Self.tokensPerBatch, max(longest, share)))
        let next = WorkCounter(end: batches.count)

        var rows = Array(repeating: Float(0), count: sequences.count * width)
        try await withThrowingTaskGroup(of: [(batch: Int, rows: [Float])].self) { group in
            for _ in 0..<min(threads, batches.count) {
                group.addTask {
                    let workspace = encoder.workspace()
                    var results: [(batch: Int, rows: [Float])] = []
                    while let index = next.take() {
                        try Task.checkCancellation()
                        let batch = TokenBatch(batches[index].map { sequences[$0] })
                        try encoder.run(batch, in: workspace)
                        results.append((index, try compute(batch, workspace)))
                    }
                    return results
                }
            }
            for try await results in group {
                for result in results {
                    for (row, sequence) in batches[result.batch].enumerated() {
                        let source = row * width..<(row + 1) * width
                        rows.replaceSubrange(sequence * width..<(sequence + 1) * width, with: result.rows[source])
                    }
                }
            }
        }
        return rows
    }
}

/// Hands out the numbers below `end`, each to one worker.
private final class WorkCounter: Sendable {
    private let next = Atomic(0)
    private let end: Int

    init(end: Int) {
        self.end = end
    }

    func take() -> Int? {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < end ? index : nil
    }
}

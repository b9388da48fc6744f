/// Remembers the last few results of an expensive function, and computes each only once, also when it is asked for
/// from several tasks at the same time.
///
/// It supervises the tasks that compute: one that fails is forgotten, so that the next caller tries again.
package actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
    private let capacity: Int
    private var entries: [Key: Task<Value, any Error>] = [:]
    private var recency: [Key] = []

    /// Keeps at most `capacity` results.
    package init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    /// The remembered result, or that of `compute`.
    package func value(
        for key: Key, compute: @escaping @Sendable @concurrent () async throws -> Value
    ) async throws -> Value {
        recency.removeAll { $0 == key }
        recency.append(key)
        let task = entries[key] ?? Task { try await compute() }
        entries[key] = task
        while recency.count > capacity {
            entries[recency.removeFirst()] = nil
        }
        do {
            // Ctrl-C must not wait for minutes of encoding: a cancelled caller cancels the work.
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch {
            if entries[key] == task { entries[key] = nil }
            // Another caller was cancelled, this one was not: it does the work itself.
            if error is CancellationError, !Task.isCancelled {
                return try await value(for: key, compute: compute)
            }
            throw error
        }
    }
}

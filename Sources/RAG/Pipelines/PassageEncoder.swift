internal import Base
package import Retrieval
package import Storage

/// Encodes texts through the stage cache, in slabs: a search that was killed encodes only the slabs that are missing,
/// and a corpus that grew encodes only what was added at its end.
package struct PassageEncoder: Sendable {
    /// How many texts are encoded, and cached, at a time.
    private static let slab = 512

    private let encoder: any TextEncoder
    private let cache: StageCache?
    private let progress: @Sendable (_ done: Int, _ all: Int) -> Void

    /// Encodes with `encoder`; without a cache every text is encoded anew.
    package init(
        encoder: any TextEncoder, cache: StageCache?,
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) {
        self.encoder = encoder
        self.cache = cache
        self.progress = progress
    }

    /// One row a text.
    @concurrent
    package func encode(_ texts: [String]) async throws -> Matrix { try await encode(texts, areQueries: false) }

    /// One row a question.
    @concurrent
    package func encodeQueries(_ texts: [String]) async throws -> Matrix { try await encode(texts, areQueries: true) }

    private func encode(_ texts: [String], areQueries: Bool) async throws -> Matrix {
        var matrix = Matrix(columns: encoder.dimension)
        matrix.values.reserveCapacity(texts.count * encoder.dimension)
        for start in stride(from: 0, to: texts.count, by: Self.slab) {
            try Task.checkCancellation()
            let slab = Array(texts[start..<min(start + Self.slab, texts.count)])
            matrix.values += try await encodeSlab(slab, areQueries: areQueries)
            progress(start + slab.count, texts.count)
        }
        return matrix
    }

    private func encodeSlab(_ texts: [String], areQueries: Bool) async throws -> [Float] {
        let encoder = self.encoder
        let compute = { @Sendable () async throws -> [Float] in
            try await (areQueries ? encoder.encodeQueries(texts) : encoder.encode(texts)).values
        }
        guard let cache else { return try await compute() }
        var key = ContentHash.Builder()
        key.add("embeddings/1")
        key.add(encoder.identity)
        if areQueries { key.add("queries") }
        for text in texts { key.add(text) }
        let bytes = try await cache.value(forKey: key.finish()) {
            try await compute().withUnsafeBytes { Array($0) }
        }
        return bytes.withUnsafeBytes { raw in
            [Float](unsafeUninitializedCapacity: raw.count / 4) { buffer, count in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: raw[..<(raw.count / 4 * 4)]))
                count = raw.count / 4
            }
        }
    }
}

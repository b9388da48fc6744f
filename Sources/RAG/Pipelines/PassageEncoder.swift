internal import Base
package import Retrieval
package import Storage

/// Encodes texts through the stage cache, in slabs: a search that was killed encodes only the slabs that are missing,
/// and where documents were changed, added or removed, only texts that were never encoded before.
package struct PassageEncoder: Sendable {
    /// What encodes.
    package let encoder: any TextEncoder
    private let memory: VectorMemory?
    private let cache: StageCache?
    private let kept: KeptVectors?
    /// Whether no row may depend on texts of other slabs.
    private let isAlone: Bool
    /// So many texts are encoded at once, each by itself; nil where they are encoded together.
    private let lanes: Int?
    private let progress: @Sendable (_ done: Int, _ all: Int) -> Void

    /// Encodes with `encoder`; without a cache every text is encoded anew.
    ///
    /// - Parameters:
    ///   - kept: vectors of passages that a release brings along, or that one is to get.
    ///   - lanes: where a number, each passage is encoded by itself, so many at once: its vector depends on nothing else, and
    ///     may be kept for whoever sees the passage. That takes longer.
    package init(
        encoder: any TextEncoder, cache: StageCache?, kept: KeptVectors? = nil, lanes: Int? = nil,
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) {
        self.encoder = encoder
        self.cache = cache
        self.kept = kept
        self.lanes = lanes.map { max($0, 1) }
        self.progress = progress
        isAlone = false
        memory = cache.map { VectorMemory(encoder: encoder.identity, dimension: encoder.dimension, cache: $0) }
    }

    private init(alone whole: PassageEncoder) {
        (encoder, cache, progress) = (whole.encoder, whole.cache, whole.progress)
        (kept, lanes) = (nil, nil)
        isAlone = true
        memory = nil
    }

    /// The same for texts whose vectors may not depend, not even in their last digit, on which others were ever encoded: a
    /// matrix product may round otherwise in another batch. So no row is taken from another slab, and those are kept apart.
    /// Where each is encoded by itself, that is so already.
    package var alone: PassageEncoder { lanes == nil ? PassageEncoder(alone: self) : self }

    /// One row a text.
    @concurrent
    package func encode(_ texts: [String]) async throws -> Matrix { try await encode(texts, areQueries: false) }

    /// One row a question.
    @concurrent
    package func encodeQueries(_ texts: [String]) async throws -> Matrix { try await encode(texts, areQueries: true) }

    /// One row a question of a served encoder, and for each run of questions how many tokens the server counted: kept
    /// with the vectors, so that it is the same whatever is in the cache.
    func encodeQueriesCounting(_ texts: [String]) async throws -> (Matrix, [(range: Range<Int>, tokens: Int?)]) {
        var matrix = Matrix(columns: encoder.dimension)
        var tokens: [(range: Range<Int>, tokens: Int?)] = []
        let encoder = encoder
        for slab in VectorSlab.slabs(of: texts) {
            try Task.checkCancellation()
            let encode: @Sendable () async throws -> [UInt8] = {
                let counted = try await encoder.encodeQueriesCounting(slab.texts)
                return CountedSlab.bytes(Counted(counted.value.values, tokens: counted.tokens))
            }
            let key = slab.key(encoder: encoder.identity + " queries, counted")
            let bytes = if let cache { try await cache.value(forKey: key, compute: encode) } else { try await encode() }
            let slabOfVectors = CountedSlab.counted(bytes)
            matrix.values += slabOfVectors.value
            tokens.append((slab.range, slabOfVectors.tokens))
        }
        return (matrix, tokens)
    }

    private func encode(_ texts: [String], areQueries: Bool) async throws -> Matrix {
        if !areQueries, let known = kept?.matrix(of: texts) { return known }
        if !areQueries, let lanes { return try await encodeEach(texts, lanes: lanes) }
        let matrix = try await encodeSlabs(texts, areQueries: areQueries)
        if !areQueries { kept?.add(texts, matrix) }
        return matrix
    }

    private func encodeSlabs(_ texts: [String], areQueries: Bool) async throws -> Matrix {
        var matrix = Matrix(columns: encoder.dimension)
        matrix.values.reserveCapacity(texts.count * encoder.dimension)
        for slab in VectorSlab.slabs(of: texts) {
            try Task.checkCancellation()
            matrix.values += try await encode(slab, areQueries: areQueries)
            progress(slab.range.upperBound, texts.count)
        }
        await memory?.keep()
        return matrix
    }

    private func encode(_ slab: VectorSlab, areQueries: Bool) async throws -> [Float] {
        let encoder = encoder
        if isAlone, !areQueries, let cache {
            let bytes = try await cache.value(forKey: slab.key(encoder: encoder.identity + " alone")) {
                try await encoder.encode(slab.texts).values.withUnsafeBytes { Array($0) }
            }
            return VectorSlab.floats(bytes[...])
        }
        guard let cache, let memory else {
            return try await (areQueries ? encoder.encodeQueries(slab.texts) : encoder.encode(slab.texts)).values
        }
        if areQueries {
            // A question may have another vector than a passage of the same words.
            let bytes = try await cache.value(forKey: slab.key(encoder: encoder.identity + " queries")) {
                try await encoder.encodeQueries(slab.texts).values.withUnsafeBytes { Array($0) }
            }
            return VectorSlab.floats(bytes[...])
        }
        let key = slab.key(encoder: encoder.identity)
        let bytes = try await cache.value(forKey: key) {
            let known = await memory.rows(of: slab.names)
            let missing = slab.texts.indices.filter { known[$0] == nil }
            let fresh = try await encoder.encode(missing.map { slab.texts[$0] }).values
            var values = [Float](repeating: 0, count: slab.texts.count * encoder.dimension)
            for (row, vector) in known {
                values.replaceSubrange(row * encoder.dimension..<(row + 1) * encoder.dimension, with: vector)
            }
            for (position, row) in missing.enumerated() {
                let vector = fresh[position * encoder.dimension..<(position + 1) * encoder.dimension]
                values.replaceSubrange(row * encoder.dimension..<(row + 1) * encoder.dimension, with: vector)
            }
            return values.withUnsafeBytes { Array($0) }
        }
        await memory.add(key, names: slab.names)
        return VectorSlab.floats(bytes[...])
    }

    /// What is known stays; each other text is encoded by itself.
    private func encodeEach(_ texts: [String], lanes: Int) async throws -> Matrix {
        var rows = kept?.rows(of: texts) ?? [[Float]?](repeating: nil, count: texts.count)
        let places = texts.indices.filter { rows[$0] == nil }
        let missing = places.map { texts[$0] }
        for slab in VectorSlab.slabs(of: missing) {
            try Task.checkCancellation()
            let encode: @Sendable () async throws -> [UInt8] = {
                try await encodeApart(slab.texts, lanes: lanes).withUnsafeBytes { Array($0) }
            }
            let key = slab.key(encoder: encoder.identity + " each by itself")
            let bytes = if let cache { try await cache.value(forKey: key, compute: encode) } else { try await encode() }
            let values = VectorSlab.floats(bytes[...])
            kept?.add(slab.texts, Matrix(columns: encoder.dimension, values: values))
            for (row, place) in places[slab.range].enumerated() {
                rows[place] = Array(values[row * encoder.dimension..<(row + 1) * encoder.dimension])
            }
            progress(slab.range.upperBound, missing.count)
        }
        return Matrix(columns: encoder.dimension, values: rows.flatMap { $0 ?? [] })
    }

    private func encodeApart(_ texts: [String], lanes: Int) async throws -> [Float] {
        let encoder = encoder
        return try await withThrowingTaskGroup(of: (Int, [Float]).self) { tasks in
            var rows = [[Float]](repeating: [], count: texts.count)
            func add(_ position: Int) {
                guard texts.indices.contains(position) else { return }
                let text = texts[position]
                tasks.addTask { (position, try await encoder.encode([text]).values) }
            }
            for position in 0..<lanes { add(position) }
            var next = lanes
            while let (position, values) = try await tasks.next() {
                rows[position] = values
                add(next)
                next += 1
            }
            return rows.flatMap { $0 }
        }
    }
}

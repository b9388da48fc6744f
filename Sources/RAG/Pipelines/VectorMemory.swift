internal import Base
internal import Storage

/// Knows in which slab of vectors each text stands that was ever encoded, so that no text is encoded twice because
/// its neighbours changed.
///
/// The list lies in the stage cache beside the slabs. Where two processes write it, one of them wins, and some texts
/// are encoded again: it only saves work.
actor VectorMemory {
    private struct Place {
        var slab: ContentHash
        var row: Int
    }

    /// About two million texts; beyond that the oldest slabs are forgotten.
    private static let slabLimit = 6_000

    private let listKey: ContentHash
    private let rowBytes: Int
    private let cache: StageCache
    private var slabs: [(key: ContentHash, names: [VectorSlab.Name])] = []
    private var known: Set<ContentHash> = []
    private var places: [VectorSlab.Name: Place] = [:]
    private var isLoaded = false
    private var isChanged = false

    init(encoder: String, dimension: Int, cache: StageCache) {
        var builder = ContentHash.Builder()
        builder.add("embeddings-list/1")
        builder.add(encoder)
        listKey = builder.finish()
        rowBytes = dimension * 4
        self.cache = cache
    }

    /// The vectors of those texts that were encoded before, by their position in `names`.
    func rows(of names: [VectorSlab.Name]) -> [Int: [Float]] {
        load()
        var wanted: [ContentHash: [(position: Int, row: Int)]] = [:]
        for (position, name) in names.enumerated() {
            if let place = places[name] { wanted[place.slab, default: []].append((position, place.row)) }
        }
        var rows: [Int: [Float]] = [:]
        for (slab, entries) in wanted {
            guard let bytes = cache.kept(forKey: slab) else { continue }
            for entry in entries where (entry.row + 1) * rowBytes <= bytes.count {
                rows[entry.position] = VectorSlab.floats(bytes[entry.row * rowBytes..<(entry.row + 1) * rowBytes])
            }
        }
        return rows
    }

    /// Hears of a slab that is kept.
    func add(_ key: ContentHash, names: [VectorSlab.Name]) {
        load()
        guard remember(key, names) else { return }
        isChanged = true
        // A search that is killed should know most of what it did.
        if slabs.count % 64 == 0 { keep() }
    }

    /// Writes the list, if it has changed.
    func keep() {
        guard isChanged else { return }
        isChanged = false
        var bytes: [UInt8] = []
        for slab in slabs.suffix(Self.slabLimit) {
            bytes += Array(slab.key.hex.utf8)
            Self.append(UInt64(slab.names.count), to: &bytes)
            for name in slab.names {
                Self.append(name.x, to: &bytes)
                Self.append(name.y, to: &bytes)
            }
        }
        cache.replace(bytes, forKey: listKey)
    }

    private func remember(_ key: ContentHash, _ names: [VectorSlab.Name]) -> Bool {
        guard known.insert(key).inserted else { return false }
        slabs.append((key, names))
        for (row, name) in names.enumerated() { places[name] = Place(slab: key, row: row) }
        return true
    }

    private func load() {
        guard !isLoaded else { return }
        isLoaded = true
        let bytes = cache.kept(forKey: listKey) ?? []
        var next = 0
        while next + 72 <= bytes.count {
            guard let key = ContentHash(hex: String(decoding: bytes[next..<next + 64], as: UTF8.self)) else { return }
            let count = Int(clamping: Self.number(bytes, next + 64))
            next += 72
            guard count <= (bytes.count - next) / 16 else { return }
            let names = (0..<count).map { row in
                VectorSlab.Name(Self.number(bytes, next + 16 * row), Self.number(bytes, next + 16 * row + 8))
            }
            next += 16 * count
            _ = remember(key, names)
        }
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }

    private static func number(_ bytes: [UInt8], _ start: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
}

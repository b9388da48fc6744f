internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Some texts in a row that are encoded, and kept, together.
struct VectorSlab: Sendable {
    /// Names a text by its content: the first half of its SHA-256.
    typealias Name = SIMD2<UInt64>

    /// Slabs have at most so many texts, and not under the other number unless the texts end.
    private static let size = (least: 64, most: 512)

    /// Where the texts stand among all.
    let range: Range<Int>
    let texts: [String]
    let names: [Name]

    /// Cuts texts into slabs at places that their content chooses: a text that is added or removed changes the slab
    /// in which it stands, and seldom the next.
    static func slabs(of texts: [String]) -> [VectorSlab] {
        let names = texts.map(name)
        var slabs: [VectorSlab] = []
        var start = 0
        for position in texts.indices {
            let count = position + 1 - start
            let isChosen = count >= size.least && names[position].x % 256 == 0
            guard isChosen || count == size.most || position + 1 == texts.count else { continue }
            let range = start..<position + 1
            slabs.append(VectorSlab(range: range, texts: Array(texts[range]), names: Array(names[range])))
            start = position + 1
        }
        return slabs
    }

    /// The key of the vectors that an encoder makes of the texts.
    func key(encoder: String) -> ContentHash {
        var builder = ContentHash.Builder()
        builder.add("embeddings/2")
        builder.add(encoder)
        for name in names { builder.add("\(name.x) \(name.y)") }
        return builder.finish()
    }

    /// The name of a text.
    static func name(_ text: String) -> Name {
        let digits = ContentHash(of: text).hex
        return Name(UInt64(digits.prefix(16), radix: 16) ?? 0, UInt64(digits.dropFirst(16).prefix(16), radix: 16) ?? 0)
    }

    /// Numbers as they are kept.
    static func floats(_ bytes: ArraySlice<UInt8>) -> [Float] {
        bytes.withUnsafeBytes { raw in
            [Float](unsafeUninitializedCapacity: raw.count / 4) { buffer, count in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: raw[..<(raw.count / 4 * 4)]))
                count = raw.count / 4
            }
        }
    }
}

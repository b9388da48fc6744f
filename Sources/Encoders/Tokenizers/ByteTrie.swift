/// Finds the longest known prefix of some bytes in one pass.
///
/// The edges of all nodes stand in one hash table, so that a step is one look-up and a vocabulary of 30,000
/// pieces needs about 2 MB.
struct ByteTrie: Sendable {
    /// The node at which nothing has been read.
    static let root: UInt32 = 0

    private var keys: [UInt32]
    private var children: [UInt32]
    private var values: [Int32] = [-1]
    private var edges = 0
    private var shift: UInt32

    /// A trie without entries, with room for about `capacity` bytes of keys.
    init(capacity: Int) {
        let bits = max(4, Int.bitWidth - (capacity * 2).leadingZeroBitCount)
        keys = Array(repeating: 0, count: 1 << bits)
        children = Array(repeating: 0, count: 1 << bits)
        shift = UInt32(32 - bits)
    }

    /// Adds an entry; the value is 0 or more. False where the trie is full (16 million nodes).
    mutating func insert(_ key: some Sequence<UInt8>, value: Int32) -> Bool {
        var node = Self.root
        for byte in key {
            if let child = child(of: node, byte) {
                node = child
                continue
            }
            guard values.count < 1 << 24 else { return false }
            if (edges + 1) * 2 > keys.count { grow() }
            let child = UInt32(values.count)
            values.append(-1)
            put(node << 8 | UInt32(byte), child)
            edges += 1
            node = child
        }
        values[Int(node)] = value
        return true
    }

    /// The node behind a byte.
    @inline(__always)
    func child(of node: UInt32, _ byte: UInt8) -> UInt32? {
        let key = node << 8 | UInt32(byte)
        var slot = Int((key &* 0x9E37_79B1) >> shift)
        while children[slot] != 0 {
            if keys[slot] == key { return children[slot] }
            slot = (slot + 1) & (keys.count - 1)
        }
        return nil
    }

    /// The entry that ends at a node, or -1.
    @inline(__always)
    func value(at node: UInt32) -> Int32 { values[Int(node)] }

    private mutating func put(_ key: UInt32, _ child: UInt32) {
        var slot = Int((key &* 0x9E37_79B1) >> shift)
        while children[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = key
        children[slot] = child
    }

    private mutating func grow() {
        let (oldKeys, oldChildren) = (keys, children)
        keys = Array(repeating: 0, count: oldKeys.count * 2)
        children = Array(repeating: 0, count: oldKeys.count * 2)
        shift -= 1
        for slot in oldKeys.indices where oldChildren[slot] != 0 {
            put(oldKeys[slot], oldChildren[slot])
        }
    }
}

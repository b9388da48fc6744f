/// One pass over the bytes of a text: normalises, splits and matches at once, without a string a word.
struct WordPieceScan {
    /// The tokens found so far.
    private(set) var ids: [Int32] = []
    /// Their places in the text, where those are kept.
    private(set) var ranges: [Range<Int>] = []

    private let tables: WordPieceTokenizer.Tables
    private let keepsRanges: Bool
    private let asciiAdded: [Bool]

    /// The word that is being read: its normalised bytes, and for each the place that it came from.
    private var word: [UInt8] = []
    private var lowers: [Int] = []
    private var uppers: [Int] = []
    private var characters = 0

    private static let ascii = AsciiClasses()

    /// A scan that has read nothing.
    init(_ tables: WordPieceTokenizer.Tables, keepsRanges: Bool) {
        self.tables = tables
        self.keepsRanges = keepsRanges
        var starts = Array(repeating: false, count: 256)
        for token in tables.added { starts[Int(token.bytes[0])] = true }
        asciiAdded = starts
    }

    /// Reads a text; stops soon after `limit` tokens.
    mutating func run(_ text: String, limit: Int) {
        var text = text
        text.withUTF8 { run($0, limit: limit) }
    }

    private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) {
        var place = 0
        while place < bytes.count, ids.count < limit {
            let byte = bytes[place]
            if asciiAdded[Int(byte)], let token = addedToken(in: bytes, at: place) {
                flush()
                emit(token.id, place, place + token.bytes.count)
                place += token.bytes.count
            } else if byte < 0x80 {
                readASCII(byte, place)
                place += 1
            } else {
                place += readScalar(in: bytes, at: place)
            }
        }
        if ids.count < limit { flush() }
    }

    private func addedToken(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> (bytes: [UInt8], id: Int32)? {
        tables.added.first { token in
            place + token.bytes.count <= bytes.count
                && token.bytes.indices.allSatisfy { bytes[place + $0] == token.bytes[$0] }
        }
    }

    @inline(__always)
    private mutating func readASCII(_ byte: UInt8, _ place: Int) {
        let entry = Self.ascii[byte]
        switch entry {
        case AsciiClasses.space: flush()
        case AsciiClasses.removed: break
        case AsciiClasses.punctuation:
            flush()
            push(byte, place, place + 1)
            characters = 1
            flush()
        default:
            push(entry, place, place + 1)
            characters += 1
        }
    }

    /// Reads a scalar that is not ASCII; answers its length. A `String`'s bytes are always valid UTF-8.
    private mutating func readScalar(in bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
        let first = UInt32(bytes[place])
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var scalar = first & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[place + offset] & 0x3F) }
        let end = place + length
        if 0xAC00...0xD7A3 ~= scalar {
            let jamo = BertCharacters.hangul(scalar)
            append(jamo.0, place, end)
            append(jamo.1, place, end)
            if jamo.2 != 0 { append(jamo.2, place, end) }
            return length
        }
        switch tables.characters.outcome(of: scalar) {
        case .removed: break
        case .space: flush()
        case .alone(let mapped):
            flush()
            append(mapped, place, end)
            flush()
        case .part(let mapped): append(mapped, place, end)
        case .parts(let positions):
            for position in positions { append(tables.characters.expansions[position], place, end) }
        }
        return length
    }

    /// Adds a normalised scalar to the word, as UTF-8.
    private mutating func append(_ scalar: UInt32, _ lower: Int, _ upper: Int) {
        characters += 1
        switch scalar {
        case ..<0x80:
            push(UInt8(scalar), lower, upper)
        case ..<0x800:
            push(UInt8(0xC0 | scalar >> 6), lower, upper)
            push(UInt8(0x80 | scalar & 0x3F), lower, upper)
        case ..<0x10000:
            push(UInt8(0xE0 | scalar >> 12), lower, upper)
            push(UInt8(0x80 | scalar >> 6 & 0x3F), lower, upper)
            push(UInt8(0x80 | scalar & 0x3F), lower, upper)
        default:
            push(UInt8(0xF0 | scalar >> 18), lower, upper)
            push(UInt8(0x80 | scalar >> 12 & 0x3F), lower, upper)
            push(UInt8(0x80 | scalar >> 6 & 0x3F), lower, upper)
            push(UInt8(0x80 | scalar & 0x3F), lower, upper)
        }
    }

    @inline(__always)
    private mutating func push(_ byte: UInt8, _ lower: Int, _ upper: Int) {
        word.append(byte)
        if keepsRanges {
            lowers.append(lower)
            uppers.append(upper)
        }
    }

    @inline(__always)
    private mutating func emit(_ id: Int32, _ lower: Int, _ upper: Int) {
        ids.append(id)
        if keepsRanges { ranges.append(lower..<upper) }
    }

    /// Ends the word and cuts it into the longest pieces that the vocabulary has, from left to right.
    private mutating func flush() {
        guard !word.isEmpty else { return }
        let before = ids.count
        var start = 0
        while characters <= tables.maximumCharacters, start < word.count {
            var node = start == 0 ? ByteTrie.root : tables.continuation
            var found: (id: Int32, end: Int) = (-1, start)
            var place = start
            while place < word.count, let next = tables.trie.child(of: node, word[place]) {
                node = next
                place += 1
                let value = tables.trie.value(at: node)
                if value >= 0 { found = (value, place) }
            }
            guard found.id >= 0 else { break }
            emit(found.id, keepsRanges ? lowers[start] : 0, keepsRanges ? uppers[found.end - 1] : 0)
            start = found.end
        }
        if start < word.count {
            // One piece that is missing makes the whole word unknown.
            ids.removeLast(ids.count - before)
            if keepsRanges { ranges.removeLast(ranges.count - before) }
            emit(tables.unknown, keepsRanges ? lowers[0] : 0, keepsRanges ? uppers[uppers.count - 1] : 0)
        }
        word.removeAll(keepingCapacity: true)
        lowers.removeAll(keepingCapacity: true)
        uppers.removeAll(keepingCapacity: true)
        characters = 0
    }
}

/// What becomes of each ASCII byte: one of the three classes, or the byte in lower case.
private struct AsciiClasses: Sendable {
    static let removed: UInt8 = 0
    static let space: UInt8 = 1
    static let punctuation: UInt8 = 2

    private var classes: [UInt8] = []

    init() {
        let characters = BertCharacters()
        for byte: UInt32 in 0..<128 {
            switch characters.outcome(of: byte) {
            case .part(let mapped): classes.append(UInt8(mapped))
            case .space: classes.append(Self.space)
            case .alone: classes.append(Self.punctuation)
            case .removed, .parts: classes.append(Self.removed)
            }
        }
    }

    @inline(__always)
    subscript(byte: UInt8) -> UInt8 { classes[Int(byte)] }
}

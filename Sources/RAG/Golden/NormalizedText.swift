/// A text reduced to its letters and digits in lower case, each with its place in the text.
///
/// White space, punctuation, accents that stand alone, Markdown's emphasis marks, the targets of links, HTML tags and
/// entities fall away, so a quote that was copied from a rendered page equals its source.
struct NormalizedText: Sendable {
    /// The text's own bytes.
    let raw: [UInt8]
    /// The letters and digits as UTF-8.
    private(set) var bytes: [UInt8] = []
    /// For each of `bytes`, where its character starts in `raw`.
    private(set) var origins: [Int32] = []
    /// Where words start in `bytes`.
    private(set) var wordStarts: [Int32] = []

    init(_ raw: [UInt8]) {
        self.raw = raw
        bytes.reserveCapacity(raw.count)
        origins.reserveCapacity(raw.count)
        var position = 0
        var isInWord = false
        while position < raw.count {
            let byte = raw[position]
            if byte >= 0x80 {
                position = addScalar(at: position, isInWord: &isInWord)
            } else if (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
                add(byte, at: position, isInWord: &isInWord)
                position += 1
            } else if (0x41...0x5A).contains(byte) {
                add(byte | 0x20, at: position, isInWord: &isInWord)
                position += 1
            } else {
                isInWord = false
                position = endOfMarkup(at: position) ?? position + 1
            }
        }
    }

    private mutating func add(_ byte: UInt8, at origin: Int, isInWord: inout Bool) {
        if !isInWord { wordStarts.append(Int32(bytes.count)) }
        isInWord = true
        bytes.append(byte)
        origins.append(Int32(origin))
    }

    private mutating func addScalar(at position: Int, isInWord: inout Bool) -> Int {
        let end = endOfScalar(at: position)
        guard let scalar = String(decoding: raw[position..<end], as: UTF8.self).unicodeScalars.first else { return end }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return end
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
            .decimalNumber, .letterNumber, .otherNumber:
            // Ideographs are written without spaces: each counts as a word.
            let isIdeograph = properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
            if isIdeograph { isInWord = false }
            for byte in properties.lowercaseMapping.utf8 { add(byte, at: position, isInWord: &isInWord) }
            if isIdeograph { isInWord = false }
        default: isInWord = false
        }
        return end
    }

    private func endOfScalar(at position: Int) -> Int {
        let lead = raw[position]
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        return min(position + length, raw.count)
    }

    // MARK: Markup

    private func endOfMarkup(at position: Int) -> Int? {
        switch raw[position] {
        case UInt8(ascii: "]"): endOfTarget(at: position + 1)
        case UInt8(ascii: "<"): endOfTag(at: position + 1)
        case UInt8(ascii: "&"): endOfEntity(at: position + 1)
        default: nil
        }
    }

    /// `](target)` and `][name]`.
    private func endOfTarget(at start: Int) -> Int? {
        guard start < raw.count else { return nil }
        let (open, close): (UInt8, UInt8)
        switch raw[start] {
        case UInt8(ascii: "("): (open, close) = (UInt8(ascii: "("), UInt8(ascii: ")"))
        case UInt8(ascii: "["): (open, close) = (UInt8(ascii: "["), UInt8(ascii: "]"))
        default: return nil
        }
        var depth = 0
        for position in start..<min(raw.count, start + 1_000) {
            if raw[position] == open { depth += 1 }
            if raw[position] == close { depth -= 1 }
            if raw[position] == 0x0A { return nil }
            if depth == 0 { return position + 1 }
        }
        return nil
    }

    private func endOfTag(at start: Int) -> Int? {
        guard start < raw.count, raw[start] == 0x2F || (raw[start] | 0x20 >= 0x61 && raw[start] | 0x20 <= 0x7A) else {
            return nil
        }
        for position in start..<min(raw.count, start + 300) {
            if raw[position] == UInt8(ascii: ">") { return position + 1 }
            if raw[position] == UInt8(ascii: "<") || raw[position] == 0x0A { return nil }
        }
        return nil
    }

    private func endOfEntity(at start: Int) -> Int? {
        for position in start..<min(raw.count, start + 9) {
            let byte = raw[position]
            if byte == UInt8(ascii: ";") { return position > start ? position + 1 : nil }
            let isPart = (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (0x30...0x39).contains(byte)
            guard isPart || (byte == UInt8(ascii: "#") && position == start) else { return nil }
        }
        return nil
    }

    // MARK: Words and places

    /// Whether a word starts at an offset in `bytes`, or the text ends there.
    func isBoundary(_ offset: Int) -> Bool {
        offset == bytes.count || wordStarts[word(at: offset)] == Int32(offset)
    }

    /// The last word that starts at or before an offset in `bytes`.
    func word(at offset: Int) -> Int {
        var low = 0
        var high = wordStarts.count
        while low < high {
            let middle = (low + high) / 2
            if wordStarts[middle] <= Int32(offset) { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }

    /// The offset in `bytes` where a word starts; the end for the word behind the last.
    func start(ofWord word: Int) -> Int {
        word < wordStarts.count ? Int(wordStarts[word]) : bytes.count
    }

    /// A range of `bytes` as a range of the text.
    func rawRange(_ range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty else { return 0..<0 }
        return Int(origins[range.lowerBound])..<endOfScalar(at: Int(origins[range.upperBound - 1]))
    }

    /// A hash of each word (FNV-1a, the same in every process).
    func wordHashes() -> [UInt64] {
        wordStarts.indices.map { word in
            bytes[start(ofWord: word)..<start(ofWord: word + 1)].reduce(0xCBF2_9CE4_8422_2325) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            }
        }
    }
}

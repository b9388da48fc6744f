/// Cuts identifiers of program text into words: `URLSession_v2` into `URL`, `Session`, `v2`.
enum IdentifierParts {
    /// The parts of a word; none if it has only one.
    ///
    /// A part begins behind an underscore, at an upper-case letter behind a lower-case one, and at the last upper-case
    /// letter of a run that a lower-case letter follows. So `3D` and `HTTP2` stay whole.
    static func ranges(_ bytes: UnsafeBufferPointer<UInt8>, _ word: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = word.lowerBound
        for position in word {
            let byte = bytes[position]
            if byte == UInt8(ascii: "_") {
                if position > start { parts.append(start..<position) }
                start = position + 1
            } else if position > start, byte.isASCIIUpper {
                let previous = bytes[position - 1]
                let endsRun = position + 1 < word.upperBound && bytes[position + 1].isASCIILower
                if previous.isASCIILower || (previous.isASCIIUpper || previous.isASCIIDigit) && endsRun {
                    parts.append(start..<position)
                    start = position
                }
            } else if byte == UInt8(ascii: "'") || byte == 0xE2 {
                // `McDonald's` is prose.
                return []
            }
        }
        if start < word.upperBound { parts.append(start..<word.upperBound) }
        return parts.count > 1 ? parts : []
    }
}

extension UInt8 {
    fileprivate var isASCIIUpper: Bool { (0x41...0x5A).contains(self) }
    fileprivate var isASCIILower: Bool { (0x61...0x7A).contains(self) }
}

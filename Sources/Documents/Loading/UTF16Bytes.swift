/// UTF-16 as bytes.
enum UTF16Bytes {
    /// The text, or nil where the bytes are no text in UTF-16: an odd number, or a zero.
    static func text(_ bytes: ArraySlice<UInt8>, littleEndian: Bool) -> String? {
        guard bytes.count % 2 == 0 else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(littleEndian ? second << 8 | first : first << 8 | second)
            index += 2
        }
        guard !units.contains(0) else { return nil }
        return String(decoding: units, as: UTF16.self)
    }

    /// The text of bytes without a byte order mark, where their zeros show one order of bytes and what comes out is
    /// made of letters.
    ///
    /// Spaces, line ends and digits have a zero in every script, so every text has some.
    static func guess(_ bytes: [UInt8]) -> String? {
        guard bytes.count >= 4, bytes.count % 2 == 0 else { return nil }
        var zeros = [0, 0]
        for (position, byte) in bytes.enumerated() where byte == 0 { zeros[position & 1] += 1 }
        guard min(zeros[0], zeros[1]) == 0, max(zeros[0], zeros[1]) * 100 >= bytes.count else { return nil }
        // ASCII with a stray zero here and there; as UTF-16 it would have one in every other byte.
        let isASCII = bytes.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 0 || (9...13).contains($0)) }
        guard !isASCII || max(zeros[0], zeros[1]) * 5 >= bytes.count * 2 else { return nil }
        guard let text = text(bytes[...], littleEndian: zeros[0] == 0) else { return nil }
        var letters = 0
        var all = 0
        for scalar in text.unicodeScalars.prefix(20_000) {
            let isControl = scalar.value < 0x20 && !(9...13).contains(scalar.value)
            guard !isControl, scalar != "\u{FFFD}", scalar.properties.generalCategory != .unassigned else { return nil }
            all += 1
            if scalar.properties.isAlphabetic || scalar.properties.isWhitespace { letters += 1 }
        }
        return letters * 10 >= all * 5 ? text : nil
    }
}

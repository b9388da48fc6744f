/// Makes HTML harmless for a parser that is slow on some of it.
enum HTMLGuard {
    /// A tag with more attributes than this loses the rest: libxml2 compares each with all before it.
    private static let attributeLimit = 500

    /// The bytes without byte order mark and NUL, and without the attributes beyond the limit of any tag.
    static func harmless(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if bytes.contains(0) { result.removeAll { $0 == 0 } }
        var isInTag = false
        var quote: UInt8?
        var words = 0
        var wasSpace = false
        for position in result.indices {
            let byte = result[position]
            guard isInTag else {
                if byte == UInt8(ascii: "<"), position + 1 < result.count, result[position + 1].isLetter {
                    isInTag = true
                    words = 0
                }
                continue
            }
            if byte == quote {
                quote = nil
            } else if quote == nil {
                let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte) || byte == UInt8(ascii: "/")
                if !isSpace, wasSpace { words += 1 }
                wasSpace = isSpace
                switch byte {
                case UInt8(ascii: ">"):
                    isInTag = false
                    continue
                case UInt8(ascii: "\""), UInt8(ascii: "'"):
                    quote = byte
                    wasSpace = true
                default: break
                }
            }
            if words > attributeLimit { result[position] = 0x20 }
        }
        return result
    }
}

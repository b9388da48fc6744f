/// Finds the words of a text.
///
/// A word is a run of letters, digits, marks and underscores. An apostrophe between letters and a full stop or comma
/// between digits belong to it (`don't`, `3.14`), as in Unicode's word boundaries (UAX 29); a full stop between
/// letters does not, because `Array.append` is two words to whoever looks for it. Underscores at either end do not
/// belong to it either: in Markdown they are emphasis.
struct WordScanner {
    /// What was found, as UTF-8 ranges.
    enum Word {
        case word(Range<Int>)
        case ideographs(Range<Int>)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func next() -> Word? {
        while position < bytes.count {
            let (kind, width) = ScalarKind.read(bytes, at: position)
            switch kind {
            case .word: return .word(word())
            case .ideograph: return .ideographs(ideographs())
            case .space, .other: position += width
            }
        }
        return nil
    }

    private mutating func ideographs() -> Range<Int> {
        let start = position
        while position < bytes.count {
            let (kind, width) = ScalarKind.read(bytes, at: position)
            guard kind == .ideograph else { break }
            position += width
        }
        return start..<position
    }

    private mutating func word() -> Range<Int> {
        let start = position
        var end = position
        while position < bytes.count {
            let (kind, width) = ScalarKind.read(bytes, at: position)
            if kind == .word {
                position += width
                end = position
            } else if bytes[position] == UInt8(ascii: "_") {
                position += 1
            } else if position == end, let joined = joinerWidth() {
                position += joined
            } else {
                break
            }
        }
        position = max(position, end)
        return start..<end
    }

    /// The width of a mark at the position that holds a word together, if there is one.
    private func joinerWidth() -> Int? {
        switch bytes[position] {
        case UInt8(ascii: "'"): joins(1, isDigit: false) ? 1 : nil
        case UInt8(ascii: "."), UInt8(ascii: ","): joins(1, isDigit: true) ? 1 : nil
        case 0xE2 where position + 2 < bytes.count && bytes[position + 1] == 0x80 && bytes[position + 2] == 0x99:
            joins(3, isDigit: false) ? 3 : nil
        default: nil
        }
    }

    private func joins(_ width: Int, isDigit: Bool) -> Bool {
        guard position > 0, position + width < bytes.count,
            ScalarKind.read(bytes, at: position + width).kind == .word
        else { return false }
        return bytes[position - 1].isASCIIDigit == isDigit && bytes[position + width].isASCIIDigit == isDigit
    }
}

extension UInt8 {
    /// Whether it is a digit.
    var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
}

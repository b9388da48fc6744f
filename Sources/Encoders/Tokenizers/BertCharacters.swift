/// What BERT's uncased normaliser and word splitter do to each Unicode scalar.
///
/// Control characters and accents are dropped, white space separates words, punctuation and CJK ideographs are
/// words of their own, and all else is decomposed (NFD) and lower-cased.
struct BertCharacters: Sendable {
    /// What becomes of a scalar.
    enum Outcome {
        /// It is dropped, and joins what stands around it.
        case removed
        /// It separates words.
        case space
        /// It becomes a word of its own, made of this scalar.
        case alone(UInt32)
        /// It becomes part of a word, as this scalar.
        case part(UInt32)
        /// It becomes part of a word, as these positions of `expansions`.
        case parts(Range<Int>)
    }

    private enum Kind: UInt8 {
        case removed = 0x52  // R
        case space = 0x53  // S
        case punctuation = 0x50  // P
        case ideograph = 0x43  // C
        case letter = 0x57  // W
        case expansion = 0x4D  // M
    }

    private struct Run: Sendable {
        var last: UInt32
        var kind: Kind
        var value: Int32
        var length: UInt8
    }

    /// The first scalars of the runs, ascending; kept apart from the runs because a search touches only these.
    private var firsts: [UInt32] = []
    private var runs: [Run] = []
    /// The scalars of all `parts`.
    private(set) var expansions: [UInt32] = []

    /// The characters of `tokenizers`.
    init() {
        self.init(table: Self.table)
    }

    /// Reads a table: a record is a letter and numbers in base 36 with points between them.
    ///
    /// `Rgap.more`, `Sgap.more`, `Pgap.more.delta`, `Cgap.more.delta` and `Wgap.more.delta` describe a run of
    /// `more + 1` scalars that begins `gap` after the end of the run before; `delta` is added to each.
    /// `Mgap.a.b…` describes one scalar that becomes `a`, `b`, …. Numbers left out at the end are 0, and
    /// scalars in no run are parts of words as they are.
    init(table: String) {
        var kind = Kind.letter
        var numbers: [Int] = []
        var negative = false
        var next = 0
        func finish(_ characters: inout BertCharacters) {
            guard !numbers.isEmpty else { return }
            let values = numbers + [0, 0, 0]
            let first = next + values[0]
            let isExpansion = kind == .expansion
            let last = isExpansion ? first : first + values[1]
            let value = isExpansion ? characters.expansions.count : values[2]
            if isExpansion { characters.expansions += numbers.dropFirst().map { UInt32($0) } }
            characters.firsts.append(UInt32(first))
            characters.runs.append(
                Run(last: UInt32(last), kind: kind, value: Int32(value), length: UInt8(numbers.count - 1))
            )
            next = last + 1
        }
        for byte in table.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                finish(&self)
                kind = Kind(rawValue: byte) ?? .letter
                numbers = [0]
                negative = false
            case UInt8(ascii: "."):
                numbers.append(0)
                negative = false
            case UInt8(ascii: "-"):
                negative = true
            default:
                let digit = Int(byte) - (byte <= UInt8(ascii: "9") ? 48 : 87)
                let magnitude = abs(numbers[numbers.count - 1]) * 36 + digit
                numbers[numbers.count - 1] = negative ? -magnitude : magnitude
            }
        }
        finish(&self)
    }

    /// What becomes of a scalar other than a Hangul syllable, which `hangul(_:)` takes apart.
    func outcome(of scalar: UInt32) -> Outcome {
        var low = 0
        var high = firsts.count
        while low < high {
            let middle = (low + high) / 2
            if firsts[middle] <= scalar { low = middle + 1 } else { high = middle }
        }
        guard low > 0, scalar <= runs[low - 1].last else { return .part(scalar) }
        let run = runs[low - 1]
        switch run.kind {
        case .removed: return .removed
        case .space: return .space
        case .punctuation, .ideograph: return .alone(UInt32(Int32(scalar) + run.value))
        case .letter: return .part(UInt32(Int32(scalar) + run.value))
        case .expansion: return .parts(Int(run.value)..<Int(run.value) + Int(run.length))
        }
    }

    /// The two or three jamo of a Hangul syllable; 0 stands for no third one.
    ///
    /// Source: The Unicode Standard, section 3.12.
    static func hangul(_ syllable: UInt32) -> (UInt32, UInt32, UInt32) {
        let index = syllable - 0xAC00
        let tail = index % 28
        return (0x1100 + index / 588, 0x1161 + index % 588 / 28, tail == 0 ? 0 : 0x11A7 + tail)
    }
}

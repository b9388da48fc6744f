/// Bytes turned into text, with what had to be assumed.
struct TextDecoding: Sendable {
    /// How the bytes were read.
    enum Encoding: String, Sendable {
        case utf8 = "utf-8"
        case utf8Repaired = "utf-8, repaired"
        case utf16 = "utf-16"
        case latin1 = "latin-1"
    }

    var text: String
    var encoding: Encoding

    /// Reads the bytes as text; nil where they are no text.
    ///
    /// UTF-8 as it stands, with its byte order mark if it has one, so that offsets in the text are offsets in the
    /// file; UTF-16 by its byte order mark; else Windows-1252, of which Latin-1 is a part. A file that is UTF-8 but
    /// for a few bytes is repaired.
    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            guard let text = Self.utf16(bytes) else { return nil }
            self.init(text: text, encoding: .utf16)
            return
        }
        if bytes.contains(0) { return nil }
        if let text = String(validating: bytes, as: UTF8.self) {
            self.init(text: text, encoding: .utf8)
            return
        }
        let census = Census(bytes)
        guard census.isText else { return nil }
        if census.multibyte > census.invalid {
            self.init(text: String(decoding: bytes, as: UTF8.self), encoding: .utf8Repaired)
        } else {
            self.init(text: Self.windows1252(bytes), encoding: .latin1)
        }
    }

    private init(text: String, encoding: Encoding) {
        self.text = text
        self.encoding = encoding
    }

    /// What kinds of bytes there are.
    private struct Census {
        var control = 0
        var multibyte = 0
        var invalid = 0
        let count: Int

        init(_ bytes: [UInt8]) {
            count = bytes.count
            var decoder = Unicode.UTF8.ForwardParser()
            var iterator = bytes.makeIterator()
            while true {
                switch decoder.parseScalar(from: &iterator) {
                case .valid(let scalar):
                    if scalar.count > 1 { multibyte += 1 }
                    if let byte = scalar.first, byte < 0x20 || byte == 0x7F, !(9...13).contains(byte), byte != 0x1B {
                        control += 1
                    }
                case .error: invalid += 1
                case .emptyInput: return
                }
            }
        }

        /// Compressed and compiled files are full of both control and high bytes.
        var isText: Bool { control * 50 <= count && (invalid * 2 <= count || multibyte > invalid) }
    }

    private static func utf16(_ bytes: [UInt8]) -> String? {
        guard bytes.count % 2 == 0 else { return nil }
        let littleEndian = bytes[0] == 0xFF
        let units = stride(from: 2, to: bytes.count, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return littleEndian ? second << 8 | first : first << 8 | second
        }
        guard !units.contains(0) else { return nil }
        return String(decoding: units, as: UTF16.self)
    }

    /// The bytes 0x80 to 0x9F of Windows-1252; the five that it leaves open stand for themselves.
    private static let highControls: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D,
        0x17E, 0x178,
    ]

    private static func windows1252(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let value = (0x80...0x9F).contains(byte) ? highControls[Int(byte) - 0x80] : UInt32(byte)
            text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return String(text)
    }
}

internal import Base

/// Bytes turned into text, with what had to be assumed.
struct TextDecoding: Sendable {
    /// How the bytes were read.
    enum Encoding: Sendable, Hashable {
        case utf8
        /// UTF-8 but for a few bytes, which were replaced.
        case utf8Repaired
        case utf16
        /// UTF-16 without a byte order mark, told by its zeros.
        case utf16Guessed
        /// What an HTML or XML file says of itself.
        case declared(String)
        /// The file says one thing, and is valid UTF-8 all the same.
        case utf8Despite(String)
        /// Windows-1252, because it is nothing else.
        case windows1252
    }

    var text: String
    var encoding: Encoding

    /// Reads the bytes as text; nil where they are no text.
    ///
    /// UTF-8 as it stands, with its byte order mark if it has one, so that offsets in the text are offsets in the
    /// file; UTF-16 by its byte order mark or its zeros; what a page declares; else Windows-1252, of which Latin-1 is
    /// a part. A file that is UTF-8 but for a few bytes is repaired.
    ///
    /// - Parameter isMarkup: the file is HTML or XML: it may declare its character set, and a stray NUL does not make
    ///   it binary.
    init?(_ content: [UInt8], isMarkup: Bool = false) {
        var bytes = content
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            guard let text = UTF16Bytes.text(bytes.dropFirst(2), littleEndian: bytes[0] == 0xFF) else { return nil }
            self.init(text: text, encoding: .utf16)
            return
        }
        if bytes.contains(0) {
            if let text = UTF16Bytes.guess(bytes) {
                self.init(text: text, encoding: .utf16Guessed)
                return
            }
            guard isMarkup, bytes.count(where: { $0 == 0 }) * 8 <= bytes.count else { return nil }
            bytes.removeAll { $0 == 0 }
        }
        let declared = isMarkup ? DeclaredCharset.name(in: bytes) : nil
        if let text = String(validating: bytes, as: UTF8.self) {
            let isContradicted = declared.map { !DeclaredCharset.isUTF8($0) } ?? false
            let hasMultibyte = isContradicted && bytes.contains { $0 >= 0x80 }
            self.init(text: text, encoding: hasMultibyte ? .utf8Despite(declared ?? "") : .utf8)
            return
        }
        if let declared, !DeclaredCharset.isUTF8(declared), !DeclaredCharset.isWindows1252(declared),
            let text = DeclaredCharset.text(bytes, charset: declared)
        {
            self.init(text: text, encoding: .declared(declared))
            return
        }
        let census = Census(bytes)
        guard census.isText else { return nil }
        if census.multibyte > census.invalid {
            self.init(text: String(decoding: bytes, as: UTF8.self), encoding: .utf8Repaired)
        } else {
            let isDeclared = declared.map(DeclaredCharset.isWindows1252) ?? false
            self.init(text: Self.windows1252(bytes), encoding: isDeclared ? .declared(declared ?? "") : .windows1252)
        }
    }

    /// What the user should know of it; nil where nothing was assumed.
    var finding: (severity: Diagnostic.Severity, sentence: String)? {
        switch encoding {
        case .utf8, .utf16, .declared: nil
        case .utf8Repaired: (.warning, "Some bytes are no UTF-8 and were replaced. Save the file as UTF-8.")
        case .utf16Guessed:
            (.warning, "The file has no byte order mark and was taken for UTF-16. Save it as UTF-8.")
        case .utf8Despite(let name):
            (.note, "The page says that it is \(name.prefix(40)), but is UTF-8, and was read so. Mend what it says.")
        case .windows1252:
            (.warning, "The file is no UTF-8 and was read as Latin-1 (Windows-1252). Save it as UTF-8.")
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

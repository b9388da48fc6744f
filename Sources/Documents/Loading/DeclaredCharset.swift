internal import CXML2

/// The character set that a page or an XML file says it is in, and its conversion by libxml2 and iconv.
enum DeclaredCharset {
    /// So far into a file browsers look for it, doubled.
    private static let window = 2_048
    private static let slab = 4_096

    /// The name behind `charset=`, or behind `encoding=` of an XML declaration, in lower case.
    static func name(in bytes: [UInt8]) -> String? {
        let head = bytes.prefix(window).map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        let isXML = head.starts(with: "<?xml".utf8)
        for key in isXML ? ["encoding", "charset"] : ["charset"] {
            guard let name = value(behind: Array(key.utf8), in: head) else { continue }
            return name
        }
        return nil
    }

    private static func value(behind key: [UInt8], in head: [UInt8]) -> String? {
        var start = 0
        while start + key.count < head.count {
            guard head[start...].starts(with: key) else {
                start += 1
                continue
            }
            var rest = head[(start + key.count)...].drop { $0.isBlank }
            start += key.count
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst().drop { $0.isBlank || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
            let name = rest.prefix {
                $0.isLetter || $0.isDigit || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":")].contains($0)
            }
            if !name.isEmpty, name.count <= 40 { return String(decoding: name, as: UTF8.self) }
        }
        return nil
    }

    /// Whether it means UTF-8. A page that says UTF-16 in bytes that could be read to find it is UTF-8 too, as in the
    /// HTML standard.
    static func isUTF8(_ name: String) -> Bool {
        ["utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "unicode"].contains(name)
    }

    /// Whether it means Windows-1252, for which the HTML standard takes Latin-1 and ASCII too.
    static func isWindows1252(_ name: String) -> Bool {
        ["windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"].contains(name)
    }

    /// The text of bytes in a character set; nil where the set is not known, or many of the bytes are not of it.
    static func text(_ bytes: [UInt8], charset: String) -> String? {
        // libxml2 would print what iconv complains of. The setting belongs to this thread, and nothing waits below.
        xmlSetStructuredErrorFunc(nil) { _, _ in }
        defer { xmlSetStructuredErrorFunc(nil, nil) }
        guard let handler = xmlFindCharEncodingHandler(charset), let input = xmlBufferCreate(),
            let output = xmlBufferCreate()
        else { return nil }
        defer {
            xmlBufferFree(input)
            xmlBufferFree(output)
            xmlCharEncCloseFunc(handler)
        }
        var result: [UInt8] = []
        var invalid = 0
        var next = 0
        while next < bytes.count || xmlBufferLength(input) > 0 {
            let isLast = next + slab >= bytes.count
            let piece = bytes[next..<min(next + slab, bytes.count)]
            next += piece.count
            _ = piece.withUnsafeBufferPointer { xmlBufferAdd(input, $0.baseAddress, Int32($0.count)) }
            while xmlBufferLength(input) > 0 {
                let before = xmlBufferLength(input)
                _ = xmlCharEncInFunc(handler, output, input)
                if let content = xmlBufferContent(output) {
                    result += UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(output)))
                }
                xmlBufferEmpty(output)
                guard xmlBufferLength(input) == before else { continue }
                // The rest of a character may come with the next piece.
                if before < 8, !isLast { break }
                xmlBufferShrink(input, 1)
                result += [0xEF, 0xBF, 0xBD]
                invalid += 1
            }
            if invalid * 50 > next { return nil }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

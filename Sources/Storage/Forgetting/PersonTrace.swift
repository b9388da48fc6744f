internal import Base

/// How a person is written: what texts are searched for where somebody is to be forgotten.
///
/// Capitals of ASCII do not matter, and a name counts only where no letter or digit touches it: `ada` does not stand in
/// `adapt`. The forms that JSON gives a name are searched for, too.
package struct PersonTrace: Sendable {
    /// What stands in place of a name.
    package static let replacement = "[forgotten]"
    private let forms: [[UInt8]]

    /// - Parameter names: how the person is written; nil where one is shorter than three letters and would stand anywhere.
    package init?(_ names: [String]) {
        guard !names.isEmpty, names.allSatisfy({ $0.count >= 3 }) else { return nil }
        var forms: Set<[UInt8]> = []
        for name in names {
            let json = JSONValue.string(name).canonicalText.dropFirst().dropLast()
            let escaped = name.unicodeScalars.reduce(into: "") { text, scalar in
                guard scalar.value > 0x7E else { return text.unicodeScalars.append(scalar) }
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
            for form in [name, name.lowercased(), name.uppercased(), String(json), escaped] {
                forms.insert(Self.folded(form.utf8))
            }
        }
        self.forms = forms.sorted { $0.count > $1.count }
    }

    private static func folded(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }

    /// Whether a text names the person.
    package func isIn(_ text: String) -> Bool { isIn(Array(text.utf8)) }

    /// Whether some bytes name the person.
    package func isIn(_ bytes: [UInt8]) -> Bool { !ranges(in: bytes, most: 1).isEmpty }

    /// The lines, from 1, of a text that name the person.
    package func lines(of text: String) -> [Int] {
        text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
            .filter { isIn(Array($1)) }.map { $0.offset + 1 }
    }

    /// The text without the names.
    package func redacted(_ text: String) -> String {
        String(decoding: replacing(in: Array(text.utf8)) { _ in Array(Self.replacement.utf8) }, as: UTF8.self)
    }

    /// The bytes with as many others in place of each name: of files in which places are counted.
    package func blotted(_ bytes: [UInt8]) -> [UInt8] {
        replacing(in: bytes) { [UInt8](repeating: UInt8(ascii: "x"), count: $0) }
    }

    private func replacing(in bytes: [UInt8], by filling: (Int) -> [UInt8]) -> [UInt8] {
        var (result, last) = ([UInt8](), 0)
        for range in ranges(in: bytes, most: .max) where range.lowerBound >= last {
            result += bytes[last..<range.lowerBound]
            result += filling(range.count)
            last = range.upperBound
        }
        return result + bytes[last...]
    }

    /// Where the names stand, in order.
    private func ranges(in bytes: [UInt8], most: Int) -> [Range<Int>] {
        let text = Self.folded(bytes)
        var found: [Range<Int>] = []
        for form in forms {
            guard let first = form.first, text.count >= form.count else { continue }
            var start = 0
            while let place = text[start...].firstIndex(of: first), place + form.count <= text.count {
                start = place + 1
                guard text[place..<place + form.count].elementsEqual(form), Self.isApart(text, place, form.count) else {
                    continue
                }
                found.append(place..<place + form.count)
                if found.count >= most { return found }
            }
        }
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// Whether neither a letter nor a digit touches. A byte of another script counts as a letter; a letter after a backslash
    /// is an escape of JSON.
    private static func isApart(_ text: [UInt8], _ place: Int, _ count: Int) -> Bool {
        let isWord = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80 }
        let end = place + count
        if end < text.count, isWord(text[end]) { return false }
        guard place > 0, isWord(text[place - 1]) else { return true }
        return place > 1 && text[place - 2] == UInt8(ascii: "\\") && "nrtbf".utf8.contains(text[place - 1])
    }
}

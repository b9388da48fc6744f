internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Makes JSON of what DuckDB writes as JSON: NaN and infinities stand in it as bare words, which JSON lacks.
enum JSONNumbers {
    /// The same text with such words in quotation marks; what stands in quotation marks already stays.
    static func quotingWhatIsNone(in text: Data) -> Data {
        var result = Data()
        result.reserveCapacity(text.count)
        let bytes = [UInt8](text)
        var isInString = false
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if isInString {
                result.append(byte)
                if byte == UInt8(ascii: "\\"), place + 1 < bytes.count {
                    result.append(bytes[place + 1])
                    place += 1
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                place += 1
                continue
            }
            if firsts.contains(byte), let word = words.first(where: { bytes[place...].starts(with: $0) }) {
                result.append(contentsOf: [UInt8(ascii: "\"")] + word + [UInt8(ascii: "\"")])
                place += word.count
                continue
            }
            isInString = byte == UInt8(ascii: "\"")
            result.append(byte)
            place += 1
        }
        return result
    }

    /// The same for a file.
    static func quoteWhatIsNone(in path: String) throws {
        let text = FileManager.default.contents(atPath: path) ?? Data()
        try WholeFile.write([UInt8](quotingWhatIsNone(in: text)), to: path)
    }

    private static let firsts = Set("-IN".utf8)
    private static let words: [[UInt8]] = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
}

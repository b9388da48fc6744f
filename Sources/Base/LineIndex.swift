/// Finds the line of a place in a text.
///
/// Places in texts are UTF-8 offsets throughout Neo: they mean the same in every language and tool.
public struct LineIndex: Sendable {
    private let starts: [Int]

    /// Scans the text once.
    public init(_ text: String) {
        var starts = [0]
        for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        self.starts = starts
    }

    /// The line, from 1, in which the UTF-8 offset lies.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(low, 1)
    }
}

extension String {
    /// The text between two UTF-8 offsets. Where an offset lies inside a character, that character is repaired
    /// as Unicode does, not trapped on.
    public func utf8Slice(_ range: Range<Int>) -> String {
        let bytes = utf8
        let lower =
            bytes.index(bytes.startIndex, offsetBy: range.lowerBound, limitedBy: bytes.endIndex) ?? bytes.endIndex
        let upper =
            bytes.index(bytes.startIndex, offsetBy: range.upperBound, limitedBy: bytes.endIndex) ?? bytes.endIndex
        return String(decoding: bytes[lower..<max(lower, upper)], as: UTF8.self)
    }
}

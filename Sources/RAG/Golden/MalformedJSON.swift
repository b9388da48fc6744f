/// Finds the place where a text stops being JSON, which the decoder does not tell.
///
/// It knows the structure only: where it finds nothing wrong, the decoder's objection lies inside a number or text.
struct MalformedJSON {
    private enum Expectation {
        case value, key, separator
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var brackets: [UInt8] = []

    /// The column, from 1, of the first thing that cannot stand where it stands.
    static func column(of bytes: ArraySlice<UInt8>) -> Int? {
        var scan = MalformedJSON(bytes)
        guard let place = scan.firstFault() else { return nil }
        return String(decoding: bytes[..<place], as: UTF8.self).count + 1
    }

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    private mutating func firstFault() -> Int? {
        var expectation = Expectation.value
        while true {
            skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
            guard position < bytes.endIndex else {
                return brackets.isEmpty && expectation == .separator ? nil : position
            }
            let start = position
            switch expectation {
            case .value:
                guard let next = takeValue() else { return start }
                expectation = next
            case .key:
                guard takeKey() else { return start }
                expectation = .value
            case .separator:
                guard let next = takeSeparator() else { return start }
                expectation = next
            }
        }
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while position < bytes.endIndex, condition(bytes[position]) { position += 1 }
    }

    private mutating func takeValue() -> Expectation? {
        let first = bytes[position]
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            brackets.append(first)
            position += 1
            skip { $0 == 0x20 || $0 == 0x09 }
            // Only an empty one may end here.
            let close = first == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
            if position < bytes.endIndex, bytes[position] == close { return .separator }
            return first == UInt8(ascii: "{") ? .key : .value
        case UInt8(ascii: "\""): return takeText() ? .separator : nil
        default:
            let start = position
            skip { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || "+-.E".utf8.contains($0) }
            let word = String(decoding: bytes[start..<position], as: UTF8.self)
            return ["true", "false", "null"].contains(word) || Double(word) != nil ? .separator : nil
        }
    }

    private mutating func takeKey() -> Bool {
        guard bytes[position] == UInt8(ascii: "\""), takeText() else { return false }
        skip { $0 == 0x20 || $0 == 0x09 }
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: ":") else { return false }
        position += 1
        return true
    }

    private mutating func takeText() -> Bool {
        position += 1
        while position < bytes.endIndex, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
        return position <= bytes.endIndex
    }

    private mutating func takeSeparator() -> Expectation? {
        let byte = bytes[position]
        position += 1
        switch (brackets.last, byte) {
        case (UInt8(ascii: "{"), UInt8(ascii: ",")): return .key
        case (UInt8(ascii: "["), UInt8(ascii: ",")): return .value
        case (UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "["), UInt8(ascii: "]")):
            brackets.removeLast()
            return .separator
        default: return nil
        }
    }
}

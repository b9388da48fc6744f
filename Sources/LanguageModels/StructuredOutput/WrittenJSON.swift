internal import Base

/// Finds JSON in an answer that should be nothing else, but may have a fence or words around it.
enum WrittenJSON {
    /// More values are not looked at.
    private static let mostValues = 8

    /// The whole text, if it is JSON; else the objects and lists that stand in it.
    static func values(in text: String) -> [JSONValue] {
        let bytes = Array(text.utf8)
        var scanner = LooseScanner(bytes)
        if let value = scanner.value() {
            scanner.skipSpace()
            if scanner.next == nil { return [value] }
        }
        var values: [JSONValue] = []
        var position = 0
        while position < bytes.count, values.count < mostValues, !scanner.isExhausted {
            scanner.position = position
            let mayBegin = bytes[position] == UInt8(ascii: "{") || bytes[position] == UInt8(ascii: "[")
            if mayBegin, let value = scanner.value() {
                values.append(value)
                position = scanner.position
            } else {
                position += 1
            }
        }
        return values
    }
}

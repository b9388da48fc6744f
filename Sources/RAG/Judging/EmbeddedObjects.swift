internal import Base

/// The JSON objects that stand in a text, whatever stands around them.
enum EmbeddedObjects {
    /// Neither a reply nor a passage has reason to hold more.
    private static let limit = 64

    /// Those that stand in no other one, in their order; what is no whole object is passed over.
    static func all(in text: String) -> [[String: JSONValue]] {
        let bytes = Array(text.utf8)
        var objects: [[String: JSONValue]] = []
        var (position, attempts) = (0, 0)
        while attempts < limit, let start = bytes[position...].firstIndex(of: UInt8(ascii: "{")) {
            attempts += 1
            position = start + 1
            guard let end = end(of: start, in: bytes) else { continue }
            let whole = String(decoding: bytes[start..<end], as: UTF8.self)
            guard let object = (try? JSONValue(parsing: whole))?.object else { continue }
            objects.append(object)
            position = end
        }
        return objects
    }

    /// Where the braces that begin at `start` are even again; braces in strings do not count.
    private static func end(of start: Int, in bytes: [UInt8]) -> Int? {
        var (depth, isString, isEscaped) = (0, false, false)
        for position in start..<bytes.count {
            let byte = bytes[position]
            if isEscaped {
                isEscaped = false
            } else if isString {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isString = false }
            } else if byte == UInt8(ascii: "\"") {
                isString = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
                // A parser would follow this as deep.
                if depth > 32 { return nil }
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return position + 1 }
            }
        }
        return nil
    }
}

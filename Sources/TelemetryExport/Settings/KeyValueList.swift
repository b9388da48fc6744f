/// Reads `name=value,name=value`, where values are percent-encoded: the form of the W3C's baggage without its properties.
enum KeyValueList {
    /// The pairs; none where there is no text.
    ///
    /// - Parameter variable: where it stands, for the message. The text is not repeated: it may hold keys.
    static func read(_ text: String?, of variable: String) throws(TelemetryExportError) -> [String: String] {
        var pairs: [String: String] = [:]
        for part in (text ?? "").split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let name = decoded(sides[0]), !name.isEmpty, let value = decoded(sides[1]) else {
                throw TelemetryExportError(
                    .settings, "\(variable) is not of the form name=value,name=value with percent-encoded values.")
            }
            pairs[name] = value
        }
        return pairs
    }

    /// Without white space around it, and with `%2C` as a comma; nil where that is no text.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(String(text).trimmingSpaces.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let code = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

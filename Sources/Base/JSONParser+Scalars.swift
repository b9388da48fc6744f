extension JSONParser {
    /// The string that begins here with a quote.
    mutating func string() throws(JSONFault) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = try text(bytes[start..<position])
                position += 1
                return text
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw fault("no control character, or `\\` and its name")
            default: position += 1
            }
        }
        throw fault("a quote that ends the string")
    }

    private func text(_ part: Slice<UnsafeBufferPointer<UInt8>>) throws(JSONFault) -> String {
        guard let text = String(validating: UnsafeBufferPointer(rebasing: part), as: UTF8.self) else {
            throw fault("a string in UTF-8")
        }
        return text
    }

    /// The rest of a string in which an escape stands, as the position does now.
    private mutating func escapedString(from start: Int) throws(JSONFault) -> String {
        var result = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: result, as: UTF8.self) else { throw fault("a string in UTF-8") }
                position += 1
                return text
            case UInt8(ascii: "\\"): try appendEscape(to: &result)
            case 0..<0x20: throw fault("no control character, or `\\` and its name")
            default:
                result.append(byte)
                position += 1
            }
        }
        throw fault("a quote that ends the string")
    }

    private mutating func appendEscape(to result: inout [UInt8]) throws(JSONFault) {
        position += 1
        let byte = current
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try escapedScalar()
            result.append(contentsOf: String(Character(scalar)).utf8)
        default:
            position -= 1
            throw fault("`\"`, `\\`, `/`, b, f, n, r, t or u behind `\\`")
        }
    }

    /// Behind `\u`; a character beyond the first plane is written as two.
    private mutating func escapedScalar() throws(JSONFault) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, current == UInt8(ascii: "\\") else { throw fault("both halves of a surrogate pair") }
        position += 1
        guard current == UInt8(ascii: "u") else { throw fault("both halves of a surrogate pair") }
        position += 1
        let second = try codeUnit()
        guard 0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw fault("both halves of a surrogate pair") }
        return scalar
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch current {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = current - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = current - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = current - UInt8(ascii: "A") + 10
            default: throw fault("four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    /// The number that begins here; what begins no value is taken for one, and is none.
    mutating func number() throws(JSONFault) -> JSONValue {
        var digits = Digits()
        let start = position
        let isNegative = current == UInt8(ascii: "-")
        if isNegative { position += 1 }
        guard 0x30...0x39 ~= current else { throw fault(isNegative ? "a digit" : "a value") }
        if current == 0x30 {
            position += 1
            if 0x30...0x39 ~= current { throw fault("no digit behind a leading 0") }
        } else {
            while 0x30...0x39 ~= current { digits.add(current, of: &position) }
        }
        if current == UInt8(ascii: ".") {
            position += 1
            guard 0x30...0x39 ~= current else { throw fault("a digit") }
            let first = position
            while 0x30...0x39 ~= current { digits.add(current, of: &position) }
            digits.exponent = first - position
        }
        if current | 0x20 == UInt8(ascii: "e") {
            position += 1
            let isSmall = current == UInt8(ascii: "-")
            if isSmall || current == UInt8(ascii: "+") { position += 1 }
            guard 0x30...0x39 ~= current else { throw fault("a digit") }
            var exponent = 0
            while 0x30...0x39 ~= current {
                // Where it is absurd, it does not matter how absurd.
                exponent = min(exponent * 10 + Int(current - 0x30), 1_000_000)
                position += 1
            }
            digits.exponent += isSmall ? -exponent : exponent
        }
        if let value = digits.integer(isNegative: isNegative) { return .integer(value) }
        let text = bytes[start..<position]
        guard
            let value = digits.exactDouble(isNegative: isNegative) ?? Double(String(decoding: text, as: UTF8.self)),
            value.isFinite
        else {
            position = start
            throw fault("a number that is not beyond all measure")
        }
        // Beyond that, every number is whole because it was rounded.
        guard value.magnitude <= 0x1p53, let whole = Int(exactly: value) else { return .number(value) }
        return .integer(whole)
    }
}

/// The digits of a number without their point.
private struct Digits {
    private var value: UInt64 = 0
    /// Whether there are more of them than were kept.
    private var isCut = false
    /// The power of ten that the digits are multiplied by.
    var exponent = 0

    mutating func add(_ digit: UInt8, of position: inout Int) {
        position += 1
        let (product, overflows) = value.multipliedReportingOverflow(by: 10)
        let (sum, carries) = product.addingReportingOverflow(UInt64(digit - 0x30))
        isCut = isCut || overflows || carries
        value = sum
    }

    /// The number, where it is whole, however it was written, and `Int` can hold it.
    func integer(isNegative: Bool) -> Int? {
        guard !isCut else { return nil }
        var value = value
        var exponent = value == 0 ? 0 : exponent
        while exponent < 0, value.isMultiple(of: 10) {
            value /= 10
            exponent += 1
        }
        while exponent > 0 {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            if overflows { return nil }
            value = product
            exponent -= 1
        }
        guard exponent == 0 else { return nil }
        if isNegative { return value <= 1 << 63 ? Int(truncatingIfNeeded: 0 &- value) : nil }
        return Int(exactly: value)
    }

    /// The nearest number, where one operation on two exact ones finds it: W. Clinger, How to Read Floating Point Numbers
    /// Accurately (1990).
    func exactDouble(isNegative: Bool) -> Double? {
        guard !isCut, value <= 1 << 53, Self.powers.indices.contains(abs(exponent)) else { return nil }
        let magnitude =
            exponent < 0 ? Double(value) / Self.powers[-exponent] : Double(value) * Self.powers[exponent]
        return isNegative ? -magnitude : magnitude
    }

    /// The powers of ten that are exact.
    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

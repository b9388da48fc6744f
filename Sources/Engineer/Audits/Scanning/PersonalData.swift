/// Personal data that a text seems to hold: what kind and on which line, never the data themselves.
///
/// The interview's survey and the audit look with the same eyes.
package struct PersonalData: Sendable, Hashable {
    /// What can be told by its form.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case email, phone, iban, paymentCard, socialSecurity, nhsNumber, aadhaar, bankRouting, ipAddress

        /// Whether it points to a person by itself; an address of a machine does so only together with other records.
        var isOfPerson: Bool { self != .ipAddress }
    }

    package let kind: Kind
    /// From 1.
    package let line: Int
    /// Where it stands, as UTF-8 offsets.
    package let range: Range<Int>

    /// A text with what looks like personal data replaced by its kind: `[email]`.
    package static func redacted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var (kept, position) = ([UInt8](), 0)
        for found in all(in: bytes) {
            // The name before an @ may reach into what was replaced already.
            kept += bytes[position..<max(position, found.range.lowerBound)]
            kept += Array("[\(found.kind.rawValue)]".utf8)
            position = max(position, found.range.upperBound)
        }
        return String(decoding: kept + bytes[position...], as: UTF8.self)
    }

    /// All that stands in a text, as UTF-8.
    ///
    /// Account numbers count where ISO 13616's remainder is 1 and the country's length is kept, cards where Luhn's sum and
    /// the issuer's digits are right, telephone numbers where they are written with `+` and the country, national numbers
    /// where `NationalNumbers` says so. A number in another form, and a name, is not found.
    static func all(in bytes: [UInt8]) -> [PersonalData] {
        var found: [PersonalData] = []
        var (line, position) = (1, 0)
        while position < bytes.count {
            let byte = bytes[position]
            let isStart = position == 0 || !isAlphanumeric(bytes[position - 1])
            var match: (kind: Kind, end: Int)?
            switch byte {
            case 0x0A: line += 1
            case 0x40: match = emailEnd(bytes, at: position).map { (.email, $0) }
            case 0x2B where isStart: match = phoneEnd(bytes, after: position).map { (.phone, $0) }
            case 0x41...0x5A where isStart: match = ibanEnd(bytes, from: position).map { (.iban, $0) }
            case 0x30...0x39 where isStart:
                match =
                    cardEnd(bytes, from: position).map { (.paymentCard, $0) }
                    ?? NationalNumbers.match(bytes, from: position)
            default: break
            }
            if let match {
                let start = start(of: match.kind, bytes, position)
                found.append(PersonalData(kind: match.kind, line: line, range: start..<match.end))
                position = match.end
            } else {
                position += 1
            }
        }
        return found
    }

    /// Where the data begin: of an address, before its `@`.
    private static func start(of kind: Kind, _ bytes: [UInt8], _ position: Int) -> Int {
        kind == .email ? emailStart(bytes, at: position) : position
    }

    private static func emailStart(_ bytes: [UInt8], at sign: Int) -> Int {
        var start = sign
        while start > 0, sign - start < 64, isAlphanumeric(bytes[start - 1]) || "._%+-".utf8.contains(bytes[start - 1])
        {
            start -= 1
        }
        return start
    }

    /// `name@host.tld`, but for hosts that are reserved for examples (RFC 2606), pictures' `@2x.png`, and `git@`.
    private static func emailEnd(_ bytes: [UInt8], at sign: Int) -> Int? {
        let start = emailStart(bytes, at: sign)
        var end = sign + 1
        while end < bytes.count, end - sign < 255, isAlphanumeric(bytes[end]) || ".-".utf8.contains(bytes[end]) {
            end += 1
        }
        let name = String(decoding: bytes[start..<sign], as: UTF8.self).lowercased()
        let parts = String(decoding: bytes[sign + 1..<end], as: UTF8.self).lowercased().split(separator: ".")
        guard !name.isEmpty, name != "git", parts.count > 1, let last = parts.last, last.utf8.count >= 2,
            last.allSatisfy(\.isLetter), !["png", "jpg", "jpeg", "gif", "svg", "webp"].contains(last),
            !["test", "example", "invalid", "localhost"].contains(last),
            !(parts[parts.count - 2] == "example" && ["com", "net", "org"].contains(last))
        else { return nil }
        return end
    }

    /// `+49 30 1234567`: 8 to 15 digits, as E.164 has them.
    private static func phoneEnd(_ bytes: [UInt8], after plus: Int) -> Int? {
        let (digits, end) = self.digits(bytes, from: plus + 1, separators: " -./()", most: 16)
        return (8...15).contains(digits.count) && digits.first != 0 ? end : nil
    }

    private static func cardEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        let (digits, end) = self.digits(bytes, from: start, separators: " -", most: 20)
        guard isIssued(digits), isLuhn(digits), end == bytes.count || !isAlphanumeric(bytes[end]) else { return nil }
        return end
    }

    /// The digits of a number, with at most two separators between them, and where it ends.
    static func digits(
        _ bytes: [UInt8], from start: Int, separators: String, most: Int
    ) -> (digits: [Int], end: Int) {
        var (digits, end, position, gap) = ([Int](), start, start, 0)
        while position < bytes.count, digits.count < most {
            if (0x30...0x39).contains(bytes[position]) {
                digits.append(Int(bytes[position] - 0x30))
                gap = 0
                end = position + 1
            } else if separators.utf8.contains(bytes[position]), gap < 2 {
                gap += 1
            } else {
                break
            }
            position += 1
        }
        return (digits, end)
    }

    /// Whether an issuer of cards gives out numbers that begin so and are so long.
    private static func isIssued(_ digits: [Int]) -> Bool {
        guard (13...19).contains(digits.count) else { return false }
        let four = digits.prefix(4).reduce(0) { $0 * 10 + $1 }
        return switch digits.count {
        case 13, 19: four / 1000 == 4
        case 14: [36, 38].contains(four / 100) || (300...305).contains(four / 10)
        case 15: [34, 37].contains(four / 100)
        case 16:
            four / 1000 == 4 || (51...55).contains(four / 100) || (2221...2720).contains(four) || four == 6011
                || four / 100 == 65 || (3528...3589).contains(four)
        default: false
        }
    }

    static func isLuhn(_ digits: [Int]) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = place % 2 == 1 ? digit * 2 : digit
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        // Zeros alone have the right sum, too.
        return sum > 0 && sum % 10 == 0
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Lengths of account numbers by country, from the registry of ISO 13616.
    private static let ibanLengths = [
        "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
        "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27,
        "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24,
        "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29,
    ]

    private static func ibanEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        guard start + 4 < bytes.count,
            let length = ibanLengths[String(decoding: bytes[start..<start + 2], as: UTF8.self)]
        else { return nil }
        var (characters, position) = ([UInt8](), start)
        while position < bytes.count, characters.count < length {
            let byte = bytes[position]
            if (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) {
                characters.append(byte)
            } else if byte != 0x20 || bytes[position - 1] == 0x20 {
                return nil
            }
            position += 1
        }
        guard characters.count == length, position == bytes.count || !isAlphanumeric(bytes[position]) else {
            return nil
        }
        // The first four go to the end, letters are numbers from 10, and the remainder by 97 is 1.
        var remainder = 0
        for byte in characters[4...] + characters[..<4] {
            let value = byte >= 0x41 ? Int(byte) - 0x41 + 10 : Int(byte) - 0x30
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
        }
        return remainder == 1 ? position : nil
    }
}

/// Numbers that states and banks give to people, and addresses of machines.
///
/// Nine or ten digits are common, and one in ten has the right check digit by chance: such a number counts only where a
/// word before it says what it is.
enum NationalNumbers {
    /// How far before a number a word may stand that says what it is.
    private static let reach = 64

    /// What begins here, and where it ends; nil where it is none of them.
    static func match(_ bytes: [UInt8], from start: Int) -> (kind: PersonalData.Kind, end: Int)? {
        if let end = addressEnd(bytes, from: start) { return (.ipAddress, end) }
        let (digits, end) = PersonalData.digits(bytes, from: start, separators: " -", most: 13)
        guard end == bytes.count || !PersonalData.isAlphanumeric(bytes[end]) else { return nil }
        // A part of a number with a fraction is none.
        if start > 0, bytes[start - 1] == UInt8(ascii: ".") { return nil }
        switch digits.count {
        case 9
        where isSocialSecurity(digits) && (isDashed(bytes[start..<end]) || says(bytes, start, ["ssn", "social"])):
            return (.socialSecurity, end)
        case 9 where isRouting(digits) && says(bytes, start, ["aba", "routing"]): return (.bankRouting, end)
        case 10 where isNHS(digits) && says(bytes, start, ["nhs", "national health"]): return (.nhsNumber, end)
        case 12 where isAadhaar(digits) && says(bytes, start, ["aadhaar", "uidai"]): return (.aadhaar, end)
        default: return nil
        }
    }

    /// Whether a word before a place says what stands there.
    static func says(_ bytes: [UInt8], _ place: Int, _ words: [String]) -> Bool {
        let before = String(decoding: bytes[max(0, place - reach)..<place], as: UTF8.self).lowercased()
        return words.contains { before.contains($0) }
    }

    /// `123-45-6789`.
    private static func isDashed(_ bytes: ArraySlice<UInt8>) -> Bool {
        let dashes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "-") }.map { $0 - bytes.startIndex }
        return bytes.count == 11 && dashes == [3, 6]
    }

    /// What the Social Security Administration gives out: no area 000, 666 or from 900, no group 00, no serial 0000; and
    /// none of the numbers that advertisements made known.
    static func isSocialSecurity(_ digits: [Int]) -> Bool {
        let area = number(digits[..<3])
        let known = [[0, 7, 8, 0, 5, 1, 1, 2, 0], [2, 1, 9, 0, 9, 9, 9, 9, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9]]
        return area != 0 && area != 666 && area < 900 && number(digits[3..<5]) != 0 && number(digits[5...]) != 0
            && !known.contains(digits) && Set(digits).count > 1
    }

    /// Weights 3, 7, 1 and a sum that 10 divides; the first two digits name a district of the Federal Reserve.
    static func isRouting(_ digits: [Int]) -> Bool {
        let sum = zip(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]).reduce(0) { $0 + $1.0 * $1.1 }
        let district = number(digits[..<2])
        return sum > 0 && sum % 10 == 0 && ((1...12).contains(district) || (21...32).contains(district))
    }

    /// Weights 10 to 2, and 11 minus the remainder by 11 for the tenth.
    static func isNHS(_ digits: [Int]) -> Bool {
        let sum = digits[..<9].enumerated().reduce(0) { $0 + $1.element * (10 - $1.offset) }
        let check = (11 - sum % 11) % 11
        return check < 10 && check == digits[9] && Set(digits).count > 1
    }

    /// Twelve digits with Verhoeff's check, of which the first is 2 at least.
    static func isAadhaar(_ digits: [Int]) -> Bool { digits[0] >= 2 && Set(digits).count > 1 && isVerhoeff(digits) }

    /// Verhoeff's check: positions permute digits, which are multiplied in the dihedral group of the pentagon.
    static func isVerhoeff(_ digits: [Int]) -> Bool {
        let step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
        var check = 0
        for (place, digit) in digits.reversed().enumerated() {
            var permuted = digit
            for _ in 0..<place % 8 { permuted = step[permuted] }
            check = dihedral(check, permuted)
        }
        return check == 0
    }

    /// The product of two of the ten symmetries of a pentagon: 0 to 4 turn it, 5 to 9 also mirror it.
    private static func dihedral(_ left: Int, _ right: Int) -> Int {
        let (turn, other) = (left % 5, right % 5)
        let sum = left < 5 ? (turn + other) % 5 : (turn - other + 5) % 5
        return (left < 5) == (right < 5) ? sum : sum + 5
    }

    /// `198.18.7.40`, but for addresses that belong to nobody: private, of this machine, and those kept for documents.
    private static func addressEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        var (parts, position) = ([Int](), start)
        while parts.count < 4 {
            var (value, length) = (0, 0)
            while position < bytes.count, length < 4, (0x30...0x39).contains(bytes[position]) {
                value = value * 10 + Int(bytes[position] - 0x30)
                length += 1
                position += 1
            }
            guard length > 0, length < 4, value < 256 else { return nil }
            parts.append(value)
            guard parts.count < 4 else { break }
            guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return nil }
            position += 1
        }
        // `1.2.3.4.5` and `1.2.3.4a` are versions; and so is what a word calls one.
        if position < bytes.count, PersonalData.isAlphanumeric(bytes[position]) { return nil }
        if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "."),
            PersonalData.isAlphanumeric(bytes[position + 1])
        {
            return nil
        }
        if start > 0, ".-/".utf8.contains(bytes[start - 1]) { return nil }
        return isPublic(parts) && !says(bytes, start, ["version", "release"]) ? position : nil
    }

    private static func isPublic(_ parts: [Int]) -> Bool {
        switch (parts[0], parts[1], parts[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (169, 254, _), (192, 168, _), (172, 16...31, _), (224..., _, _): false
        case (192, 0, 2), (198, 51, 100), (203, 0, 113), (100, 64...127, _): false
        default: true
        }
    }

    private static func number(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
}

internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Finds keys, tokens and passwords in a text: by the forms that providers give them, by blocks of private keys, signed
/// tokens and passwords in addresses; and else by a word that announces one and letters without an order.
struct SecretScanner {
    /// What was found: what it seems to be, its line from 1, and where it stands as UTF-8 offsets.
    struct Secret: Sendable, Hashable {
        let name: String
        let line: Int
        let range: Range<Int>
        /// Whether only its disorder speaks for it.
        var isGuess = false
    }

    /// Words before `=` or `:` that announce a secret.
    private static let announcements = [
        "password", "passwd", "secret", "api_key", "apikey", "api-key", "access_key", "access-key", "private_key",
        "auth_token", "access_token", "client_secret", "token",
    ].map { Array($0.utf8) }
    /// What stands where a person is to put a secret.
    private static let placeholders = [
        "example", "your", "xxxx", "changeme", "placeholder", "redacted", "secret", "password", "token", "dummy",
        "sample",
        "insert", "replace", "1234567890", "abcdef", "0000000", "test",
    ]

    private let bytes: [UInt8]
    private var found: [Secret] = []

    /// All that stands in a text, in order.
    static func all(in bytes: [UInt8]) -> [Secret] {
        var scanner = SecretScanner(bytes: bytes)
        scanner.scan()
        return scanner.found
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func scan() {
        var (line, position, isInWord) = (1, 0, false)
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x0A { line += 1 }
            let isWord = PersonalData.isAlphanumeric(byte)
            var match: (name: String, start: Int, end: Int, isGuess: Bool)?
            if isWord, !isInWord {
                match = shaped(position) ?? signed(position) ?? announced(position)
            } else if byte == UInt8(ascii: "-") {
                match = privateKey(position)
            } else if byte == UInt8(ascii: ":") {
                match = credentials(position)
            }
            isInWord = isWord
            guard let match else {
                position += 1
                continue
            }
            found.append(Secret(name: match.name, line: line, range: match.start..<match.end, isGuess: match.isGuess))
            line += bytes[position..<max(position, match.end)].count { $0 == 0x0A }
            position = max(position + 1, match.end)
        }
    }

    private typealias Match = (name: String, start: Int, end: Int, isGuess: Bool)

    private func shaped(_ start: Int) -> Match? {
        for shape in SecretShape.byFirstByte[bytes[start]] ?? [] {
            guard let end = shape.end(bytes, from: start) else { continue }
            let body = bytes[start + shape.prefix.count..<end]
            // A row of equal letters stands for a key and is none.
            guard TextEntropy.bits(of: body) >= 2.5, !isPlaceholder(body) else { continue }
            return (shape.name, start, end, false)
        }
        return nil
    }

    /// `-----BEGIN … PRIVATE KEY-----` with a key behind it.
    private func privateKey(_ start: Int) -> Match? {
        guard bytes[start...].starts(with: "-----BEGIN ".utf8) else { return nil }
        let head = bytes[start...].prefix(64)
        guard let mark = head.firstRange(of: "PRIVATE KEY".utf8),
            let dashes = bytes[mark.upperBound...].prefix(16).firstRange(of: "-----".utf8)
        else { return nil }
        let body = bytes[dashes.upperBound...].prefix(160).filter { $0 > 0x20 }
        let letters = body.prefix { PersonalData.isAlphanumeric($0) || "+/=\\".utf8.contains($0) }
        guard letters.count >= 40, TextEntropy.bits(of: letters) > 3 else { return nil }
        return ("private key", start, dashes.upperBound, false)
    }

    /// A JSON Web Token: three parts in base64url, of which the first is an object that names an algorithm.
    private func signed(_ start: Int) -> Match? {
        guard bytes[start...].starts(with: "eyJ".utf8) else { return nil }
        var end = start
        while end < bytes.count, end - start < 8192,
            SecretShape.Alphabet.url.contains(bytes[end]) || bytes[end] == UInt8(ascii: ".")
        {
            end += 1
        }
        let parts = bytes[start..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count >= 4, parts[2].count >= 20,
            let header = Self.base64(parts[0]), let object = try? JSONValue(parsing: header), object["alg"] != nil
        else { return nil }
        return ("JSON Web Token", start, end, false)
    }

    private static func base64(_ part: ArraySlice<UInt8>) -> Data? {
        var text = String(decoding: part, as: UTF8.self).replacing("-", with: "+").replacing("_", with: "/")
        while text.utf8.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text)
    }

    /// `scheme://user:password@host`.
    private func credentials(_ colon: Int) -> Match? {
        guard bytes[colon...].starts(with: "://".utf8), colon > 0, PersonalData.isAlphanumeric(bytes[colon - 1]) else {
            return nil
        }
        let rest = bytes[(colon + 3)...].prefix(200).prefix { $0 > 0x20 && !"/\"'`<>()[]{}$".utf8.contains($0) }
        guard let sign = rest.lastIndex(of: UInt8(ascii: "@")),
            let mark = rest[..<sign].firstIndex(of: UInt8(ascii: ":")), sign + 1 < rest.endIndex
        else { return nil }
        let password = rest[(mark + 1)..<sign]
        guard password.count >= 6, !isPlaceholder(password), TextEntropy.bits(of: password) >= 2.2 else { return nil }
        return ("password in an address", mark + 1, sign, false)
    }

    /// `password = "…"`: letters without an order behind a word that announces them.
    private func announced(_ start: Int) -> Match? {
        guard let word = Self.announcements.first(where: { isWord($0, at: start) }) else { return nil }
        var position = start + word.count
        func skip(_ letters: String, most: Int) -> Int {
            var count = 0
            while position < bytes.count, count < most, letters.utf8.contains(bytes[position]) {
                position += 1
                count += 1
            }
            return count
        }
        _ = skip("\"'`", most: 1)
        _ = skip(" \t", most: 4)
        guard skip(":=", most: 2) > 0 else { return nil }
        _ = skip("> \t", most: 4)
        _ = skip("\"'`", most: 1)
        let value = bytes[position...].prefix(201).prefix {
            PersonalData.isAlphanumeric($0) || "+/=_-.!@#%^&*~".utf8.contains($0)
        }
        guard (12...200).contains(value.count), !isPlaceholder(value), isDisordered(value) else { return nil }
        return ("password or key", position, value.endIndex, true)
    }

    private func isWord(_ word: [UInt8], at start: Int) -> Bool {
        guard bytes.count - start > word.count else { return false }
        return zip(word, bytes[start...]).allSatisfy { $0 == ($1 | 0x20) || $0 == $1 }
    }

    /// Digits and letters, more bits a letter than words have, and no path of names.
    private func isDisordered(_ value: ArraySlice<UInt8>) -> Bool {
        let hasDigit = value.contains { (0x30...0x39).contains($0) }
        let hasLetter = value.contains { PersonalData.isAlphanumeric($0) && $0 > 0x39 }
        guard hasDigit, hasLetter else { return false }
        let isHex = value.allSatisfy { SecretShape.Alphabet.hex.contains($0) }
        return TextEntropy.bits(of: value) >= (isHex ? 3 : 3.3)
    }

    private func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: value, as: UTF8.self).lowercased()
        return Self.placeholders.contains { text.contains($0) }
    }
}

/// Makes keys of the bytes that a terminal sends, however they are cut into pieces.
///
/// Source: the control sequences of xterm (ECMA-48 with its cursor keys and bracketed paste). What is not known is dropped.
struct KeyDecoder: Sendable {
    /// What is pasted beyond it is dropped.
    static let longestPaste = 1 << 20
    private static let longestSequence = 64
    private static let escape: UInt8 = 0x1B
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    private var pending: [UInt8] = []
    /// What was pasted so far; nil where nothing is being pasted.
    private var pasted: [UInt8]?

    /// The keys that these bytes complete.
    mutating func keys(_ bytes: some Sequence<UInt8>) -> [Key] {
        pending += bytes
        var keys: [Key] = []
        var place = 0
        while place < pending.count {
            guard let (key, count) = next(pending[place...]) else { break }
            place += count
            if let key { Self.append(key, to: &keys) }
        }
        pending.removeFirst(place)
        return keys
    }

    private static func append(_ key: Key, to keys: inout [Key]) {
        if case .text(let more) = key, case .text(let before)? = keys.last {
            keys[keys.count - 1] = .text(before + more)
        } else {
            keys.append(key)
        }
    }

    /// The first key, if it is known, and its length; nil where more must come.
    private mutating func next(_ bytes: ArraySlice<UInt8>) -> (key: Key?, count: Int)? {
        guard let first = bytes.first else { return nil }
        if pasted != nil { return paste(bytes) }
        switch first {
        case Self.escape: return sequence(bytes)
        case 0x00..<0x20, 0x7F: return (Self.controls[first], 1)
        default: return character(bytes)
        }
    }

    private static let controls: [UInt8: Key] = [
        0x01: .home, 0x02: .left, 0x03: .interrupt, 0x04: .endOfInput, 0x05: .end, 0x06: .right, 0x08: .backspace,
        0x09: .tab, 0x0A: .newline, 0x0B: .deleteToEnd, 0x0C: .clear, 0x0D: .enter, 0x0E: .next, 0x10: .previous,
        0x15: .deleteToStart, 0x17: .deleteWord, 0x19: .yank, 0x1A: .suspend, 0x1C: .quit, 0x7F: .backspace,
    ]

    // MARK: Characters

    private func character(_ bytes: ArraySlice<UInt8>) -> (key: Key?, count: Int)? {
        let count =
            switch bytes.first ?? 0 {
            case 0..<0x80: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard count > 0 else { return (nil, 1) }
        let rest = bytes.dropFirst().prefix(count - 1)
        if let wrong = rest.firstIndex(where: { !(0x80..<0xC0).contains($0) }) {
            return (nil, wrong - bytes.startIndex)
        }
        guard rest.count == count - 1 else { return nil }
        guard let text = String(validating: bytes.prefix(count), as: UTF8.self) else { return (nil, 1) }
        // C1 controls are none that can be shown.
        return (Terminal.harmless(text).isEmpty ? nil : .text(text), count)
    }

    // MARK: Sequences

    private mutating func sequence(_ bytes: ArraySlice<UInt8>) -> (key: Key?, count: Int)? {
        guard let second = bytes.dropFirst().first else { return nil }
        switch second {
        // Whoever pressed Escape before means the second key alone.
        case Self.escape, 0x03: return (nil, 1)
        case 0x0D, 0x0A: return (.newline, 2)
        case UInt8(ascii: "b"): return (.wordLeft, 2)
        case UInt8(ascii: "f"): return (.wordRight, 2)
        case UInt8(ascii: "d"): return (.deleteNextWord, 2)
        case 0x7F, 0x08: return (.deleteWord, 2)
        case UInt8(ascii: "["): return controlSequence(bytes)
        case UInt8(ascii: "O"):
            guard let third = bytes.dropFirst(2).first else { return nil }
            return (Self.cursor[third], 3)
        default: return (nil, 2)
        }
    }

    private static let cursor: [UInt8: Key] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    ]

    private mutating func controlSequence(_ bytes: ArraySlice<UInt8>) -> (key: Key?, count: Int)? {
        let rest = bytes.dropFirst(2)
        guard let end = rest.firstIndex(where: { !(0x20..<0x40).contains($0) }) else {
            return rest.count > Self.longestSequence ? (nil, bytes.count) : nil
        }
        let count = end - bytes.startIndex + 1
        // No final byte: something else begins, such as Ctrl-C.
        guard (0x40...0x7E).contains(bytes[end]) else { return (nil, count - 1) }
        let parameters = String(decoding: rest[..<end], as: UTF8.self)
        // Ctrl or Alt with an arrow goes by words.
        let isModified = parameters.hasSuffix(";5") || parameters.hasSuffix(";3")
        switch (bytes[end], parameters) {
        case (UInt8(ascii: "C"), _) where isModified: return (.wordRight, count)
        case (UInt8(ascii: "D"), _) where isModified: return (.wordLeft, count)
        case (UInt8(ascii: "~"), "1"), (UInt8(ascii: "~"), "7"): return (.home, count)
        case (UInt8(ascii: "~"), "4"), (UInt8(ascii: "~"), "8"): return (.end, count)
        case (UInt8(ascii: "~"), "3"): return (.delete, count)
        case (UInt8(ascii: "~"), "200"):
            pasted = []
            return (nil, count)
        default: return (Self.cursor[bytes[end]], count)
        }
    }

    // MARK: Pasted text

    private mutating func paste(_ bytes: ArraySlice<UInt8>) -> (key: Key?, count: Int)? {
        // A terminal that never ends a paste must not keep its user.
        if bytes.first == 0x03 {
            pasted = nil
            return (.interrupt, 1)
        }
        if bytes.starts(with: Self.pasteEnd) {
            let text = Self.cleaned(pasted ?? [])
            pasted = nil
            return (text.isEmpty ? nil : .paste(text), Self.pasteEnd.count)
        }
        if Self.pasteEnd.starts(with: bytes) { return nil }
        let plain = bytes.dropFirst().firstIndex { $0 == Self.escape || $0 == 0x03 } ?? bytes.endIndex
        let piece = bytes[..<plain]
        let room = max(0, Self.longestPaste - (pasted?.count ?? 0))
        pasted?.append(contentsOf: piece.prefix(room))
        return (nil, piece.count)
    }

    private static func cleaned(_ bytes: [UInt8]) -> String {
        Terminal.harmless(
            String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
    }
}

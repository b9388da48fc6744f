import Base
import Testing

@testable import Commands

@Suite struct KeyDecoderTests {
    private static let cases: [(String, [Key])] = [
        ("abc", [.text("abc")]), ("ü€😀", [.text("ü€😀")]), ("a\r", [.text("a"), .enter]), ("\n", [.newline]),
        ("\u{1B}\r", [.newline]), ("\u{03}\u{04}\u{7F}\u{08}", [.interrupt, .endOfInput, .backspace, .backspace]),
        ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]), ("\u{1B}OA\u{1B}OH", [.up, .home]),
        ("\u{1B}[1;5D\u{1B}[1;3C\u{1B}b\u{1B}f", [.wordLeft, .wordRight, .wordLeft, .wordRight]),
        ("\u{1B}[3~\u{1B}[1~\u{1B}[4~\u{1B}[H\u{1B}[F", [.delete, .home, .end, .home, .end]),
        ("\u{1B}[200~a\r\nb\rc\td\u{1B}[0mx\u{7}\u{1B}[201~\r", [.paste("a\nb\nc\td[0mx"), .enter]),
        ("\u{1B}[200~\u{1B}[201~a", [.text("a")]),
        // A terminal that never ends what is pasted.
        ("\u{1B}[200~abc\u{03}d", [.interrupt, .text("d")]),
        // What is not known.
        ("\u{1B}[99;9qa\u{1B}[?1;2ca\u{1B}xa\u{1B}OZ", [.text("aaa")]), ("\u{1B}\u{1B}[A", [.up]),
        ("\u{1B}\u{03}", [.interrupt]), ("\u{1B}[12\u{03}", [.interrupt]), ("\u{9B}1m", [.text("1m")]),
    ]

    @Test(arguments: cases) func `bytes become keys, however they are cut`(text: String, keys: [Key]) {
        var whole = KeyDecoder()
        #expect(whole.keys(text.utf8) == keys)
        var bytewise = KeyDecoder()
        var found: [Key] = []
        for byte in text.utf8 {
            for key in bytewise.keys([byte]) {
                if case .text(let more) = key, case .text(let before)? = found.last {
                    found[found.count - 1] = .text(before + more)
                } else {
                    found.append(key)
                }
            }
        }
        #expect(found == keys)
    }

    @Test func `no bytes crash it, keep it, or bring a control character into a text`() {
        var random = SplitMix64(seed: 5)
        let pool: [UInt8] = Array("\u{1B}\u{1B}[[OA~;0123\r\n\u{03}a".utf8) + [0x80, 0xC3, 0xE2, 0xF0, 0xFF, 0x9B]
        for _ in 0..<2_000 {
            var decoder = KeyDecoder()
            let bytes = (0..<40).map { _ in pool.randomElement(using: &random) ?? 0 }
            var keys = decoder.keys(bytes)
            // Whatever is open, Ctrl-C comes through, at the latest when it is pressed again.
            keys += decoder.keys([3, 3])
            #expect(keys.last == .interrupt)
            for case .text(let text) in keys { #expect(Terminal.harmless(text) == text && !text.contains("\n")) }
            for case .paste(let text) in keys { #expect(Terminal.harmless(text) == text) }
        }
    }

    @Test func `what is pasted has an end`() {
        var decoder = KeyDecoder()
        let keys =
            decoder.keys("\u{1B}[200~".utf8) + decoder.keys([UInt8](repeating: 0x61, count: 3 << 20))
            + decoder.keys("\u{1B}[201~".utf8)
        #expect(keys == [.paste(String(repeating: "a", count: KeyDecoder.longestPaste))])
    }
}

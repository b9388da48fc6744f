import Base
import Foundation
import Testing

@testable import Documents

@Suite struct EncodingTests {
    private func utf16(_ text: String, littleEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit -> [UInt8] in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return littleEndian ? bytes : bytes.reversed()
        }
    }

    @Test("UTF-16 without a byte order mark is told by its zeros", arguments: [true, false])
    func utf16WithoutMark(littleEndian: Bool) {
        for text in [
            "Plain words and more.\n", "Ein Wörterbuch für alle", "Слова и ещё слова.\n", "日本語の文章です。\n 二行目です。\n",
        ] {
            let decoded = TextDecoding(utf16(text, littleEndian: littleEndian))
            #expect(decoded?.text == text)
            #expect(decoded?.encoding == .utf16Guessed)
            #expect(decoded?.finding != nil)
        }
    }

    @Test(
        "What is binary is not taken for UTF-16",
        arguments: [
            [1, 2, 0, 3], [0, 0, 0, 0], Array("PK\u{3}\u{4}\u{14}\u{0}\u{0}\u{0}".utf8), Array("ab\u{0}".utf8),
            Array("\u{7F}ELF\u{2}\u{1}\u{1}\u{0}\u{0}\u{0}".utf8),
        ] as [[UInt8]])
    func binary(bytes: [UInt8]) {
        #expect(TextDecoding(bytes) == nil)
    }

    @Test(
        "A page's declared character set counts",
        arguments: [
            ("<meta charset=\"windows-1251\">", [0xCF, 0xF0, 0xE8], "При"),
            ("<meta http-equiv=x content='text/html; charset=Shift_JIS'>", [0x93, 0xFA, 0x96, 0x7B], "日本"),
            ("<?xml version='1.0' encoding='ISO-8859-2'?>", [0xB1, 0xE6], "ąć"),
            ("<META CHARSET=GBK>", [0xD6, 0xD0], "中"),
            ("<meta charset=iso-8859-1>", [0x93, 0xE9, 0x94], "“é”"),
        ] as [(String, [UInt8], String)])
    func declared(head: String, bytes: [UInt8], text: String) {
        let decoded = TextDecoding(Array(head.utf8) + bytes, isMarkup: true)
        #expect(decoded?.text == head + text)
        #expect(decoded?.finding == nil)
    }

    @Test(
        "A wrong or unknown declaration does no harm",
        arguments: [
            ("<meta charset=windows-1251>é", Array("<meta charset=windows-1251>é".utf8), true),
            ("<meta charset=nonsense>é", Array("<meta charset=nonsense>".utf8) + [0xE9], true),
            ("<meta charset=utf-8>é", Array("<meta charset=utf-8>".utf8) + [0xE9], true),
            ("<meta charset=windows-1251>a", Array("<meta charset=windows-1251>a".utf8), false),
        ] as [(String, [UInt8], Bool)])
    func wronglyDeclared(text: String, bytes: [UInt8], isReported: Bool) {
        let decoded = TextDecoding(bytes, isMarkup: true)
        #expect(decoded?.text == text)
        #expect((decoded?.finding != nil) == isReported)
    }

    @Test("A page with stray NULs is read without them, wherever they stand")
    func strayZeros() {
        for prefix in ["", "x"] {
            let bytes = Array((prefix + String(repeating: "<p>te\u{0}xt nul of a page</p>\n", count: 10)).utf8)
            #expect(TextDecoding(bytes) == nil)
            #expect(TextDecoding(bytes, isMarkup: true)?.text.hasPrefix(prefix + "<p>text nul") == true)
        }
    }

    @Test("Many bytes that are not of the declared set make it a guess, in bounded time")
    func notOfTheSet() {
        let head = Array("<meta charset=Shift_JIS>".utf8)
        let decoded = TextDecoding(head + [UInt8](repeating: 0xFF, count: 1_000_000), isMarkup: true)
        #expect(decoded == nil || decoded?.encoding == .windows1252)
    }
}

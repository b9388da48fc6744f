import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Encoders

@Suite struct WordPieceTokenizerTests {
    private func tokenizer(_ change: (inout TinyModel) -> Void = { _ in }) async throws -> WordPieceTokenizer {
        var model = TinyModel()
        change(&model)
        return try await withTemporaryDirectory { folder in
            try model.write(to: folder)
            return try WordPieceTokenizer(tokenizerJSON: folder + "/tokenizer.json")
        }
    }

    @Test(arguments: [
        ("", []),
        (" \n\t\u{a0}", []),
        ("Swift", ["swift"]),
        ("tasks, tasked!", ["task", "##s", ",", "task", "##ed", "!"]),
        ("café", ["cafe"]),
        ("CAFÉ cafe\u{301}", ["cafe", "cafe"]),
        ("北京a", ["北", "京", "a"]),
        ("a北b", ["a", "北", "b"]),
        ("uncancelled", ["un", "##cancel", "##led"]),
        ("uncancelx a", ["[UNK]", "a"]),
        ("zebra", ["[UNK]"]),
        ("a\u{200b}b\u{ad}c", ["a", "##b", "##c"]),
        ("a.b", ["a", ".", "b"]),
        ("a[SEP]b", ["a", "[SEP]", "b"]),
        ("a[sep]", ["a", "[", "[UNK]", "]"]),
        ("Й", ["и"]),
        ("Straße", ["straße"]),
        ("ΣΣ", ["[UNK]"]),
        ("\u{212a}", ["[UNK]"]),
        (String(repeating: "a", count: 100), ["a"] + Array(repeating: "##a", count: 99)),
        (String(repeating: "a", count: 101), ["[UNK]"]),
        (String(repeating: "a\u{301}", count: 100), ["a"] + Array(repeating: "##a", count: 99)),
    ])
    func `Texts are cut as BERT cuts them`(text: String, expected: [String]) async throws {
        let tokenizer = try await tokenizer()
        let ids = expected.map { Int32(TinyModel.vocabulary.firstIndex(of: $0) ?? -1) }
        #expect(tokenizer.ids(of: text) == [2] + ids + [3])
        #expect(tokenizer.tokenCount(of: text) == ids.count)
        #expect(tokenizer.tokenRanges(in: text).count == ids.count)
    }

    @Test func `Hangul syllables are taken apart`() async throws {
        #expect(BertCharacters.hangul(0xAC01) == (0x1100, 0x1161, 0x11A8))
        #expect(BertCharacters.hangul(0xD7A3) == (0x1112, 0x1175, 0x11C2))
        #expect(BertCharacters.hangul(0xAC00) == (0x1100, 0x1161, 0))
    }

    @Test func `Ranges are places in the text as it was given`() async throws {
        let text = "Café, 北京\u{200b} uncancelled[SEP]"
        let parts = try await tokenizer().tokenRanges(in: text).map { text.utf8Slice($0) }
        #expect(parts == ["Café", ",", "北", "京", "un", "cancel", "led", "[SEP]"])
    }

    @Test func `Cutting keeps the special tokens`() async throws {
        let tokenizer = try await tokenizer()
        #expect(tokenizer.ids(of: "a b c a b c", maximum: 5) == [2, 9, 10, 11, 3])
        #expect(tokenizer.ids(of: "uncancelled", maximum: 4) == [2, 22, 23, 3])
        #expect(tokenizer.ids(of: "a", maximum: 2) == [2, 3])
    }

    @Test func `A word that is cut short by the limit keeps its pieces`() async throws {
        #expect(try await tokenizer().ids(of: "a uncancelx", maximum: 4) == [2, 9, 1, 3])
    }

    @Test(arguments: [
        ("lowercase", JSONValue.bool(false)), ("strip_accents", false), ("clean_text", false),
        ("type", "NFC"),
    ])
    func `Another kind of normaliser is refused`(key: String, value: JSONValue) async throws {
        let error = await #expect(throws: EncodersError.self) {
            _ = try await tokenizer { model in
                guard case .object(var normalizer) = model.tokenizer["normalizer"] else { return }
                normalizer[key] = value
                model.tokenizer["normalizer"] = .object(normalizer)
            }
        }
        #expect(error?.code == .unsupportedModel)
    }

    @Test func `A tokenizer without a vocabulary is refused`() async throws {
        let error = await #expect(throws: EncodersError.self) {
            _ = try await tokenizer { $0.tokenizer["model"] = ["type": "BPE"] }
        }
        #expect(error?.code == .damagedFile)
        #expect(error?.message.contains("tokenizer.json") == true)
    }
}

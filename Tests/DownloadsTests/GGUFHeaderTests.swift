import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Downloads

@Suite struct GGUFHeaderTests {
    private static func header(_ bytes: [UInt8]) async throws -> GGUFHeader {
        try await withTemporaryRoot { path in
            try Data(bytes).write(to: URL(filePath: path))
            return try GGUFHeader(path: path)
        }
    }

    private static func spoiled(_ change: (inout TinyGGUF) -> Void) -> [UInt8] {
        var file = TinyGGUF()
        change(&file)
        return file.bytes
    }

    @Test func `The header tells what the model is`() async throws {
        let header = try await Self.header(TinyGGUF().bytes)
        #expect(header.architecture == "llama")
        #expect(header.parameters == 320)
        #expect(header.contextLength == 8192)
        #expect(header.quantisation == "Q4_1")
        #expect(header.hasChatTemplate)
        #expect(header.vocabularySize == 4)
        // 30 layers, 3 heads, 64 + 64 numbers, 2 bytes: what llama.cpp prints for SmolLM2-135M as 22.5 KiB a token.
        #expect(header.contextBytesPerToken == 23040)
    }

    @Test func `Layers may differ in their heads, and keys may be longer than values`() async throws {
        let bytes = Self.spoiled { file in
            file.values.removeAll { $0.key == "llama.attention.head_count_kv" || $0.key == "general.file_type" }
            file.values.append(("llama.attention.head_count_kv", TinyGGUF.uint32s([1, 0, 2])))
            file.values.append(("llama.attention.key_length", TinyGGUF.uint32(128)))
            file.values.removeAll { $0.key == "tokenizer.chat_template" }
        }
        let header = try await Self.header(bytes)
        #expect(header.contextBytesPerToken == 3 * (128 + 64) * 2)
        #expect(!header.hasChatTemplate)
        // Without the name of a mixture, the type that takes most of the bytes.
        #expect(header.quantisation == "F32")
    }

    @Test(arguments: [
        (Array("<!DOCTYPE html><html><body>Not found".utf8), "does not begin with the letters GGUF"),
        ([], "only 0 bytes"), (spoiled { $0.version = 1 }, "its version is 1"),
        (spoiled { $0.version = UInt32(3).byteSwapped }, "highest byte first"),
        (spoiled { $0.tensorCount = .max }, "the number of tensors is"),
        (spoiled { $0.valueCount = 1 << 40 }, "the number of values is"),
        (spoiled { $0.valueCount = 60_000 }, ""),
        (spoiled { $0.data.removeLast() }, "cut short"),
        (spoiled { $0.values.append(("split.count", TinyGGUF.uint32(3))) }, "one of 3 parts"),
        (spoiled { $0.values.removeFirst() }, "names no architecture"),
        (spoiled { $0.values.append(("x", TinyGGUF.little(UInt32(99)))) }, "unknown kind 99"),
        (spoiled { $0.values.append(("x", TinyGGUF.little(UInt32(8)) + TinyGGUF.little(UInt64.max))) }, "length of x"),
        (
            spoiled {
                $0.values.append(
                    (
                        "x",
                        TinyGGUF.little(UInt32(9)) + TinyGGUF.little(UInt32(4)) + TinyGGUF.little(UInt64(1) << 62)
                    ))
            }, "number of elements of x"
        ),
        (
            spoiled { $0.values.append(("x", TinyGGUF.little(UInt32(9)) + TinyGGUF.little(UInt32(9)))) },
            "x is a list of lists"
        ),
        (spoiled { $0.values.append(("general.alignment", TinyGGUF.uint32(0))) }, "alignment is 0"),
        (spoiled { $0.tensors[0].dimensions = [1 << 39, 1 << 39] }, "larger than can be counted"),
        (spoiled { $0.tensors[0].dimensions = [33] }, "no whole blocks of Q4_1"),
        (spoiled { $0.tensors[0].offset = .max }, "the offset of token_embd.weight"),
        (spoiled { $0.tensors[0].dimensions = Array(repeating: 1, count: 9) }, "9 dimensions"),
    ])
    func `What is no usable GGUF file is refused with a sentence`(bytes: [UInt8], reason: String) async {
        let error = await #expect(throws: DownloadsError.self) { _ = try await Self.header(bytes) }
        #expect(error?.code == .damaged)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func `A file that is cut or changed anywhere is read to an end, or refused`() async throws {
        let whole = TinyGGUF().bytes
        try await withTemporaryRoot { path in
            for count in 0..<whole.count {
                try Data(whole[..<count]).write(to: URL(filePath: path))
                #expect(throws: DownloadsError.self) { _ = try GGUFHeader(path: path) }
            }
            for place in whole.indices {
                var bytes = whole
                for value: UInt8 in [0, 0x7f, 0xff] {
                    bytes[place] = value
                    try Data(bytes).write(to: URL(filePath: path))
                    do {
                        _ = try GGUFHeader(path: path)
                    } catch let error as DownloadsError {
                        #expect(error.code == .damaged)
                    }
                }
            }
        }
    }

    @Test func `What is no file is refused`() {
        for path in ["/nowhere/x.gguf", "/", "/dev/zero"] {
            let error = #expect(throws: DownloadsError.self) { _ = try GGUFHeader(path: path) }
            #expect(error?.code == .disk)
        }
    }
}

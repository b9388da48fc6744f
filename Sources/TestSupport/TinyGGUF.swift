/// A GGUF file of a few hundred bytes, which a test may spoil.
package struct TinyGGUF {
    /// The first bytes.
    package var magic = Array("GGUF".utf8)
    /// The version of the format.
    package var version: UInt32 = 3
    /// Written instead of the true number.
    package var tensorCount: UInt64?
    /// Written instead of the true number.
    package var valueCount: UInt64?
    /// Keys, and their values as the file holds them.
    package var values: [(key: String, value: [UInt8])] = [
        ("general.architecture", text("llama")), ("general.file_type", uint32(3)), ("llama.block_count", uint32(30)),
        ("llama.context_length", uint32(8192)), ("llama.embedding_length", uint32(576)),
        ("llama.attention.head_count", uint32(9)), ("llama.attention.head_count_kv", uint32(3)),
        ("llama.vocab_size", uint32(4)), ("tokenizer.chat_template", text("{{ messages }}")),
        ("tokenizer.ggml.tokens", texts(["a", "b", "c", "d"])),
    ]
    /// What the file says about its tensors.
    package var tensors: [(name: String, dimensions: [UInt64], type: UInt32, offset: UInt64)] = [
        ("token_embd.weight", [64, 4], 3, 0), ("output_norm.weight", [64], 0, 160),
    ]
    /// The bytes of all tensors: 256 weights in blocks of 32 take 160 bytes, 64 whole ones 256.
    package var data = [UInt8](repeating: 7, count: 416)

    /// A model of two tensors.
    package init() {}

    /// The file.
    package var bytes: [UInt8] {
        var bytes = magic + Self.little(version)
        bytes += Self.little(tensorCount ?? UInt64(tensors.count)) + Self.little(valueCount ?? UInt64(values.count))
        for (key, value) in values { bytes += Self.string(key) + value }
        for tensor in tensors {
            bytes += Self.string(tensor.name) + Self.little(UInt32(tensor.dimensions.count))
            for dimension in tensor.dimensions { bytes += Self.little(dimension) }
            bytes += Self.little(tensor.type) + Self.little(tensor.offset)
        }
        bytes += [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32)
        return bytes + data
    }

    /// The lowest byte first.
    package static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<MemoryLayout<Number>.size).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// A length and a text.
    package static func string(_ text: String) -> [UInt8] { little(UInt64(text.utf8.count)) + Array(text.utf8) }

    /// A text with its kind.
    package static func text(_ text: String) -> [UInt8] { little(UInt32(8)) + string(text) }

    /// A number with its kind.
    package static func uint32(_ number: UInt32) -> [UInt8] { little(UInt32(4)) + little(number) }

    /// A list of texts with its kind.
    package static func texts(_ texts: [String]) -> [UInt8] {
        little(UInt32(9)) + little(UInt32(8)) + little(UInt64(texts.count)) + texts.flatMap(string)
    }

    /// A list of numbers with its kind.
    package static func uint32s(_ numbers: [UInt32]) -> [UInt8] {
        little(UInt32(9)) + little(UInt32(4)) + little(UInt64(numbers.count)) + numbers.flatMap { little($0) }
    }
}

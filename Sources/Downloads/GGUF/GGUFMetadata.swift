/// The keys of a GGUF file that Neo asks for. What a file claims is used for estimates only, and kept within bounds in
/// which nothing overflows.
struct GGUFMetadata {
    let values: [String: GGUFValue]

    /// A text.
    func text(_ key: String) -> String? {
        if case .text(let text) = values[key] { text } else { nil }
    }

    /// A number of things, from 1 to about a billion.
    func count(_ key: String) -> Int? {
        if case .integer(let number) = values[key], (1...1 << 30).contains(number) { number } else { nil }
    }

    /// Where tensors may begin.
    func alignment(_ reader: inout GGUFReader) throws(DownloadsError) -> Int {
        guard case .integer(let number)? = values["general.alignment"] else { return 32 }
        guard (1...1 << 20).contains(number) else { throw reader.damaged("its alignment is \(number)") }
        return number
    }

    /// The name of the mixture of types, as llama.cpp calls it.
    var fileType: String? {
        if case .integer(let number) = values["general.file_type"] { Self.fileTypes[number] } else { nil }
    }

    /// Keys and values of all layers for one token, in 16-bit floats; layers may differ in their number of heads.
    func contextBytesPerToken(_ architecture: String) -> Int? {
        guard let layers = count("\(architecture).block_count"), layers <= 4096,
            let width = count("\(architecture).embedding_length"), width <= 1 << 20
        else { return nil }
        let heads = numbers("\(architecture).attention.head_count")
        guard let queryHeads = heads?.max() else { return nil }
        let keyHeads = numbers("\(architecture).attention.head_count_kv") ?? heads ?? []
        let usual = width / max(1, queryHeads)
        let lengths = ["key_length", "value_length"].map { name in
            min(count("\(architecture).attention.\(name)") ?? usual, 1 << 16)
        }
        let allHeads = keyHeads.count == 1 ? keyHeads[0] * layers : keyHeads.reduce(0, +)
        return allHeads * lengths.reduce(0, +) * 2
    }

    /// One number for all layers, or one for each.
    private func numbers(_ key: String) -> [Int]? {
        let found: [Int]
        switch values[key] {
        case .integer(let number): found = [number]
        case .integers(let numbers): found = numbers
        default: return nil
        }
        return found.isEmpty || found.contains { $0 < 0 || $0 > 1 << 16 } ? nil : found
    }

    /// llama.cpp's `llama_ftype`.
    private static let fileTypes: [Int: String] = [
        0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
        12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS",
        20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M",
        28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
        39: "NVFP4", 40: "Q1_0",
    ]
}

/// What the header of a GGUF file says about its model. The weights are not read.
///
/// The format is that of ggml's `docs/gguf.md`, versions 2 and 3, lowest byte first. A file that ends before its last
/// tensor is refused; every count and length is bounded, so that a hostile file costs neither memory nor time.
///
/// ```swift
/// let header = try GGUFHeader(path: "SmolLM2-135M-Instruct.Q4_1.gguf")
/// print(header.architecture, header.parameters, header.quantisation)  // llama 134515008 Q4_1
/// ```
package struct GGUFHeader: Sendable, Hashable {
    /// The family of the model, e.g. `llama` or `qwen2`.
    package var architecture: String
    /// The number of weights.
    package var parameters: Int
    /// How many tokens the model was made for; nil where the file does not say.
    package var contextLength: Int?
    /// How the weights are stored, e.g. `Q4_K_M`.
    package var quantisation: String
    /// Whether the file says how a conversation is put into tokens; without it, a model continues texts only.
    package var hasChatTemplate: Bool
    /// The length of the file.
    package var fileBytes: Int
    /// What a token of context takes in memory, in 16-bit floats: keys and values of all layers; nil where the file does
    /// not say how many heads there are.
    package var contextBytesPerToken: Int?
    /// The number of different tokens; nil where the file does not say.
    package var vocabularySize: Int?

    /// Reads the header of a file.
    ///
    /// - Throws: `DownloadsError` with the code `damaged` and the reason, where the file is no GGUF file, has another
    ///   version, or is cut short; `disk` where it cannot be read.
    package init(path: String) throws(DownloadsError) {
        var reader = try GGUFReader(path)
        try Self.checkBeginning(&reader)
        let tensorCount = try reader.count("the number of tensors", limit: Self.tensorLimit)
        let valueCount = try reader.count("the number of values", limit: Self.valueLimit)
        var values: [String: GGUFValue] = [:]
        for _ in 0..<valueCount {
            let key = try reader.text("a key", limit: Self.nameLimit)
            values[key] = try GGUFValue(&reader, of: key)
        }
        let metadata = GGUFMetadata(values: values)
        guard let architecture = metadata.text("general.architecture"), !architecture.isEmpty else {
            throw reader.damaged("it names no architecture")
        }
        if let parts = metadata.count("split.count"), parts > 1 {
            throw reader.damaged("it is one of \(parts) parts, and Neo runs models of one file")
        }
        let tensors = try GGUFTensors(&reader, count: tensorCount, alignment: metadata.alignment(&reader))
        self.architecture = GGUFValue.printable(architecture)
        parameters = tensors.elements
        contextLength = metadata.count("\(architecture).context_length")
        quantisation = metadata.fileType ?? tensors.mainType ?? "unknown"
        hasChatTemplate = metadata.text("tokenizer.chat_template").map { !$0.isEmpty } ?? false
        fileBytes = reader.fileSize
        contextBytesPerToken = metadata.contextBytesPerToken(architecture)
        vocabularySize = metadata.count("\(architecture).vocab_size")
    }

    /// Family, size, form and context in a few words: `llama, 135 M parameters, Q4_1, 8192 tokens`.
    package var summary: String {
        let millions = (parameters + 500_000) / 1_000_000
        let size = millions < 1000 ? "\(millions) M" : "\(millions / 1000).\(millions % 1000 / 100) G"
        let context = contextLength.map { ", \($0) tokens" } ?? ""
        return "\(architecture), \(size) parameters, \(quantisation)\(context)"
    }

    /// More tensors, values or longer names has no model that anybody has published.
    private static let tensorLimit = 1 << 20
    private static let valueLimit = 1 << 16
    static let nameLimit = 1 << 16

    private static func checkBeginning(_ reader: inout GGUFReader) throws(DownloadsError) {
        guard reader.fileSize >= 24 else { throw reader.damaged("it has only \(reader.fileSize) bytes") }
        guard try reader.bytes(4).elementsEqual("GGUF".utf8) else {
            throw reader.damaged("it does not begin with the letters GGUF")
        }
        let version = try reader.integer(UInt32.self)
        guard version == 2 || version == 3 else {
            throw reader.damaged(
                version.byteSwapped == 2 || version.byteSwapped == 3
                    ? "it was made for machines that store the highest byte first"
                    : "its version is \(version), and Neo knows 2 and 3")
        }
    }
}

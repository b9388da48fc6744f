internal import Encoders
package import Retrieval

/// Joins Neo's own encoder to the ports that Retrieval declares.
package struct SentenceEncoderAdapter: TextEncoder, TokenCounter {
    /// Name and content of the weights.
    package let identity: String
    private let encoder: SentenceEncoder

    /// Loads the encoder of a folder.
    ///
    /// - Parameters:
    ///   - folder: where config.json, model.safetensors and tokenizer.json are.
    ///   - identity: names the weights, e.g. `all-minilm-l6-v2@53aa5117`.
    ///   - threads: how many batches are encoded at the same time.
    package init(folder: String, identity: String, threads: Int) throws {
        self.identity = identity
        encoder = try SentenceEncoder(folder: folder, identity: identity, threads: threads)
    }

    package var dimension: Int { encoder.dimension }

    @concurrent
    package func encode(_ texts: [String]) async throws -> Matrix {
        Matrix(columns: encoder.dimension, values: try await encoder.encode(texts))
    }

    package func tokenRanges(in text: String) -> [Range<Int>] {
        encoder.tokenRanges(in: text)
    }
}

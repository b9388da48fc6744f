package import Encoders
package import Retrieval

/// Joins Neo's own encoder to the ports that Retrieval declares.
package struct SentenceEncoderAdapter: TextEncoder, TokenCounter {
    private let encoder: SentenceEncoder

    /// Loads the encoder of a folder.
    ///
    /// - Parameters:
    ///   - folder: where config.json, model.safetensors and tokenizer.json are.
    ///   - identity: names the weights, e.g. `all-minilm-l6-v2@53aa5117`.
    ///   - precision: what the large products are computed in.
    ///   - prefixes: what stands in front of texts; nil asks the model's folder.
    ///   - threads: how many batches are encoded at the same time.
    package init(
        folder: String, identity: String, precision: Precision = .single, prefixes: TextPrefixes? = nil, threads: Int
    ) throws {
        encoder = try SentenceEncoder(
            folder: folder, identity: identity, precision: precision, prefixes: prefixes, threads: threads
        )
    }

    /// Name and content of the weights, and what else vectors depend on.
    package var identity: String { encoder.identity }

    package var dimension: Int { encoder.dimension }

    @concurrent
    package func encode(_ texts: [String]) async throws -> Matrix {
        Matrix(columns: encoder.dimension, values: try await encoder.encode(texts))
    }

    @concurrent
    package func encodeQueries(_ texts: [String]) async throws -> Matrix {
        Matrix(columns: encoder.dimension, values: try await encoder.encode(texts, as: .query))
    }

    package func tokenRanges(in text: String) -> [Range<Int>] {
        encoder.tokenRanges(in: text)
    }
}

package import Encoders
internal import Retrieval

/// Joins Neo's own cross-encoder to the port that Retrieval declares.
package struct CrossEncoderAdapter: PairScorer {
    private let encoder: CrossEncoder

    /// Loads the cross-encoder of a folder.
    ///
    /// - Parameters:
    ///   - folder: where config.json, model.safetensors and tokenizer.json are.
    ///   - identity: names the weights.
    ///   - precision: what the large products are computed in.
    ///   - threads: how many batches are scored at the same time.
    package init(folder: String, identity: String, precision: Precision = .single, threads: Int) throws {
        encoder = try CrossEncoder(folder: folder, identity: identity, precision: precision, threads: threads)
    }

    /// Name and content of the weights, and the precision where it is not f32.
    package var identity: String { encoder.identity }

    @concurrent
    package func scores(of passages: [String], for query: String) async throws -> [Float] {
        try await encoder.score(query: query, passages: passages)
    }
}

/// Whether a model can be used, before its weights are there.
package enum SupportedModel {
    /// Reads the small files of a model's folder.
    ///
    /// - Throws: `EncodersError` with what is not supported, where neither an encoder nor a cross-encoder can be made of
    ///   them.
    package static func check(folder: String) throws {
        _ = try BERTConfiguration(folder: folder)
        let tokenizer = try WordPieceTokenizer(tokenizerJSON: folder + "/tokenizer.json")
        if try ModelFile.jsonIfPresent(folder + "/modules.json") != nil {
            do {
                _ = try PipelineConfiguration(folder: folder)
                return
            } catch {
                // Newer cross-encoders have modules, too, but of other kinds.
                guard (try? CrossEncoderConfiguration(folder: folder)) != nil else { throw error }
            }
        } else {
            _ = try CrossEncoderConfiguration(folder: folder)
        }
        guard tokenizer.pair != nil else {
            throw EncodersError(
                .unsupportedModel,
                "its tokenizer.json arranges pairs in another way than [CLS] first [SEP] second [SEP].")
        }
    }
}

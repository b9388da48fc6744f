#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The parts of a `tokenizer.json` that Neo understands.
struct TokenizerFile: Decodable {
    struct AddedToken: Decodable {
        var id: Int
        var content: String
        var single_word: Bool?
        var lstrip: Bool?
        var rstrip: Bool?
        var normalized: Bool?
    }

    struct Normalizer: Decodable {
        var type: String
        var clean_text: Bool?
        var handle_chinese_chars: Bool?
        var strip_accents: Bool?
        var lowercase: Bool?
    }

    struct Typed: Decodable {
        var type: String
    }

    struct Model: Decodable {
        var type: String?
        var vocab: [String: Int]
        var unk_token: String?
        var continuing_subword_prefix: String?
        var max_input_chars_per_word: Int?
    }

    struct Template: Decodable {
        struct Name: Decodable {
            var id: String
            var type_id: Int?
        }
        var SpecialToken: Name?
        var Sequence: Name?
    }

    struct PostProcessor: Decodable {
        var type: String
        var single: [Template]?
        var pair: [Template]?
    }

    struct Truncation: Decodable {
        var max_length: Int?
    }

    var added_tokens: [AddedToken]?
    var normalizer: Normalizer?
    var pre_tokenizer: Typed?
    var post_processor: PostProcessor?
    var model: Model
    var truncation: Truncation?

    /// Reads a file.
    static func read(_ path: String) throws(EncodersError) -> TokenizerFile {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw EncodersError(.unreadableFile, "\(path) cannot be read.", cause: error)
        }
        do {
            return try JSONDecoder().decode(TokenizerFile.self, from: data)
        } catch {
            throw EncodersError(
                .damagedFile, "\(path) is not a WordPiece tokenizer: JSON is broken or a part is missing.", cause: error
            )
        }
    }

    /// The first reason why this is not BERT's uncased WordPiece, or nil.
    var unsupported: String? {
        if model.type ?? "WordPiece" != "WordPiece" { return "its model is \(model.type ?? ""), not WordPiece" }
        guard let normalizer, normalizer.type == "BertNormalizer" else { return "its normalizer is no BertNormalizer" }
        guard normalizer.lowercase ?? true, normalizer.strip_accents ?? true, normalizer.clean_text ?? true,
            normalizer.handle_chinese_chars ?? true
        else { return "it keeps case, accents or control characters" }
        if pre_tokenizer?.type != "BertPreTokenizer" { return "its pre_tokenizer is no BertPreTokenizer" }
        if let type = post_processor?.type, !["TemplateProcessing", "BertProcessing"].contains(type) {
            return "its post_processor is \(type)"
        }
        let flagged = added_tokens?.first { token in
            token.single_word == true || token.lstrip == true || token.rstrip == true || token.normalized == true
        }
        if let flagged { return "added token \"\(flagged.content)\" asks for stripping or normalisation" }
        return nil
    }
}

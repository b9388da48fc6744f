internal import Base

/// How many tokens a model's folder wants to be read at once.
enum TokenLimit {
    /// `max_seq_length` of `sentence_bert_config.json`, else `model_max_length` of `tokenizer_config.json`; nil where
    /// neither gives one.
    static func read(folder: String) throws(EncodersError) -> Int? {
        let places = [("sentence_bert_config.json", "max_seq_length"), ("tokenizer_config.json", "model_max_length")]
        for (name, key) in places {
            guard let limit = try ModelFile.jsonIfPresent("\(folder)/\(name)")?[key], limit != .null else { continue }
            // "No limit" is written as 10^30, which is a number, but no integer here.
            guard let number = limit.number, number > 2, limit.integer != nil || number > 1e18 else {
                throw EncodersError(
                    .damagedFile,
                    "\(folder)/\(name): \(key) is \(limit.canonicalText), but must be a whole number above 2."
                )
            }
            if let limit = limit.integer { return limit }
        }
        return nil
    }
}

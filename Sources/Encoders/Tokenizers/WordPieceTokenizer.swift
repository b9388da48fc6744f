/// BERT's uncased WordPiece tokenizer.
///
/// Equal to the `tokenizers` package, token for token: normaliser, word splitter, greedy longest match first,
/// and special tokens that are written out in the text.
///
/// Source: Y. Wu et al., "Google's Neural Machine Translation System", 2016, section 4.1, with the matching of
/// J. Devlin et al., "BERT", 2019.
public struct WordPieceTokenizer: Sendable {
    /// What a piece of a text is read against.
    struct Tables: Sendable {
        var characters: BertCharacters
        var trie: ByteTrie
        /// The node from which pieces inside a word are read.
        var continuation: UInt32
        var unknown: Int32
        /// Longer words are unknown.
        var maximumCharacters: Int
        /// Tokens that are recognised before anything else is done to the text.
        var added: [(bytes: [UInt8], id: Int32)]
    }

    let tables: Tables
    /// The tokens in front of and behind every sequence.
    let prefix: [Int32]
    let suffix: [Int32]
    /// The tokens around a pair; nil where the file puts them in a way that BERT does not.
    let pair: PairTemplate?
    /// One more than the greatest id.
    public let vocabularySize: Int
    /// How many tokens the file itself asks to keep, special ones included.
    public let suggestedMaximum: Int?

    /// Reads a `tokenizer.json`.
    ///
    /// - Throws: `EncodersError` where the file is broken or describes another kind of tokenizer.
    public init(tokenizerJSON path: String) throws {
        let file = try TokenizerFile.read(path)
        if let reason = file.unsupported {
            throw EncodersError(
                .unsupportedModel, "\(path) is not an uncased BERT tokenizer, the only kind supported: \(reason)."
            )
        }
        let added = file.added_tokens ?? []
        let known = file.model.vocab.merging(added.map { ($0.content, $0.id) }) { _, later in later }
        guard let greatest = known.values.max(), known.values.allSatisfy({ $0 >= 0 && $0 < Int(Int32.max) }) else {
            throw EncodersError(.damagedFile, "\(path) has no vocabulary, or ids out of range.")
        }
        vocabularySize = greatest + 1
        suggestedMaximum = file.truncation?.max_length

        func id(of token: String) throws(EncodersError) -> Int32 {
            guard let id = known[token] else {
                throw EncodersError(.damagedFile, "\(path) has no token \"\(token)\" in its vocabulary.")
            }
            return Int32(id)
        }

        var names: (before: [String], after: [String]) = (["[CLS]"], ["[SEP]"])
        if let template = file.post_processor?.single {
            let middle = template.firstIndex { $0.Sequence != nil } ?? template.endIndex
            names.before = template[..<middle].compactMap(\.SpecialToken?.id)
            names.after = template[middle...].compactMap(\.SpecialToken?.id)
        }
        prefix = try names.before.map(id(of:))
        suffix = try names.after.map(id(of:))
        if let template = file.post_processor?.pair {
            pair = try PairTemplate(template, id: id(of:))
        } else {
            pair = PairTemplate(before: prefix, between: suffix, after: suffix)
        }

        let marker = file.model.continuing_subword_prefix ?? "##"
        var trie = ByteTrie(capacity: file.model.vocab.count * 4)
        var fits = true
        for (token, id) in file.model.vocab where !token.isEmpty {
            fits = trie.insert(token.utf8, value: Int32(id)) && fits
        }
        var continuation: UInt32? = ByteTrie.root
        for byte in marker.utf8 {
            continuation = continuation.flatMap { trie.child(of: $0, byte) }
        }
        guard fits else {
            throw EncodersError(.unsupportedModel, "\(path) has more tokens than can be held.")
        }
        tables = Tables(
            characters: BertCharacters(),
            trie: trie,
            // Where no piece begins with the marker, no word can go on: a node without children says so.
            continuation: continuation ?? .max >> 8,
            unknown: try id(of: file.model.unk_token ?? "[UNK]"),
            maximumCharacters: file.model.max_input_chars_per_word ?? 100,
            added: added.filter { !$0.content.isEmpty }
                .map { (Array($0.content.utf8), Int32($0.id)) }
                .sorted { $0.bytes.count > $1.bytes.count }
        )
    }

    /// The ids of a text with the special tokens around them, cut to `maximum` ids in all.
    public func ids(of text: String, maximum: Int = .max) -> [Int32] {
        var scan = WordPieceScan(tables, keepsRanges: false)
        let room = max(0, maximum - prefix.count - suffix.count)
        scan.run(text, limit: room)
        return prefix + scan.ids.prefix(room) + suffix
    }

    /// Two texts with the special tokens around them, cut to `maximum` ids in all, the longer text first.
    ///
    /// - Throws: where the tokenizer has no template of BERT's form for pairs.
    func ids(of first: String, and second: String, maximum: Int) throws(EncodersError) -> TokenSequence {
        guard let pair else {
            throw EncodersError(
                .unsupportedModel,
                "tokenizer.json arranges pairs of texts in another way than [CLS] first [SEP] second [SEP]."
            )
        }
        let room = max(0, maximum - pair.count)
        var scans = (WordPieceScan(tables, keepsRanges: false), WordPieceScan(tables, keepsRanges: false))
        scans.0.run(first, limit: room)
        scans.1.run(second, limit: room)
        var counts = (scans.0.ids.count, scans.1.ids.count)
        if counts.0 >= room, counts.1 >= room {
            // Only here does it matter how long they are in full: the longer one gets the odd token.
            counts = (tokenCount(of: first), tokenCount(of: second))
        }
        let kept = PairTemplate.cut(counts.0, counts.1, room: room)
        return TokenSequence(
            pair.before + scans.0.ids.prefix(kept.first) + pair.between,
            scans.1.ids.prefix(kept.second) + pair.after
        )
    }

    /// The UTF-8 ranges of a text's tokens, in order, without special and without cutting; an accent that is
    /// dropped may belong to none.
    public func tokenRanges(in text: String) -> [Range<Int>] {
        var scan = WordPieceScan(tables, keepsRanges: true)
        scan.run(text, limit: .max)
        return scan.ranges
    }

    /// The number of a text's tokens, without special tokens.
    public func tokenCount(of text: String) -> Int {
        var scan = WordPieceScan(tables, keepsRanges: false)
        scan.run(text, limit: .max)
        return scan.ids.count
    }
}

/// Where the special tokens of a pair of texts stand: `[CLS] first [SEP] second [SEP]`.
struct PairTemplate: Sendable, Hashable {
    /// In front of the first text.
    var before: [Int32]
    /// Between the texts; they still have the first one's segment type.
    var between: [Int32]
    /// Behind the second text; they have its segment type.
    var after: [Int32]

    /// The number of special tokens.
    var count: Int { before.count + between.count + after.count }

    /// Reads the template of a tokenizer file; nil where it is not of BERT's form, first text and type 0, then second
    /// text and type 1.
    init?(_ parts: [TokenizerFile.Template], id: (String) throws(EncodersError) -> Int32) throws(EncodersError) {
        (before, between, after) = ([], [], [])
        var texts = 0
        for part in parts {
            if let text = part.Sequence {
                guard text.id == ["A", "B"][min(texts, 1)], text.type_id ?? 0 == texts else { return nil }
                texts += 1
            } else if let special = part.SpecialToken {
                guard special.type_id ?? 0 == (texts == 2 ? 1 : 0) else { return nil }
                let token = try id(special.id)
                switch texts {
                case 0: before.append(token)
                case 1: between.append(token)
                default: after.append(token)
                }
            }
        }
        guard texts == 2 else { return nil }
    }

    /// A template of given tokens.
    init(before: [Int32], between: [Int32], after: [Int32]) {
        self.before = before
        self.between = between
        self.after = after
    }

    /// How many tokens of each text are kept where there is room for `room`: the longer one is cut first, and where
    /// both are longer than a half, each gets a half.
    ///
    /// Equal to the strategy `longest_first` of the tokenizers package.
    static func cut(_ first: Int, _ second: Int, room: Int) -> (first: Int, second: Int) {
        guard first + second > room else { return (first, second) }
        let shorter = min(first, second)
        let half = room / 2
        // What is left beside the shorter text, but never less than its own length; two such lengths may be too much.
        let longer = shorter > room ? shorter : max(shorter, room - shorter)
        let lengths = shorter + longer > room ? (half, room - half) : (shorter, longer)
        return first > second ? (lengths.1, lengths.0) : lengths
    }
}

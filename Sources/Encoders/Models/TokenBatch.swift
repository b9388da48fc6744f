/// Some token sequences, one after the other without padding.
struct TokenBatch: Sendable {
    /// The ids of all sequences.
    private(set) var ids: [Int32] = []
    /// Where each sequence begins, and behind them the number of ids.
    private(set) var starts: [Int] = [0]
    /// Where in each sequence the segment type becomes 1.
    private(set) var seconds: [Int] = []

    /// A batch of sequences.
    init(_ sequences: some Sequence<TokenSequence>) {
        for sequence in sequences {
            seconds.append(ids.count + sequence.second)
            ids += sequence.ids
            starts.append(ids.count)
        }
    }

    /// The number of sequences.
    var count: Int { starts.count - 1 }

    /// The positions of a sequence's ids.
    func range(of sequence: Int) -> Range<Int> { starts[sequence]..<starts[sequence + 1] }

    /// Divides sequences into batches of about `budget` tokens: the positions of the sequences in each.
    ///
    /// Long ones come first, so that no worker starts the largest batch when the others are done; sequences of
    /// a batch are about equally long, which keeps the buffers of attention small.
    static func plan(lengths: [Int], budget: Int) -> [[Int]] {
        let order = lengths.indices.sorted { (lengths[$0], $1) > (lengths[$1], $0) }
        var batches: [[Int]] = []
        var filled = Int.max
        for position in order {
            if filled > budget - lengths[position] || batches.isEmpty {
                batches.append([])
                filled = 0
            }
            batches[batches.count - 1].append(position)
            filled += lengths[position]
        }
        return batches
    }
}

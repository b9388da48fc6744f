internal import Retrieval

/// The questions' vectors by id, and what somebody had to read for them.
struct QuestionVectors: Sendable {
    private(set) var vectors: [String: [Float]] = [:]
    /// How many tokens the encoder's server read of each question; empty where the encoder runs on this machine.
    private(set) var tokens: [String: Double] = [:]

    /// No question has a vector.
    init() {}

    /// Encodes questions. A server counts the tokens of several at a time, so each gets its share by its length in the
    /// project's own tokens; where the server does not count, these are taken.
    init(_ items: [EvaluationItem], passages: PassageEncoder, counter: any TokenCounter) async throws {
        let questions = items.map(\.question)
        let matrix: Matrix
        if passages.encoder.isServed {
            let runs: [(range: Range<Int>, tokens: Int?)]
            (matrix, runs) = try await passages.encodeQueriesCounting(questions)
            for run in runs {
                let lengths = run.range.map { Double(max(counter.tokenRanges(in: questions[$0]).count, 1)) }
                let length = lengths.reduce(0, +)
                for (position, own) in zip(run.range, lengths) {
                    tokens[items[position].id] = run.tokens.map { Double($0) * own / length } ?? own
                }
            }
        } else {
            matrix = try await passages.encodeQueries(questions)
        }
        vectors = Dictionary(
            uniqueKeysWithValues: items.enumerated().map { row, item in (item.id, Array(matrix[row: row])) })
    }
}

internal import RAG

/// How an answer becomes server-sent events in one of the protocols.
protocol AnswerEncoding: Sendable {
    /// What comes before the text.
    mutating func begin() -> String
    /// More of the text.
    mutating func add(_ text: String) -> String
    /// A sign of life.
    var waiting: String { get }
    /// What comes after the text.
    mutating func finish(_ answer: CitedAnswer) -> String
    /// The end, where something failed under way.
    func failure(_ failure: RequestFailure) -> String
}

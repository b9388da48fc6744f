/// What a project has to choose among: its search space depends on it.
package struct RAGOffer: Sendable, Hashable {
    /// The encoders' names, the default first; without any, only BM25 can be searched.
    package var encoders: [String]
    /// The names of what `reranker: cross-encoder` may ask, the default first.
    package var rerankers: [String]
    /// By format, the parsers of those formats that the documents have and that can be read in several ways.
    package var parsers: [String: [String]]
    /// What may become of questions that follow others, the default first; empty where no question does.
    package var histories: [HistoryUse]

    package init(
        encoders: [String] = [], rerankers: [String] = [], parsers: [String: [String]] = [:],
        histories: [HistoryUse] = []
    ) {
        self.histories = histories
        self.encoders = encoders
        self.rerankers = rerankers
        self.parsers = parsers
    }

    /// Something of everything, for those who ask which parameters there are at all.
    package static let anything = RAGOffer(encoders: ["default"], rerankers: ["default"])
}

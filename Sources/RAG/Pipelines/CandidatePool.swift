internal import Retrieval

/// The chunks that a question can still find once the first stage has looked: what a reranker chooses from.
struct CandidatePool {
    /// The one list that goes on.
    var fused: [Hit]
    /// The lists that it was made from: one a half, and a form of the question.
    var lists: [[Hit]]

    init(fused: [Hit], lists: [[Hit]]) {
        self.fused = fused
        self.lists = lists
    }

    /// A pool of one list.
    init(_ hits: [Hit]) {
        self.init(fused: hits, lists: [hits])
    }
}

import Base
import Foundation
import RAG
import Retrieval
import Storage
import Synchronization
import TestSupport
import Testing

@Suite struct CachedScorerTests {
    /// Scores a passage by its length, and remembers what it was asked.
    private final class Lengths: PairScorer {
        let identity: String
        let asked = Mutex<[[String]]>([])

        init(_ identity: String = "lengths") {
            self.identity = identity
        }

        func scores(of passages: [String], for query: String) async throws -> [Float] {
            asked.withLock { $0.append(passages) }
            return passages.map { Float($0.count) }
        }
    }

    @Test func `A question with the same passages is asked once, whatever their order`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let cache = StageCache(directory: folder, diagnostics: DiagnosticCollector())
            let lengths = Lengths()
            let scorer = CachedScorer(lengths, cache: cache)
            #expect(try await scorer.scores(of: ["aa", "b", "cccc"], for: "q") == [2, 1, 4])
            #expect(try await scorer.scores(of: ["cccc", "aa", "b"], for: "q") == [4, 2, 1])
            #expect(lengths.asked.withLock { $0.count } == 1)
            #expect(try await scorer.scores(of: ["aa", "b", "cccc"], for: "another") == [2, 1, 4])
            #expect(try await CachedScorer(Lengths("new"), cache: cache).scores(of: ["aa"], for: "q") == [2])
            #expect(lengths.asked.withLock { $0.count } == 2)
            #expect(try await scorer.scores(of: [], for: "q").isEmpty)
        }
    }
}

import RAG
import Retrieval
import Testing

@Suite struct CrossEncoderAdapterTests {
    @Test func `A folder that is not there gives a sentence instead of a scorer`() {
        let error = #expect(throws: (any Error).self) {
            let scorer: any PairScorer = try CrossEncoderAdapter(folder: "/nowhere", identity: "none", threads: 1)
            _ = scorer.identity
        }
        #expect(error.map { "\($0)".contains("/nowhere/config.json") } == true)
    }
}

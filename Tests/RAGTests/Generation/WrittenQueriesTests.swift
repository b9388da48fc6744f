import Base
import LanguageModels
import Storage
import TestSupport
import Testing

@testable import RAG

@Suite struct WrittenQueriesTests {
    @Test(arguments: [
        ("1. How long?\n2) For how many minutes?\n- How long?\n\n", ["q", "How long?", "For how many minutes?"]),
        ("q", ["q"]), ("", ["q"]), ("1\n2\n3", ["q"]), ("a\nb\nc\nd\ne\nf", ["q", "a", "b", "c", "d"]),
    ])
    func `lines become queries, each once and not too many`(text: String, queries: [String]) {
        #expect(WrittenQueries.read(text, .multiQuery, "q") == queries)
    }

    @Test func `a passage is one query, however it is written`() {
        #expect(WrittenQueries.read("One.\nTwo.", .hyde, "q") == ["q", "One. Two."])
        let long = WrittenQueries.read(String(repeating: "word ", count: 100_000), .hyde, "q")
        #expect(long.count == 2 && long[1].count <= 1_000)
    }

    @Test func `a question costs one request, for as long as the cache lives`() async throws {
        try await withTemporaryDirectory { folder async throws in
            let model = ScriptedLanguageModel(saying: "Other words?")
            for _ in 0..<2 {
                let cache = StageCache(directory: folder, diagnostics: DiagnosticCollector())
                let transform = WrittenQueries(.multiQuery, name: "m", cache: cache) { model }
                #expect(try await transform.queries(for: "q") == ["q", "Other words?"])
            }
            #expect(model.requests.count == 1)
            let other = WrittenQueries(.decomposition, name: "m", cache: nil) { model }
            _ = try await other.queries(for: "q")
            #expect(model.requests.count == 2)
        }
    }

    @Test func `a question that follows others is rewritten, and the conversation is data`() async throws {
        let model = ScriptedLanguageModel(saying: "How do I install it on Linux?\nMore.")
        let rewriter = FollowUpRewriter(model: model)
        #expect(try await rewriter.question("And on Linux?", after: []) == "And on Linux?")
        #expect(model.requests.isEmpty)
        let history = [DialogueTurn(isAnswer: false, text: "How do I install it on macOS?")]
        #expect(try await rewriter.question("And on Linux?", after: history) == "How do I install it on Linux?")
        let silent = FollowUpRewriter(model: ScriptedLanguageModel(saying: " \n"))
        #expect(try await silent.question("And on Linux?", after: history) == "And on Linux?")
    }
}

import LanguageModels
import TestSupport
import Testing

@Suite struct LanguageModelStreamTests {
    private struct Words: AsyncIteratorProtocol {
        var words: [String]
        let read: Collected<String>

        mutating func next() async throws -> LanguageModelEvent? {
            guard !words.isEmpty else { return nil }
            read.add(words[0])
            return .text(words.removeFirst())
        }
    }

    @Test func `Nothing is read before it is asked for, and each iteration begins anew`() async throws {
        let read = Collected<String>()
        let stream = LanguageModelStream { Words(words: ["a", "b", "c"], read: read) }
        #expect(read.all.isEmpty)
        for try await event in stream where event == .text("b") { break }
        #expect(read.all == ["a", "b"])
        var all: [LanguageModelEvent] = []
        for try await event in stream { all.append(event) }
        #expect(all == [.text("a"), .text("b"), .text("c")])
    }
}

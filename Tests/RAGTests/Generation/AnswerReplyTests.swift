import Testing

@testable import RAG

@Suite struct AnswerReplyTests {
    /// What is shown while a reply comes in pieces, and the answer in the end.
    private func read(_ text: String, _ template: PromptTemplate, by size: Int) -> (shown: String, answer: String) {
        var reply = AnswerReply(template)
        var shown = ""
        var rest = text[...]
        while !rest.isEmpty {
            shown += reply.add(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        shown += reply.finish()
        return (shown, reply.answer)
    }

    private static let replies: [(String, PromptTemplate, String)] = [
        ("  Use `--`. [1]\n", .direct, "Use `--`. [1]"),
        ("Reasoning: the first says so.\nAnswer: Ünïcode — yes. [1]", .answerLast, "Ünïcode — yes. [1]"),
        ("Answer: Yes, é. [2]\nReasoning: passage 2.", .answerFirst, "Yes, é. [2]"),
        ("Answer: Yes. [2]", .answerFirst, "Yes. [2]"),
        ("Quotes:\n\"a b\"\n**Answer:** No.", .quoteThenAnswer, "No."),
        ("It forgot the heading.", .answerLast, "It forgot the heading."),
        ("The Answer: is in the line.\nAnswer: here", .answerLast, "here"),
        ("日本語の答えです。[1]", .direct, "日本語の答えです。[1]"),
    ]

    @Test(arguments: replies.indices) func `however a reply is cut, what is shown is the answer`(_ index: Int) {
        let (text, template, expected) = Self.replies[index]
        for size in 1...text.count {
            let (shown, answer) = read(text, template, by: size)
            #expect(answer == expected)
            #expect(shown == expected, "in pieces of \(size)")
        }
    }

    @Test(arguments: ["NO ANSWER", "No answer.", "**NO ANSWER**", "", " \n"])
    func `an abstention is one, and nothing of it is shown`(_ text: String) {
        var reply = AnswerReply(.direct)
        var shown = ""
        for character in text { shown += reply.add(String(character)) }
        #expect(reply.isAbstention)
        #expect(shown.isEmpty)
    }

    @Test func `a year is an answer, too`() {
        var reply = AnswerReply(.direct)
        #expect(reply.add("1994. [1]") + reply.finish() == "1994. [1]")
        #expect(!reply.isAbstention)
    }

    @Test func `numbers in brackets are citations, other brackets are not`() {
        let text = "See [1, 3] and [2](http://x), [a], [2024-01-01], [9999], array[0] or [ 4 ]."
        #expect(CitationMarks.all(in: text).map(\.numbers) == [[1, 3], [0], [4]])
        #expect(CitationMarks.all(in: String(repeating: "[1", count: 10_000)).isEmpty)
    }

    @Test func `a mark belongs to the sentence that it stands in or behind`() {
        let statements = CitationMarks.statements(of: "It is red [1]. It was blue. [2][3] Nobody knows.")
        #expect(statements.map(\.text) == ["It is red .", "It was blue.", "Nobody knows."])
        #expect(statements.map(\.numbers) == [[1], [2, 3], []])
    }
}

import Base
import Testing

@testable import Engineer

@Suite struct FeedbackInputTests {
    @Test func `ids of other protocols name the same answer`() throws {
        for id in ["abc", "chatcmpl-abc", "msg_abc"] {
            #expect(try FeedbackInput(["answer": .string(id), "rating": "up"]).answer == "abc")
        }
    }

    @Test func `what no reader sees, and what steers a terminal, is not kept`() throws {
        let input = try FeedbackInput([
            "answer": "a", "rating": "down", "comment": "\u{1B}[2Jbad\u{202E}\u{200B} \u{0}one\nmore",
        ])
        #expect(input.comment == "[2Jbad one\nmore")
        #expect(try FeedbackInput(["answer": "a", "rating": "up", "comment": "\u{200B}"]).comment == nil)
    }

    @Test(arguments: [
        (["rating": "up"] as [String: JSONValue], "\"answer\" is missing"),
        (["answer": "a"], "Say something"),
        (["answer": "a", "rating": "sideways"], "\"up\" or \"down\""),
        (["answer": "a", "rating": 2], "\"up\" or \"down\""),
        (["answer": "a", "rating": "up", "reason": "wrong"], "goes with the rating"),
        (["answer": "a", "rating": "down", "reason": "ugly"], "is one of wrong, incomplete"),
        (["answer": "a", "ratign": "down"], "did you mean \"rating\"?"),
        (["answer": 7, "rating": "down"], "must be a string"),
        (["answer": "a", "correction": .string(String(repeating: "x", count: 4_001))], "more than 4000"),
    ])
    func `what cannot be read is refused with a sentence`(_ object: [String: JSONValue], _ part: String) {
        let error = #expect(throws: EngineerError.self) { try FeedbackInput(object) }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        #expect(error?.code == .invalidRequest)
    }
}

import Base
import TestSupport
import Testing

@testable import Encoders

@Suite struct TextPrefixesTests {
    private func encoder(_ prompts: JSONValue?, prefixes: TextPrefixes? = nil) async throws -> SentenceEncoder {
        try await withTemporaryDirectory { folder in
            var model = TinyModel()
            model.prompts = prompts
            try model.write(to: folder)
            return try SentenceEncoder(folder: folder, identity: "tiny@1", prefixes: prefixes, threads: 1)
        }
    }

    @Test(
        arguments: [
            (nil, "", ""), (["prompts": [:]], "", ""),
            (["prompts": ["query": "q: ", "passage": "p: "]], "q: ", "p: "),
            (["prompts": ["query": "q: ", "document": "", "passage": "p: "]], "q: ", "p: "),
            (["prompts": ["query": "q: ", "document": ""], "default_prompt_name": "query"], "q: ", ""),
            (["prompts": ["all": "x "], "default_prompt_name": "all"], "x ", "x "),
            (["prompts": ["query": nil, "all": "x "], "default_prompt_name": nil], "", ""),
        ] as [(JSONValue?, String, String)])
    func `The folder's prompts are found`(prompts: JSONValue?, query: String, passage: String) async throws {
        #expect(try await encoder(prompts).prefixes == TextPrefixes(query: query, passage: passage))
    }

    @Test func `A prefix is a text in front of the text`() async throws {
        let plain = try await encoder(nil)
        let prefixed = try await encoder(["prompts": ["query": "swift ", "passage": "a b "]])
        #expect(try await prefixed.encode(["task"], as: .query) == plain.encode(["swift task"]))
        #expect(try await prefixed.encode(["task"]) == plain.encode(["a b task"]))
        let overridden = try await encoder(["prompts": ["query": "swift "]], prefixes: TextPrefixes.none)
        #expect(try await overridden.encode(["task"], as: .query) == plain.encode(["task"]))
    }

    @Test func `Encoders with other prefixes have another identity`() async throws {
        #expect(try await encoder(nil).identity == "tiny@1")
        let one = try await encoder(nil, prefixes: TextPrefixes(query: "a", passage: "b")).identity
        let other = try await encoder(nil, prefixes: TextPrefixes(query: "a\",\"b", passage: "")).identity
        #expect(Set(["tiny@1", one, other]).count == 3)
    }

    @Test(
        arguments: [
            (["prompts": ["query": 3]], "\"query\""),
            (["prompts": [:], "default_prompt_name": "query"], "default_prompt_name"),
        ] as [(JSONValue, String)])
    func `Prompts that make no sense give a sentence`(prompts: JSONValue, expected: String) async throws {
        let error = await #expect(throws: EncodersError.self) { _ = try await encoder(prompts) }
        #expect(error?.message.contains(expected) == true)
    }
}

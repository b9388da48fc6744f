import Testing

@testable import RAG

@Suite struct ModelNameTests {
    @Test(arguments: [
        ("chat:http://127.0.0.1:41231/v1/qwen2.5-coder-1.5b-instruct", "qwen2.5-coder-1.5b-instruct"),
        ("chat:http://[::1]:8080/v1/m", "m"), ("chat:http://localhost:11434/v1/qwen2.5:7b", "qwen2.5:7b"),
        ("chat:https://openrouter.ai/api/v1/openai/gpt-x", "openrouter.ai/openai/gpt-x"),
        ("anthropic:https://api.anthropic.com/claude-x", "api.anthropic.com/claude-x"),
        ("smollm2-135m-instruct", "smollm2-135m-instruct"), ("local:a/b:c.gguf@12ab", "a/b:c.gguf"),
    ])
    func `A model's name has no port of this machine`(identity: String, name: String) {
        #expect(ModelName(identity: identity).text == name)
    }

    @Test(arguments: [
        ("chat:http://127.0.0.1:1/v1/m", "chat:http://127.0.0.1:2/v1/m", true),
        ("chat:https://openrouter.ai/api/v1/openai/GPT-x", "chat:https://api.openai.com/v1/gpt-x", true),
        ("m.gguf", "chat:http://127.0.0.1:1/v1/m", true), ("qwen2.5:7b", "qwen2.5:14b", false),
        ("local:m@12", "https://a.org/v1/m", true),
        ("chat:https://a.org/v1/m", "chat:https://a.org/v1/n", false),
    ])
    func `The same weights are the same model, wherever they are served`(one: String, other: String, same: Bool) {
        #expect(ModelName(identity: one).isSameModel(as: ModelName(identity: other)) == same)
    }

    @Test func `A judge does not judge its own answers, unless somebody insists`() throws {
        let judge = ModelName(identity: "chat:http://127.0.0.1:1/v1/m")
        let writers = ["other", "https://a.org/v1/m"].map { ModelName(identity: $0) }
        let error = #expect(throws: RAGError.self) { try judge.judgesItself(writers, insists: false) }
        #expect(error?.message.contains("The judge m is the model that wrote the answers (a.org/m)") == true)
        #expect(try judge.judgesItself(writers, insists: true))
        #expect(try !judge.judgesItself([ModelName(identity: "other")], insists: false))
        #expect(try !judge.judgesItself([], insists: false))
    }
}

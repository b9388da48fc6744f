import Base
import LanguageModelClients
import LanguageModels
import Testing

@Suite struct LocalModelFamilyTests {
    @Test(arguments: [
        ("smollm2-135m-instruct", ToolCallStyle.described), ("SmolLM2-360M-Instruct.Q4_1", .described),
        ("smollm3-3b", .text), ("Qwen/Qwen2.5-0.5B-Instruct-GGUF:qwen2.5-0.5b-instruct-q4_k_m.gguf", .text),
        ("qwen2.5-coder-1.5b-instruct", .text), ("TinyLlama-1.1B", .described), ("gemma-3-1b-it", .described),
        ("my-own", .text),
    ])
    func `A model's name tells its family, and that how it takes tools`(name: String, style: ToolCallStyle) {
        #expect(LocalModelFamily.of(name).toolCalls == style)
    }

    @Test func `Only the smallest begin anew with each request`() {
        #expect(LocalModelFamily.of("smollm2-135m-instruct").extraFields == ["cache_prompt": false])
        #expect(LocalModelFamily.of("qwen2.5-coder-1.5b-instruct").extraFields.isEmpty)
    }
}

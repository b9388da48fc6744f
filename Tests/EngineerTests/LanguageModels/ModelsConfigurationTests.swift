import LanguageModels
import Testing

@testable import Engineer

@Suite struct ModelsConfigurationTests {
    private func read(_ yaml: String) throws -> ModelsConfiguration {
        try ModelsConfiguration(yaml: yaml, path: "config.yaml")
    }

    private static let example = """
        endpoints:
          openai: {api: openai, key: MY_KEY}
          office:
            api: vllm
            url: https://models.example.com/v1
            key_file: ~/office.key
            headers: {X-Team: TEAM_TOKEN}
            certificates: /etc/office.pem
            concurrency: 4
            timeout: 30
        roles:
          generator: smollm2-135m-instruct
          judge: office/meta/llama-3.3
        prices:
          office/meta/llama-3.3: {input: 0.5, cached_input: 0.1, output: 2}
        """

    @Test func `a file names endpoints, roles and prices`() throws {
        let configuration = try read(Self.example)
        #expect(configuration.endpoints.keys.sorted() == ["local", "office", "openai"])
        #expect(configuration.endpoints["openai"]?.url == "https://api.openai.com/v1")
        #expect(configuration.endpoints["openai"]?.key == .variable("MY_KEY"))
        let office = try configuration.endpoint("office")
        #expect(office.key == .file("~/office.key"))
        #expect(office.headers == ["X-Team": "TEAM_TOKEN"])
        #expect(office.certificates == "/etc/office.pem" && office.concurrency == 4 && office.timeout == 30)
        #expect(configuration.roles[.judge] == ModelReference(endpoint: "office", model: "meta/llama-3.3"))
        #expect(try configuration.reference("generator").description == "local/smollm2-135m-instruct")
        #expect(
            configuration.prices["office/meta/llama-3.3"] == PriceEntry(input: 0.5, cachedInput: 0.1, output: 2))
    }

    @Test func `without a file there are the models of this machine`() throws {
        let configuration = try ModelsConfiguration.read(["NEO_HOME": "/nowhere"])
        let reference = try configuration.reference("Qwen/Qwen2.5:q4.gguf")
        #expect(reference == ModelReference(endpoint: "local", model: "Qwen/Qwen2.5:q4.gguf"))
    }

    @Test func `an address of one's own is not shown the usual key`() throws {
        let configuration = try read("endpoints: {mine: {api: openai, url: 'https://example.com/v1'}}")
        #expect(configuration.endpoints["mine"]?.key == nil)
    }

    @Test func `an endpoint says how its models take tools, else its kind does`() throws {
        let endpoints = try read(
            "endpoints: {a: {api: vllm}, b: {api: openai, tool_calls: text}, local: {api: local, tool_calls: described}}"
        ).endpoints
        #expect(endpoints["a"]?.toolCalls == nil && endpoints["a"]?.api.usualToolCalls == .text)
        #expect(endpoints["b"]?.toolCalls == .text && endpoints["b"]?.api.usualToolCalls == .native)
        #expect(endpoints["local"]?.toolCalls == .described)
    }

    @Test(arguments: [
        ("endpoints: {a: {api: opnai}}", "config.yaml:1: `a` needs an `api`"),
        ("endpoint: {}", "Did you mean \"endpoints\"?"),
        ("endpoints: {a: {api: vllm, url: 'ftp://x'}}", "must be an address"),
        ("endpoints: {a: {api: local, url: 'http://x'}}", "have no `url`"),
        ("endpoints: {a: {api: openai, key: sk-12345}}", "not the secret itself"),
        ("endpoints: {a: {api: openai, key: K, key_file: f}}", "Give `key`, a variable, or `key_file`"),
        ("endpoints: {a/b: {api: openai}}", "has no slash"),
        ("endpoints: {judge: {api: openai}}", "not that of a role"),
        ("endpoints: {a: {api: openai, timeout: 0}}", "whole number of at least 1"),
        ("endpoints: {a: {api: vllm, tool_calls: yes}}", "take tools: native, text, described"),
        ("roles: {juge: local/x}", "Did you mean \"judge\"?"),
        ("roles: {judge: []}", "must be a model"),
        ("prices: {a/b: {input: 1}}", "needs `input` and `output`"),
        ("prices: {a/b: {input: -1, output: 1}}", "in dollars"),
        ("- a", "Start with `endpoints:`"),
    ])
    func `what is wrong gets a sentence with file and line`(yaml: String, sentence: String) {
        let error = #expect(throws: EngineerError.self) { try read(yaml) }
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("config.yaml:1: ") == true)
        // A key that was written into the file by mistake is not repeated.
        #expect(error?.message.contains("sk-12345") == false)
    }

    @Test func `a role without a model says where to name one`() throws {
        let error = #expect(throws: EngineerError.self) { try read("").reference("judge") }
        #expect(error?.message.contains("roles: {judge: ENDPOINT/MODEL}") == true)
        let other = #expect(throws: EngineerError.self) { try read(Self.example).endpoint("ofice") }
        #expect(other?.message.contains("Did you mean \"office\"?") == true)
    }
}

import Base
import Engineer
import Foundation
import LanguageModelClients
import LanguageModels
import Processes
import TestSupport
import Testing

@testable import Commands

/// What `config.yaml` says of models that neo.yaml names, or that work as agents.
@Suite struct NamedEndpointTests {
    private static let configuration = """
        endpoints:
          office:
            api: vllm
            url: https://models.example.com/v1
            key: OFFICE_KEY
            headers: {X-Team: TEAM}
            concurrency: 3
            timeout: 30
          claude: {api: anthropic}
          plain: {api: vllm, tool_calls: described}
        roles: {embedding: office/e5, agent: local/smollm2-135m-instruct}
        prices: {office/e5: {input: 0.02, output: 0}}
        """

    private static func with(_ body: ([String: String]) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            try configuration.write(toFile: folder + "/config.yaml", atomically: true, encoding: .utf8)
            try await body(["NEO_HOME": folder, "OFFICE_KEY": "sk-1", "TEAM": "search"])
        }
    }

    @Test(arguments: [
        EndpointSetting.named("embedding"), .named("office"), .named("office", model: "e5", price: 0.02),
    ])
    func `An encoder's endpoint has the address, key, limits and price of config yaml`(
        setting: EndpointSetting
    ) async throws {
        try await Self.with { environment in
            let expected = ModelEndpoint(
                api: .openai, url: "https://models.example.com/v1", model: "e5", key: Secret("sk-1"),
                headers: ["X-Team": try #require(Secret("search"))], concurrentRequests: 3, timeLimitSeconds: 30,
                dollarsPerMillionTokens: 0.02)
            #expect(try ModelEndpoint(setting, environment: environment) == expected)
        }
    }

    @Test(arguments: [
        (EndpointSetting.named("offfice", model: "a"), "Did you mean \"office\"?"),
        (.named("claude", model: "a"), "has no vectors"), (.named("local", model: "a"), "say `encoder: a`"),
        (.named("plain"), "`neo models list plain`"),
    ])
    func `What cannot be asked is a sentence`(setting: EndpointSetting, sentence: String) async throws {
        try await Self.with { environment in
            let error = #expect(throws: EngineerError.self) {
                _ = try ModelEndpoint(setting, environment: environment)
            }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        }
        let error = #expect(throws: EngineerError.self) {
            _ = try ModelEndpoint(.named("embedding"), environment: ["NEO_HOME": "/nowhere"])
        }
        #expect(error?.message.contains("No model has the role embedding") == true)
    }

    @Test func `An agent's model takes tools as its endpoint says, or as its family does`() async throws {
        try await Self.with { environment in
            try await MachineLanguageModels.with(environment: environment, showing: ProgressLine(quiet: true)) {
                models in
                func style(_ name: String) throws -> ToolCallStyle {
                    try models.toolCalls(of: models.configuration.reference(name))
                }
                #expect(try style("agent") == .described)
                #expect(try style("local/qwen2.5-coder-1.5b-instruct") == .text)
                #expect(try style("office/llama-3.3-70b") == .text)
                #expect(try style("plain/any") == .described)
                #expect(try style("claude/claude-haiku-4-5") == .native)
                let agent = try await models.model("plain/any", for: ModelUsePurpose(.agent))
                let writer = try await models.model("plain/any", for: ModelUsePurpose(.generator))
                #expect(agent is ToolTextModel && !(writer is ToolTextModel))
            }
        }
    }

    @Test func `An endpoint lists its models, and a wrong name is a sentence`() async throws {
        try await NeoProcess.withProject { neo async throws in
            try neo.write("p/neo.yaml", "documents: [../docs/*.md]\nencoder: none\n")
            try await neo.check("search", "p", "--trials", "2")
            let ended = try await neo.serve { server in
                try neo.write(
                    "home/config.yaml",
                    """
                    endpoints: {mine: {api: vllm, url: "http://127.0.0.1:\(server.port)/v1"}}
                    roles: {judge: mine/p}
                    prices: {mine/p: {input: 1, output: 2}}

                    """)
                let list = try JSONValue(parsing: try await neo.check("models", "list", "mine", "--json").output)
                #expect(list["endpoint"] == "mine")
                let first = list["models"]?.array?.first
                #expect(first?["name"]?.string?.isEmpty == false)
                let lines = try await neo.check("models", "list", "judge").output
                #expect(lines.hasPrefix("mine/\(first?["name"]?.string ?? "")"))
                let wrong = try await neo.run("models", "list", "mien")
                #expect(wrong.status == 1 && wrong.errorOutput.contains("Did you mean \"mine\"?"))
                try server.stop()
            }
            #expect(ended.status == 0)
            let gone = try await neo.run("models", "list", "mine")
            #expect(gone.status == 1 && gone.errorOutput.contains("nobody listens there"))
            #expect(try await neo.check("models", "list", "local").output == neo.check("models", "list").output)
        }
    }
}

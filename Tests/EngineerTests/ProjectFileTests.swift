import Base
import Encoders
import Testing

@testable import Engineer

@Suite struct ProjectFileTests {
    private func language(_ yaml: String) throws -> String {
        try ProjectFile(yaml: "documents: [a.md]\n" + yaml, file: "neo.yaml", folderName: "p").language
    }

    @Test func `documents are English unless the project says something else`() throws {
        #expect(try language("") == "english")
        #expect(try language("text: {language: german}") == "german")
        #expect(try language("text:\n  language: auto\n") == "auto")
    }

    @Test func `a language without a stemmer is refused with file, line and the nearest name`() {
        let error = #expect(throws: EngineerError.self) { try language("text:\n  language: germann\n") }
        #expect(error?.message.hasPrefix("neo.yaml:3: ") == true)
        #expect(error?.message.contains("Did you mean \"german\"?") == true)
    }

    private func file(_ yaml: String) throws -> ProjectFile {
        try ProjectFile(yaml: "documents: [a.md]\n" + yaml, file: "neo.yaml", folderName: "p")
    }

    @Test func `An encoder is Neo's own, none, or one that is served`() throws {
        #expect(try file("").encoders == [.store("all-minilm-l6-v2")])
        #expect(try file("encoder: none").encoders.isEmpty)
        let served = """
            encoder:
              api: openai
              url: https://api.example.com/v1
              model: small
              key: EXAMPLE_KEY
              price: 0.02
            reranker: {api: tei, url: http://127.0.0.1:8081}
            """
        let expected = EndpointSetting(
            api: "openai", url: "https://api.example.com/v1", model: "small", key: "EXAMPLE_KEY", price: 0.02)
        #expect(try file(served).encoders == [ModelSetting(name: "small", source: .endpoint(expected))])
        let reranker = EndpointSetting(api: "tei", url: "http://127.0.0.1:8081")
        #expect(try file(served).rerankers == [ModelSetting(name: "tei", source: .endpoint(reranker))])
    }

    @Test func `An encoder or reranker may be served by an endpoint of config yaml`() throws {
        let named = try file(
            """
            encoder:
              - {endpoint: office, model: e5, price: 0.01}
              - {endpoint: embedding, name: usual, query_prefix: "q: "}
            reranker: {endpoint: office, model: pairs}
            """)
        let expected = [
            ModelSetting(name: "e5", source: .endpoint(.named("office", model: "e5", price: 0.01))),
            ModelSetting(
                name: "usual", source: .endpoint(.named("embedding")), prefixes: TextPrefixes(query: "q: ", passage: "")
            ),
        ]
        #expect(named.encoders == expected)
        #expect(named.rerankers == [ModelSetting(name: "pairs", source: .endpoint(.named("office", model: "pairs")))])
        let role = [ModelSetting(name: "embedding", source: .endpoint(.named("embedding")))]
        #expect(try file("encoder: embedding").encoders == role)
        #expect(try file("encoder: {endpoint: }").encoders == role)
    }

    @Test func `Systems that are not Neo's are a list, each asked in its own way`() throws {
        #expect(try file("").externals.isEmpty)
        let found = try file(
            """
            search:
              external:
                - {name: present, url: "http://127.0.0.1:9000/ask?k=1", headers: {X-Key: KEY}, version: 2}
                - name: langchain
                  command: [python3, rag.py, "{not a place}"]
                  timeout: 1.5m
                  passages: 20
                  request: {query: "{question}", deep: [{n: "{passages}"}]}
            """
        ).externals
        var present = ExternalSetting(name: "present", source: .url("http://127.0.0.1:9000/ask?k=1"))
        present.headers = ["X-Key": "KEY"]
        present.version = "2"
        var chain = ExternalSetting(name: "langchain", source: .command(["python3", "rag.py", "{not a place}"]))
        chain.timeLimitSeconds = 90
        chain.passages = 20
        chain.request = ["query": "{question}", "deep": [["n": "{passages}"]]]
        #expect(found == [present, chain])
    }

    @Test func `Several models may be named, each with its settings`() throws {
        let models = try file(
            """
            encoder:
              - all-minilm-l6-v2
              - {model: all-minilm-l6-v2, precision: bf16}
              - ./models/mine
              - {path: models/e5, name: e5, query_prefix: "query: ", passage_prefix: "passage: "}
              - {api: tei, url: http://127.0.0.1:8081, query_prefix: "q: "}
            reranker: owner/pairs
            """)
        let expected = [
            ModelSetting.store("all-minilm-l6-v2"),
            ModelSetting(
                name: "all-minilm-l6-v2-bf16", source: .store("all-minilm-l6-v2"), precision: .brainFloat),
            ModelSetting(name: "mine", source: .folder("./models/mine")),
            ModelSetting(
                name: "e5", source: .folder("models/e5"),
                prefixes: TextPrefixes(query: "query: ", passage: "passage: ")),
            ModelSetting(
                name: "tei", source: .endpoint(EndpointSetting(api: "tei", url: "http://127.0.0.1:8081")),
                prefixes: TextPrefixes(query: "q: ", passage: "")),
        ]
        #expect(models.encoders == expected)
        #expect(models.rerankers == [.store("owner/pairs")])
    }

    @Test func `A sampler is one of those that are known`() throws {
        #expect(try file("search: {sampler: tpe}").sampler == .tpe)
        let error = #expect(throws: EngineerError.self) { try file("search: {sampler: tpee}") }
        #expect(error?.message.contains("Did you mean \"tpe\"?") == true)
    }

    @Test(arguments: [
        ("encoder:\n  url: http://a", "needs an `api`"),
        ("encoder:\n  api: opnai\n  url: http://a", "openai"),
        ("encoder:\n  api: openai\n  url: localhost:80", "needs a `url`"),
        ("encoder:\n  api: openai\n  url: http://a\n  modell: x", "Did you mean \"model\"?"),
        ("encoder:\n  api: openai\n  url: http://a\n  key: sk-abc123", "not the key itself"),
        ("encoder:\n  api: openai\n  url: http://a\n  price: cheap", "dollars"),
        ("encoder:\n  endpoint: a\n  url: http://a", "url"),
        ("encoder:\n  endpoint: [a]", "must be a name in config.yaml"),
        ("encoder:\n  endpoint: embedding\n  model: b", "names a model already"),
        ("reranker:\n  endpoint: embedding", "is for encoders"),
        ("reranker: [1, [2]]", "must be a model's name"),
        ("encoder: []", "empty list"),
        ("encoder: [a, a]", "called \"a\""),
        ("encoder:\n  name: a", "needs a `model`"),
        ("encoder:\n  model: a\n  path: b", "needs a `model`"),
        ("encoder:\n  model: a\n  precision: f8", "auto, f32, bf16"),
        ("reranker:\n  model: a\n  query_prefix: b", "query_prefix"),
    ])
    func `What names no server is refused with the line`(yaml: String, sentence: String) {
        let error = #expect(throws: EngineerError.self) { try file(yaml) }
        #expect(error?.message.hasPrefix("neo.yaml:") == true)
        #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("sk-abc123") == false)
    }

    @Test func `generators are models by name, and generation says how they are searched`() throws {
        let parsed = try file(
            "generator: [{model: a, optional: true}, openai/b]\n"
                + "generation: {objective: rouge_l, trials: 3, questions: 10, minutes: 1.5, search: joint}")
        #expect(parsed.generation.models == [.init("a", isOptional: true), .init("openai/b")])
        #expect(parsed.generation.objective == "rouge_l" && parsed.generation.isJoint)
        #expect(parsed.generation.trials == 3 && parsed.generation.questions == 10 && parsed.generation.minutes == 1.5)
        #expect(try file("generator: none").generation.models.isEmpty)
    }

    @Test(arguments: [
        ("generator: [a, a]", "twice"), ("generator: quotes", "stands for answers made of quotes"),
        ("generator: {name: a}", "not known in generator"), ("generation: {objective: f1}", "answer_f1"),
        ("generation: {judge: m}", "goes with `objective: judge_correctness`"),
        ("generation: {search: both}", "`staged`"), ("generation: {minutes: 0}", "above 0"),
        ("space: {prompt.passages: 3}", "no model writes answers"),
    ])
    func `what is wrong with generators gets a sentence`(yaml: String, words: String) {
        let error = #expect(throws: EngineerError.self) { try file(yaml) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.hasPrefix("neo.yaml:2: ") == true)
    }
}

import AutoML
import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Engineer

@Suite struct KnowledgeBaseTests {
    private static let none: JSONValue = ["value": 0, "lower": 0, "upper": 0]

    private func record(_ number: Int) throws -> KnowledgeRecord {
        let name = "\(100_000_000_000 + number)"
        let study: JSONValue = [
            "format": "neo.knowledge/1", "kind": "study", "id": .string(name), "project": "aaaaaaaaaaaa",
            "corpus": "b", "day": "2026-11-22", "neo": "0", "constraints": [],
            "features": ["language": "en", "values": [:]],
            "objective": ["metric": "ndcg@10", "direction": "maximize"], "sampler": "greedy", "isRacing": false,
            "questions": 50, "baseline": 0, "winner": 0,
            "verdict": [
                "kind": "search", "questions": 50, "winner": Self.none, "baseline": Self.none, "difference": Self.none,
            ],
        ]
        return try #require(try KnowledgeRecord(lines: study.canonicalText + "\n", id: name))
    }

    @Test(
        arguments: [
            (["NEO_KNOWLEDGE": "none", "NEO_HOME": "/h"], nil), (["NEO_KNOWLEDGE": "/k", "NEO_HOME": "/h"], "/k"),
            (["NEO_HOME": "/h", "XDG_DATA_HOME": "/x"], "/h/knowledge"),
            (["XDG_DATA_HOME": "/x", "HOME": "/u"], "/x/neo/knowledge"),
            (["NEO_KNOWLEDGE": "", "HOME": "/u"], "/u/.local/share/neo/knowledge"),
        ] as [([String: String], String?)])
    func `the environment says where it is`(environment: [String: String], folder: String?) {
        #expect(KnowledgeBase.standard(environment)?.folder == folder)
    }

    @Test func `searches that end at the same time all leave their records, and readers never see a half`() async throws
    {
        try await withTemporaryDirectory { folder in
            let base = KnowledgeBase(folder: folder + "/learnt")
            let hash = ContentHash(of: "documents")
            let names = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        try base.write(record(number))
                        let diagnostics = DiagnosticCollector()
                        _ = base.records(diagnostics)
                        #expect(diagnostics.all.isEmpty)
                        return try base.name(for: hash)
                    }
                }
                var names: Set<String> = []
                for try await name in group { names.insert(name) }
                return names
            }
            #expect(base.records().count == 24)
            // All give the documents the same name, and another machine another one.
            #expect(names.count == 1)
            #expect(try KnowledgeBase(folder: folder + "/other").name(for: hash) != names.first)
        }
    }

    @Test func `what a killed process has left half written is no record, and is forgotten with it`() async throws {
        try await withTemporaryDirectory { folder in
            let base = KnowledgeBase(folder: folder + "/learnt")
            let record = try record(1)
            try base.write(record)
            let part = folder + "/learnt/studies/\(record.id).jsonl.4242.part"
            try Data("{\"format\": \"neo.kn".utf8).write(to: URL(filePath: part))
            #expect(base.records() == [record])
            #expect(try base.forget([record]).records == 1)
            #expect(!FileManager.default.fileExists(atPath: part))
        }
    }

    @Test func `a model of the store bears its name, and any other one a hash`() throws {
        var file = ProjectFile(name: "p", documents: [])
        file.encoders = [
            .store("all-minilm-l6-v2"), .store("melchior/secret-model"),
            ModelSetting(name: "mine", source: .folder("/home/melchior/model")),
        ]
        let models = StudyModels(
            encoders: ["all-minilm-l6-v2": "a", "melchior/secret-model": "b", "mine": "c"], rerankers: .null,
            queryWriter: nil)
        let words = KnowledgeWords(file, models: models)
        func shared(_ name: String) -> String? {
            words.shared(
                Configuration(["encoder": .string(name), "chunker": "melchior", "parser.docx": "run /home/m"])
            )
            .values["encoder"]?.string
        }
        #expect(shared("all-minilm-l6-v2") == "all-minilm-l6-v2")
        #expect(shared("melchior/secret-model")?.hasPrefix("model-") == true)
        #expect(shared("mine")?.hasPrefix("model-") == true && shared("mine") != shared("melchior/secret-model"))
        let whole = words.shared(
            Configuration(["encoder": "mine", "chunker": "melchior", "parser.docx": "run /home/m"]))
        #expect(whole.values["chunker"] == "other" && whole.values["parser.docx"] == nil)
        // And back: a model that this project does not have is left out.
        #expect(words.own(whole).values["encoder"] == "mine")
        #expect(words.own(Configuration(["encoder": "model-00000000"])).values["encoder"] == nil)
    }
}

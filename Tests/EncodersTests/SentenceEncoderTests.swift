import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import Encoders

@Suite struct SentenceEncoderTests {
    static let texts = [
        "Swift actors", "", "tasks, tasked! uncancelled?", "北京 café", "a", String(repeating: "swift task ", count: 30),
        "a b c a b c a b c", "unknown words here", "Swift actors", "a.b,c!",
    ]

    private func encoder(_ model: TinyModel = TinyModel(), threads: Int = 2) async throws -> SentenceEncoder {
        try await withTemporaryDirectory { folder in
            try model.write(to: folder)
            return try SentenceEncoder(folder: folder, identity: "tiny@1", threads: threads)
        }
    }

    private func tokenizer(_ model: TinyModel = TinyModel()) async throws -> WordPieceTokenizer {
        try await withTemporaryDirectory { folder in
            try model.write(to: folder)
            return try WordPieceTokenizer(tokenizerJSON: folder + "/tokenizer.json")
        }
    }

    @Test func `Vectors equal those of a plain implementation in double precision`() async throws {
        let model = TinyModel()
        let vectors = try await encoder(model).encode(Self.texts)
        let tokenizer = try await tokenizer(model)
        for (row, text) in Self.texts.enumerated() {
            let expected = model.reference(tokenizer.ids(of: text, maximum: 24))
            for column in 0..<32 {
                #expect(abs(Double(vectors[row * 32 + column]) - expected[column]) < 2e-6, "\(text), \(column)")
            }
        }
    }

    @Test func `A vector does not depend on what is encoded with it`() async throws {
        let encoder = try await encoder()
        let together = try await encoder.encode(Self.texts)
        for (row, text) in Self.texts.enumerated() {
            let alone = try await encoder.encode([text])
            for column in 0..<32 { #expect(abs(alone[column] - together[row * 32 + column]) < 1e-6) }
        }
        let backwards = try await encoder.encode(Self.texts.reversed())
        #expect(abs(backwards[0] - together[(Self.texts.count - 1) * 32]) < 1e-6)
        #expect(Array(together[0..<32]) == Array(together[8 * 32..<9 * 32]))
    }

    /// Whether a text is divided depends on what else is encoded at that moment: the bits must not.
    @Test func `A text that is divided between two threads has the same vector to the bit`() async throws {
        let whole = try await encoder(threads: 1)
        let divided = try await encoder(threads: 2)
        for words in 4...30 {
            let text = (0..<words).map { Self.texts[$0 % 5] + " a b." }.joined(separator: " ")
            #expect(try await whole.encode([text]) == divided.encode([text]), "\(words)")
        }
    }

    @Test(arguments: [1, 3])
    func `Many texts keep their places, however many threads`(threads: Int) async throws {
        let encoder = try await encoder(threads: threads)
        let texts = (0..<400).map { Self.texts[$0 % Self.texts.count] }
        let few = try await encoder.encode(Self.texts)
        let many = try await encoder.encode(texts)
        for row in texts.indices {
            let expected = few[row % Self.texts.count * 32]
            #expect(abs(many[row * 32] - expected) < 1e-6)
        }
    }

    @Test func `Vectors have length one`() async throws {
        let vectors = try await encoder().encode(Self.texts)
        #expect(vectors.count == Self.texts.count * 32)
        for row in Self.texts.indices {
            let length = vectors[row * 32..<(row + 1) * 32].map { $0 * $0 }.reduce(0, +)
            #expect(abs(length - 1) < 1e-5)
        }
    }

    @Test func `No text gives no vector`() async throws {
        #expect(try await encoder().encode([]).isEmpty)
    }

    @Test func `The model's own limit goes before the tokenizer's`() async throws {
        var model = TinyModel()
        #expect(try await encoder(model).maximumTokens == 24)
        model.limits = [:]
        #expect(try await encoder(model).maximumTokens == 12)
        model.limits = ["max_seq_length": 512]
        #expect(try await encoder(model).maximumTokens == 40)
    }

    @Test func `Pooling the first token takes its state`() async throws {
        var model = TinyModel()
        model.pooling = ["pooling_mode_mean_tokens": false, "pooling_mode_cls_token": true]
        let first = try await encoder(model).encode(["swift task"])
        let expected = model.referenceOfFirst(try await tokenizer(model).ids(of: "swift task"))
        for column in 0..<32 { #expect(abs(Double(first[column]) - expected[column]) < 2e-6) }
    }

    @Test func `A cancelled task stops`() async throws {
        let encoder = try await encoder()
        let texts = Array(repeating: "swift task", count: 1000)
        await withTaskGroup(of: Bool.self) { group in
            group.cancelAll()
            group.addTask {
                do {
                    _ = try await encoder.encode(texts)
                    return false
                } catch {
                    return error is CancellationError
                }
            }
            #expect(await group.next() == true)
        }
    }

    @Test func `A weights file that was cut short gives a sentence`() async throws {
        try await withTemporaryDirectory { folder in
            try TinyModel().write(to: folder)
            let path = folder + "/model.safetensors"
            try writeTestFile(try Data(contentsOf: URL(filePath: path)).dropLast(1000), to: path)
            let error = #expect(throws: EncodersError.self) {
                _ = try SentenceEncoder(folder: folder, identity: "x")
            }
            #expect(error?.message.contains("model.safetensors is cut short") == true)
        }
    }

    @Test(arguments: [
        ("model_type", JSONValue.string("t5"), "model_type"), ("hidden_act", "relu", "hidden_act"),
        ("hidden_size", 0, "hidden_size"), ("hidden_size", "32", "hidden_size"), ("hidden_size", 48, "shape"),
        ("num_attention_heads", 5, "attention heads"), ("num_hidden_layers", 3, "encoder.layer.2"),
        ("vocab_size", 1_000_000, "shape"), ("position_embedding_type", "relative_key", "position_embedding_type"),
    ])
    func `A configuration that does not fit gives a sentence`(
        key: String, value: JSONValue, expected: String
    ) async throws {
        var model = TinyModel()
        model.configuration[key] = value
        let error = await #expect(throws: EncodersError.self) { _ = try await encoder(model) }
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test func `A tokenizer with more tokens than the model is refused`() async throws {
        var model = TinyModel()
        guard case .array(let added) = model.tokenizer["added_tokens"] else { return }
        model.tokenizer["added_tokens"] = .array(added + [["id": 900, "content": "[X]"]])
        let error = await #expect(throws: EncodersError.self) { _ = try await encoder(model) }
        #expect(error?.message.contains("different models") == true)
    }

    @Test func `Unknown modules and poolings are refused`() async throws {
        var model = TinyModel()
        model.pooling = ["pooling_mode_max_tokens": true]
        let pooling = await #expect(throws: EncodersError.self) { _ = try await encoder(model) }
        #expect(pooling?.message.contains("pooling_mode_max_tokens") == true)
        model = TinyModel()
        model.modules = [["path": "2_Dense", "type": "sentence_transformers.models.Dense"]]
        let dense = await #expect(throws: EncodersError.self) { _ = try await encoder(model) }
        #expect(dense?.message.contains("Dense") == true)
    }

    @Test(arguments: ["config.json", "tokenizer.json", "modules.json", "1_Pooling/config.json", "model.safetensors"])
    func `A missing file is named`(name: String) async throws {
        try await withTemporaryDirectory { folder in
            try TinyModel().write(to: folder)
            try FileManager.default.removeItem(atPath: folder + "/" + name)
            let error = #expect(throws: EncodersError.self) {
                _ = try SentenceEncoder(folder: folder, identity: "x")
            }
            #expect(error?.code == .unreadableFile)
            #expect(error?.message.contains(name) == true)
        }
    }
}

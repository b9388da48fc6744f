import Base
import Foundation
import TestSupport
import Testing

@testable import Encoders

@Suite struct CrossEncoderTests {
    static let identityName = "torch.nn.modules.linear.Identity"
    static let passages = ["task task actor", "", "a b c a b c a b c a b c a b c a b c a b c", "北京", "swift"]

    private func encoder(
        _ model: TinyModel, precision: Precision = .single, threads: Int = 2
    ) async throws -> CrossEncoder {
        try await withTemporaryDirectory { folder in
            try model.write(to: folder)
            return try CrossEncoder(folder: folder, identity: "tiny@1", precision: precision, threads: threads)
        }
    }

    private func tokenizer(_ model: TinyModel) async throws -> WordPieceTokenizer {
        try await withTemporaryDirectory { folder in
            try model.write(to: folder)
            return try WordPieceTokenizer(tokenizerJSON: folder + "/tokenizer.json")
        }
    }

    @Test(arguments: [identityName, "torch.nn.modules.activation.Sigmoid", nil])
    func `Scores equal those of a plain implementation in double precision`(activation: String?) async throws {
        let model = TinyModel().withPairHead(activation: activation)
        let scores = try await encoder(model).score(query: "swift task?", passages: Self.passages)
        let tokenizer = try await tokenizer(model)
        for (score, passage) in zip(scores, Self.passages) {
            let logit = model.referenceLogit(try tokenizer.ids(of: "swift task?", and: passage, maximum: 24))
            let expected = activation == Self.identityName ? logit : 1 / (1 + exp(-logit))
            #expect(abs(Double(score) - expected) < 1e-5, "\(passage)")
        }
    }

    @Test func `A newer folder names the activation in a file of its own`() async throws {
        var model = TinyModel().withPairHead(activation: "torch.nn.modules.activation.Sigmoid")
        model.prompts = ["activation_fn": .string(Self.identityName)]
        let own = try await encoder(model).score(query: "swift", passages: Self.passages)
        let raw = try await encoder(TinyModel().withPairHead(activation: Self.identityName))
            .score(query: "swift", passages: Self.passages)
        #expect(own == raw)
    }

    @Test func `A score does not depend on its neighbours or on threads`() async throws {
        let model = TinyModel().withPairHead(activation: Self.identityName)
        let passages = (0..<60).map { Self.passages[$0 % Self.passages.count] }
        let scores = try await encoder(model, threads: 3).score(query: "a", passages: passages)
        for (position, passage) in passages.enumerated() {
            let alone = try await encoder(model, threads: 1).score(query: "a", passages: [passage])
            #expect(abs(alone[0] - scores[position]) < 1e-5)
        }
        #expect(try await encoder(model).score(query: "a", passages: []).isEmpty)
    }

    @Test(
        arguments: [
            ("id2label", JSONValue.object(["0": "no", "1": "yes"]), "2 labels"),
            ("sentence_transformers", ["activation_fn": "torch.nn.modules.activation.ReLU"], "ReLU"),
            ("type_vocab_size", 1, "shape"),
        ] as [(String, JSONValue, String)])
    func `A model that scores no pairs gives a sentence`(key: String, value: JSONValue, expected: String) async throws {
        var model = TinyModel().withPairHead()
        model.configuration[key] = value
        let error = await #expect(throws: EncodersError.self) { _ = try await encoder(model) }
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test func `A model without a head gives a sentence`() async throws {
        var model = TinyModel()
        model.configuration["id2label"] = ["0": "LABEL_0"]
        let error = await #expect(throws: EncodersError.self) { _ = try await encoder(model) }
        #expect(error?.message.contains("bert.pooler.dense.weight") == true)
    }

    @Test(arguments: [
        (2, 3, 9, 2, 3), (2, 30, 9, 2, 7), (30, 2, 9, 7, 2), (30, 31, 9, 4, 5), (31, 30, 9, 5, 4), (30, 30, 9, 4, 5),
        (0, 30, 9, 0, 9), (5, 5, 9, 4, 5), (1, 1, 0, 0, 0), (4, 5, 9, 4, 5), (4, 6, 9, 4, 5), (5, 6, 9, 4, 5),
    ])
    func `The longer text is cut first`(first: Int, second: Int, room: Int, keptFirst: Int, keptSecond: Int) {
        #expect(PairTemplate.cut(first, second, room: room) == (keptFirst, keptSecond))
    }
}

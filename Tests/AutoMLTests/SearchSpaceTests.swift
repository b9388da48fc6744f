import AutoML
import Base
import Testing

@Suite struct SearchSpaceTests {
    static func pipeline() throws -> SearchSpace {
        try SearchSpace([
            Parameter("chunk.size", .integer(100...300, step: 100)),
            Parameter("retriever", .categorical(["bm25", "dense", "hybrid"])),
            Parameter("bm25.k1", .categorical([0.9, 1.2]), when: .init("retriever", isOneOf: ["bm25", "hybrid"])),
            Parameter("fusion", .categorical(["rrf", "linear"]), when: .init("retriever", isOneOf: ["hybrid"])),
            Parameter("fusion.weight", .categorical([0.25, 0.5, 0.75]), when: .init("fusion", isOneOf: ["linear"])),
        ])
    }

    @Test("The size counts only values that have an effect")
    func size() throws {
        // bm25: 2, dense: 1, hybrid: 2 × (1 + 3); times 3 chunk sizes.
        #expect(try Self.pipeline().size == 33)
        #expect(try SearchSpace([]).size == 1)
        #expect(try SearchSpace([Parameter("x", .real(0...1, log: false))]).size == nil)
        #expect(try SearchSpace([Parameter("x", .real(1...1, log: false))]).size == 1)
    }

    @Test("A size beyond all integers is the largest integer")
    func hugeSize() throws {
        let space = try SearchSpace((0..<3).map { Parameter("p\($0)", .integer(0...(1 << 40), step: 1)) })
        #expect(space.size == .max)
        let widest = try SearchSpace([Parameter("p", .integer(.min ... .max, step: 1))])
        #expect(widest.size == .max)
    }

    @Test("The enumeration lists every valid configuration once, the first parameter slowest")
    func enumeration() throws {
        let space = try Self.pipeline()
        let all = try Array(#require(space.enumerated))
        #expect(all.count == 33)
        #expect(Set(all).count == 33)
        for configuration in all {
            try space.validate(configuration)
            #expect(space.normalised(configuration) == configuration)
        }
        #expect(all.first == space.default)
        #expect(all.map { $0["chunk.size"]?.integer } == [100, 200, 300].flatMap { Array(repeating: $0, count: 11) })
        #expect(try SearchSpace([Parameter("x", .real(0...1, log: false))]).enumerated == nil)
    }

    @Test("A condition on one value of a wide range costs no walk through the range")
    func wideCondition() throws {
        let space = try SearchSpace([
            Parameter("n", .integer(0...(1 << 40), step: 1)),
            Parameter("x", .categorical(["a", "b", "c"]), when: .init("n", isOneOf: [7, 5])),
        ])
        #expect(space.size == (1 << 40) + 1 + 4)
        let all = try #require(space.enumerated)
        #expect(all[4] == Configuration(["n": 4]))
        #expect(all[5...7].map { $0["x"]?.string } == ["a", "b", "c"])
        #expect(all[8] == Configuration(["n": 6]))
        #expect(all[11] == Configuration(["n": 7, "x": "c"]))
        #expect(all[12] == Configuration(["n": 8]))
        #expect(all[all.count - 1] == Configuration(["n": .integer(1 << 40)]))
    }

    @Test("The default has the first value of each parameter unless another was given")
    func defaults() throws {
        let space = try Self.pipeline()
        #expect(space.default == Configuration(["chunk.size": 100, "retriever": "bm25", "bm25.k1": 0.9]))
        let other = try SearchSpace(
            space.parameters, default: Configuration(["retriever": "hybrid", "fusion": "linear"]))
        #expect(
            other.default
                == Configuration([
                    "chunk.size": 100, "retriever": "hybrid", "bm25.k1": 0.9, "fusion": "linear", "fusion.weight": 0.25,
                ])
        )
        #expect(throws: AutoMLError.self) {
            try SearchSpace(space.parameters, default: Configuration(["retriever": "sparse"]))
        }
    }

    @Test("Configurations that mean the same pipeline get the same hash")
    func normalised() throws {
        let space = try Self.pipeline()
        let plain = Configuration(["chunk.size": 200, "retriever": "dense"])
        let wordy = Configuration([
            "chunk.size": .number(200), "retriever": "dense", "bm25.k1": 1.2, "fusion": "linear", "fusion.weight": 0.5,
        ])
        #expect(space.normalised(wordy) == plain)
        #expect(space.normalised(wordy).hash == plain.hash)
    }

    @Test("A space survives JSON, and a wrong one in JSON is refused")
    func coding() throws {
        let space = try SearchSpace(Self.pipeline().parameters, default: Configuration(["retriever": "dense"]))
        let json = try JSONValue(encoding: space)
        #expect(try json.decoded(as: SearchSpace.self) == space)
        var broken = try #require(json.object)
        broken["default"] = ["retriever": "sparse"]
        #expect(throws: (any Error).self) { try JSONValue.object(broken).decoded(as: SearchSpace.self) }
    }

    @Test(
        "A space that contradicts itself is refused with a sentence",
        arguments: [
            ([Parameter("a", .categorical([1])), Parameter("a", .categorical([2]))], "Two parameters are named `a`"),
            ([Parameter("", .categorical([1]))], "empty name"),
            ([Parameter("a", .categorical([]))], "`a` has no values"),
            ([Parameter("a", .categorical([1, 1.0]))], "`a` lists 1 twice"),
            ([Parameter("a", .integer(1...2, step: 0))], "step 0"),
            ([Parameter("a", .real(0...1, log: true))], "must start above 0"),
            ([Parameter("a", .real(0 ... .infinity, log: false))], "infinite end"),
            (
                [
                    Parameter("retriever", .categorical(["bm25"])),
                    Parameter("k1", .categorical([1]), when: .init("retreiver", isOneOf: ["bm25"])),
                ], "`retreiver`, which does not exist. Did you mean `retriever`?"
            ),
            (
                [
                    Parameter("k1", .categorical([1]), when: .init("retriever", isOneOf: ["bm25"])),
                    Parameter("retriever", .categorical(["bm25"])),
                ], "comes later"
            ),
            ([Parameter("a", .categorical([1]), when: .init("a", isOneOf: [1]))], "depends on itself"),
            (
                [Parameter("a", .categorical([1])), Parameter("b", .categorical([1]), when: .init("a", isOneOf: [2]))],
                "waits for `a` to be 2"
            ),
            (
                [Parameter("a", .categorical([1])), Parameter("b", .categorical([1]), when: .init("a", isOneOf: []))],
                "can never be active"
            ),
            (
                [
                    Parameter("a", .real(0...1, log: false)),
                    Parameter("b", .categorical([1]), when: .init("a", isOneOf: [0.5])),
                ], "range of real numbers"
            ),
        ]
    )
    func contradictions(parameters: [Parameter], sentence: String) {
        let error = #expect(throws: AutoMLError.self) { try SearchSpace(parameters) }
        #expect(error?.code == .invalidSpace)
        #expect(error?.message.contains(sentence) == true)
    }

    @Test(
        "A configuration outside of the space is refused with a sentence",
        arguments: [
            (["chunk.size": 100, "retriver": "bm25"], "no parameter `retriver`. Did you mean `retriever`?"),
            (["chunk.size": 100, "retriever": "bm52", "bm25.k1": 0.9], "Did you mean \"bm25\"?"),
            (
                ["chunk.size": 150, "retriever": "dense"],
                "`chunk.size` is 150, and must be a whole number from 100 to 300 in steps of 100."
            ),
            (["chunk.size": 100, "retriever": "bm25"], "lacks `bm25.k1`"),
            (["retriever": "dense"], "lacks `chunk.size`"),
        ] as [([String: JSONValue], String)]
    )
    func invalid(values: [String: JSONValue], sentence: String) throws {
        let space = try Self.pipeline()
        let error = #expect(throws: AutoMLError.self) { try space.validate(Configuration(values)) }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains(sentence) == true)
    }
}

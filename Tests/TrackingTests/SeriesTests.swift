import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Tracking

@Suite struct MinMaxDownsamplingTests {
    private func thinned(_ values: [Double], to maximum: Int) -> [Point] {
        var kept = MinMaxDownsampling(count: values.count, maximum: maximum)
        for (number, value) in values.enumerated() {
            kept.add(Point(number: number, step: number, time: 0, value: value))
        }
        return kept.finish()
    }

    @Test("Each single spike of a long series stays, and so do both ends", arguments: [1, 77, 4_999, 9_998])
    func spike(at place: Int) {
        var values = (0..<10_000).map { sin(Double($0) / 500) }
        values[place] = 100
        let points = thinned(values, to: 500)
        #expect(points.count <= 504)
        #expect(points.contains { $0.number == place && $0.value == 100 })
        #expect(points.first?.number == 0 && points.last?.number == 9_999)
        #expect(points.map(\.number) == points.map(\.number).sorted())
        #expect(Set(points.map(\.number)).count == points.count)
    }

    @Test("The least and the greatest of all are those of what is kept")
    func extremes() {
        var generator = SystemRandomNumberGenerator()
        let values = (0..<5_003).map { _ in Double.random(in: -1...1, using: &generator) }
        let points = thinned(values, to: 100)
        #expect(points.map(\.value).min() == values.min() && points.map(\.value).max() == values.max())
    }

    @Test("A short series stays as it is, and a stretch of NaN is a gap")
    func gaps() {
        #expect(thinned([1, .nan, 2], to: 10).count == 3)
        let points = thinned((0..<1_000).map { (300..<600).contains($0) ? .nan : 1 }, to: 20)
        #expect(points.contains { $0.value.isNaN })
        #expect(thinned([], to: 10).isEmpty)
    }
}

@Suite struct MetricExpressionTests {
    private let metrics = ["a": 2.0, "b": 3, "train/loss": 0.5, "zero": 0]

    @Test(
        "An expression has the value that arithmetic gives it",
        arguments: [
            ("a + b * 2", 8.0), ("(a + b) * 2", 10), ("-a ^ 2", -4), ("2 ^ 3 ^ 2", 512), ("a - b - 1", -2),
            ("a / b / 2", 1.0 / 3), ("1e-3 * a", 0.002), ("max(a, b, 1) - min(a, b)", 1), ("sqrt(a * 8)", 4),
            ("train/loss * 2", 1), ("`train/loss` / a", 0.25), ("log(exp(a))", 2), ("a ^ -1", 0.5), ("abs(-b)", 3),
        ] as [(String, Double)])
    func value(text: String, expected: Double) throws {
        let value = try #require(try MetricExpression(text).value(metrics))
        #expect(abs(value - expected) < 1e-12)
    }

    @Test("What is undefined is NaN, and what is missing has no value")
    func undefined() throws {
        #expect(try MetricExpression("zero / zero").value(metrics)?.isNaN == true)
        #expect(try MetricExpression("a + missing").value(metrics) == nil)
        #expect(try MetricExpression("a + `train/loss`").metrics == ["a", "train/loss"])
    }

    @Test(
        "What makes no sense is refused with the place",
        arguments: ["", "a +", "(a", "a b", "sin(a)", "log(a, b)", "``", "1.2.3", "a + ; drop", "max()"])
    func malformed(text: String) {
        #expect(throws: TrackingError.self) { try MetricExpression(text) }
    }

    @Test("Nesting without end is refused")
    func deep() {
        #expect(throws: TrackingError.self) {
            try MetricExpression(String(repeating: "(", count: 900) + "a" + String(repeating: ")", count: 900))
        }
    }
}

@Suite struct SmoothingTests {
    @Test("The first value stays, a constant stays, and NaN leaves a gap")
    func smoothing() {
        #expect(Smoothing.exponential([5, 5, 5], weight: 0.9).allSatisfy { abs($0 - 5) < 1e-12 })
        let curve = Smoothing.exponential([1, .nan, 2], weight: 0.5)
        // (1 · 0.5 + 2 · 1) / 1.5
        #expect(curve[0] == 1 && curve[1].isNaN && abs(curve[2] - 5.0 / 3) < 1e-12)
        #expect(Smoothing.exponential([1, 2], weight: 0) == [1, 2])
    }
}

@Suite struct AcceleratorSamplerTests {
    @Test("What nvidia-smi prints is read")
    func parsed() {
        let values = AcceleratorSampler.parse("0, 97, 40536, 312.45\n1, [N/A], 12, [N/A]\nrubbish\n")
        #expect(values["gpu/0/utilization_percent"] == 97 && values["gpu/0/power_watts"] == 312.45)
        #expect(values["gpu/1/memory_mb"] == 12 && values["gpu/1/power_watts"] == nil)
    }

    /// How often it was asked, and who waits for what it answers.
    private final class Card: Sendable {
        private let state = Mutex(0)
        var asked: Int { state.withLock { $0 } }
        func ask() { state.withLock { $0 += 1 } }
    }

    @Test("A driver that hangs is asked once, and no run waits for it")
    func hanging() async throws {
        let card = Card()
        let never = AsyncStream<Void>.makeStream()
        let accelerators = AcceleratorSampler {
            card.ask()
            for await _ in never.stream {}
            return ["gpu/0/memory_mb": 1]
        }
        var sampler = SystemSampler(folder: "/", accelerators: accelerators)
        while card.asked == 0 {
            #expect(sampler.sample()["disk_free_gb"] != nil)
            await Task.yield()
        }
        for _ in 0..<10 { _ = sampler.sample() }
        #expect(card.asked == 1 && sampler.sample()["gpu/0/memory_mb"] == nil)
        // Once it has answered, its figures are there.
        never.continuation.finish()
        while sampler.sample()["gpu/0/memory_mb"] != 1 { await Task.yield() }
    }

    @Test("Who has no cards is asked once; where there is no program, or one of the folder's, nobody is")
    func missing() async throws {
        let card = Card()
        let accelerators = AcceleratorSampler {
            card.ask()
            return [:]
        }
        while card.asked == 0 || !accelerators.isGivenUp {
            _ = accelerators.sample()
            await Task.yield()
        }
        for _ in 0..<10 { _ = accelerators.sample() }
        #expect(card.asked == 1)
        #expect(AcceleratorSampler.ofThisMachine(program: nil) == nil)
        #expect(AcceleratorSampler.ofThisMachine(program: "bin/nvidia-smi") == nil)
    }

    @Test("The program is run as it is asked, and one that fails is given up")
    func program() async throws {
        try await withTemporaryDirectory { folder async throws in
            let program = folder + "/nvidia-smi"
            let write = { (body: String) in
                try Data("#!/bin/sh\n\(body)\n".utf8).write(to: URL(filePath: program))
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            }
            try write("[ \"$2\" = --format=csv,noheader,nounits ] && echo '0, 97, 40536, 312.45'")
            let working = try #require(AcceleratorSampler.ofThisMachine(program: program))
            while working.sample()["gpu/0/power_watts"] != 312.45 { await Task.yield() }
            try write("echo '0, 97, 40536, 312.45'; exit 9")
            let broken = try #require(AcceleratorSampler.ofThisMachine(program: program))
            while !broken.isGivenUp {
                #expect(broken.sample().isEmpty)
                await Task.yield()
            }
        }
    }
}

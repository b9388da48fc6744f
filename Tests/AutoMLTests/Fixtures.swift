import AutoML
import Base
import Synchronization

/// An evaluator made of a function, which remembers what it was asked.
final class ScriptedEvaluator: Evaluator {
    struct Call: Sendable, Hashable {
        var configuration: Configuration
        var items: [String]
    }

    private let log = Mutex<[Call]>([])
    private let body: @Sendable (Configuration, String) async throws -> Measurement

    init(_ body: @escaping @Sendable (Configuration, String) async throws -> Measurement) {
        self.body = body
    }

    /// Scores every item with a fixed function of configuration and item.
    convenience init() {
        self.init { configuration, item in
            Measurement(item: item, metrics: ["score": Self.score(configuration, item)])
        }
    }

    /// A number from 0 to 1 that depends on both arguments only.
    static func score(_ configuration: Configuration, _ item: String) -> Double {
        var generator = SplitMix64(seed: 1, stream: configuration.hash.hex + item)
        return generator.nextUnit()
    }

    var calls: [Call] { log.withLock { $0 } }

    @concurrent
    func measure(_ configuration: Configuration, on items: [String]) async throws -> [Measurement] {
        log.withLock { $0.append(Call(configuration: configuration, items: items)) }
        var measurements: [Measurement] = []
        for item in items {
            measurements.append(try await body(configuration, item))
        }
        return measurements
    }
}

/// A clock that is moved by hand.
final class ManualClock: Sendable {
    private let time = Atomic<UInt64>(1_000_000_000_000_000)

    var now: UInt64 { time.load(ordering: .relaxed) }

    func advance(seconds: Double) {
        time.add(UInt64(seconds * 1e9), ordering: .relaxed)
    }

    func jumpBack(seconds: Double) {
        time.subtract(UInt64(seconds * 1e9), ordering: .relaxed)
    }
}

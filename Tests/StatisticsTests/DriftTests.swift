import Base
import Foundation
import Statistics
import Testing

/// What evidently said of the same samples; Tests/Peers/drift.py writes it.
struct DriftCases: Decodable {
    struct Numbers: Decodable {
        var name: String
        var reference: [Double]
        var current: [Double]
        var psi: Double
        var jensen_shannon: Double
        var ks: Double
        var wasserstein: Double
    }
    struct Categories: Decodable {
        var reference: [String]
        var current: [String]
        var psi: Double
        var jensen_shannon: Double
    }
    struct Vectors: Decodable {
        var reference: [[Float]]
        var current: [[Float]]
        var distance: Double
    }
    struct Texts: Decodable {
        var name: String
        var reference: [String]
        var current: [String]
        var area: Double
    }
    var numbers: [Numbers]
    var categories: [Categories]
    var vectors: [Vectors]
    var texts: [Texts]?

    init(_ path: String) throws {
        self = try JSONDecoder().decode(DriftCases.self, from: Data(contentsOf: URL(filePath: path)))
    }

    /// Expects the numbers to be the peer's, to one in a million.
    func expectEqual() throws {
        try #require(numbers.count >= 5)
        for row in numbers {
            let psi = try populationStabilityIndex(reference: row.reference, current: row.current)
            let distance = try jensenShannonDistance(reference: row.reference, current: row.current)
            let test = try KolmogorovSmirnovTest(reference: row.reference, current: row.current)
            let moved = try normedWassersteinDistance(reference: row.reference, current: row.current)
            #expect(abs(psi - row.psi) < 1e-6, "\(row.name): \(psi) \(row.psi)")
            #expect(abs(distance - row.jensen_shannon) < 1e-6, "\(row.name): \(distance) \(row.jensen_shannon)")
            #expect(abs(test.p - row.ks) < 1e-6, "\(row.name): \(test.p) \(row.ks)")
            #expect(abs(moved - row.wasserstein) < 1e-6, "\(row.name): \(moved) \(row.wasserstein)")
        }
        for row in categories {
            let psi = try populationStabilityIndex(categories: row.reference, current: row.current)
            #expect(abs(psi - row.psi) < 1e-6)
            let distance = try jensenShannonDistance(categories: row.reference, current: row.current)
            #expect(abs(distance - row.jensen_shannon) < 1e-6)
        }
        for row in vectors {
            let moved = try CentroidDistance(reference: row.reference, current: row.current, probability: nil)
            #expect(abs(moved.distance - row.distance) < 1e-6)
        }
    }
}

@Suite struct DriftTests {
    @Test func `numbers, categories and vectors drift as far as evidently says`() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/drift.json").path
        try DriftCases(path).expectEqual()
    }

    @Test func `one sample is not apart from itself, and nothing can be compared with nothing`() throws {
        let values = (0..<50).map { Double($0 % 30) }
        #expect(try populationStabilityIndex(reference: values, current: values) == 0)
        #expect(try jensenShannonDistance(reference: values, current: values) == 0)
        #expect(try KolmogorovSmirnovTest(reference: values, current: values).p == 1)
        #expect(try wassersteinDistance(reference: values, current: values) == 0)
        #expect(throws: StatisticsError.self) { try populationStabilityIndex(reference: [], current: values) }
        #expect(throws: StatisticsError.self) { try KolmogorovSmirnovTest(reference: values, current: []) }
        #expect(throws: StatisticsError.self) { try wassersteinDistance(reference: [.nan], current: values) }
        #expect(throws: StatisticsError.self) { try jensenShannonDistance(categories: [String](), current: ["a"]) }
        #expect(throws: StatisticsError.self) { try CentroidDistance(reference: [[1, 2]], current: [[1]]) }
    }

    @Test func `one value many times is no reason to fail`() throws {
        let same = Array(repeating: 2.0, count: 40)
        #expect(try normedWassersteinDistance(reference: same, current: same.map { $0 + 1 }) == 1000)
        #expect(try KolmogorovSmirnovTest(reference: same, current: same).p == 1)
        #expect(try populationStabilityIndex(reference: same, current: same) == 0)
    }

    @Test func `exact and limiting p-values meet where samples are large`() throws {
        var random = SplitMix64(seed: 3)
        let left = (0..<10_001).map { _ in random.nextUnit() }
        let right = (0..<9_000).map { _ in random.nextUnit() * 0.98 }
        let limiting = try KolmogorovSmirnovTest(reference: left, current: right).p
        let exact = try KolmogorovSmirnovTest(reference: Array(left.dropLast(1)), current: right).p
        #expect(abs(limiting - exact) < 0.1 * exact + 1e-4)
    }

    @Test func `the area under the curve counts ties half`() throws {
        #expect(try rocArea(positives: [1, 2, 3], negatives: [0, 0]) == 1)
        #expect(try rocArea(positives: [1], negatives: [1]) == 0.5)
        #expect(try rocArea(positives: [1, 0], negatives: [1, 0]) == 0.5)
    }

    @Test func `texts of another topic are told apart by its words, and texts of the same are not`() throws {
        var random = SplitMix64(seed: 5)
        func texts(_ words: [String], _ count: Int) -> [[String]] {
            (0..<count).map { _ in (0..<8).map { _ in words[Int(random.next() % UInt64(words.count))] } }
        }
        let common = ["how", "what", "when", "stop", "start", "set", "get", "use", "find", "make", "read", "write"]
        let before = texts(common + ["server", "route", "header", "socket"], 300)
        let same = try TextDrift(
            reference: before, current: texts(common + ["server", "route", "header", "socket"], 300))
        #expect(!same.hasDrifted, "\(same.area) \(same.chance)")
        let other = try TextDrift(reference: before, current: texts(common + ["table", "column", "index", "row"], 300))
        #expect(other.hasDrifted && other.area > 0.8)
        #expect(Set(other.currentWords.prefix(4).map(\.word)) == ["table", "column", "index", "row"])
        #expect(Set(other.referenceWords.prefix(4).map(\.word)) == ["server", "route", "header", "socket"])
        #expect(throws: StatisticsError.self) { try TextDrift(reference: [["a"]], current: before) }
    }

    @Test func `a centroid that did not move stays under what chance does`() throws {
        var random = SplitMix64(seed: 9)
        func vectors(_ count: Int, _ shift: Float) -> [[Float]] {
            (0..<count).map { _ in (0..<16).map { _ in Float(random.nextUnit()) + shift } }
        }
        let before = vectors(200, 0)
        #expect(try !CentroidDistance(reference: before, current: vectors(150, 0), probability: 0.999).hasDrifted)
        #expect(try CentroidDistance(reference: before, current: vectors(150, 0.3)).hasDrifted)
    }
}

private let file = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"].map { $0 + "/drift/drift.json" }

/// Compares with what `Tests/Peers/drift.py` wrote below `NEO_PEERS_DIR`.
@Suite(.enabled(if: file.map(FileManager.default.fileExists) == true, "make test-peers writes drift.json"))
struct DriftPeerTests {
    @Test func `larger samples drift as far as evidently says`() throws {
        try DriftCases(try #require(file)).expectEqual()
    }

    @Test func `texts are told apart as well as evidently tells them`() throws {
        let cases = try DriftCases(try #require(file))
        for row in try #require(cases.texts) {
            let drift = try TextDrift(
                reference: row.reference.map { $0.split(separator: " ").map(String.init) },
                current: row.current.map { $0.split(separator: " ").map(String.init) })
            print("\(row.name) | ours \(drift.area) | evidently \(row.area)")
            #expect(abs(drift.area - row.area) < 0.03, "\(row.name)")
        }
    }
}

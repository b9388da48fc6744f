import Base
import Foundation
import Statistics
import Testing

/// The fixture is what `Tests/Peers/preferences.py` wrote with arena-rank 0.1.1.
@Suite struct BradleyTerryTests {
    struct Case: Decodable {
        struct Ratings: Decodable {
            var competitors: [String]
            var ratings: [Double]
            var rating_lower: [Double]
            var rating_upper: [Double]
            var position: Double?
        }
        struct Count: Decodable {
            var comparison: PairedComparison<String>
            var count: Int

            init(from decoder: any Decoder) throws {
                var row = try decoder.unkeyedContainer()
                let (first, second) = (try row.decode(String.self), try row.decode(String.self))
                let outcome: PairedComparison<String>.Outcome =
                    switch try row.decode(String.self) {
                    case "model_a": .first
                    case "model_b": .second
                    default: .tie
                    }
                comparison = PairedComparison(first, second, outcome)
                count = try row.decode(Int.self)
            }
        }
        var name: String
        var counts: [Count]
        var plain: Ratings
        var position: Ratings?

        var comparisons: [PairedComparison<String>] {
            counts.flatMap { Array(repeating: $0.comparison, count: $0.count) }
        }
    }

    static func recorded() throws -> [Case] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/preferences.json")
        return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    }

    @Test func `ratings and sandwich intervals equal those of arena-rank`() throws {
        let cases = try Self.recorded()
        #expect(cases.count == 4)
        for recorded in cases {
            let fit = try BradleyTerry(recorded.comparisons.shuffled())
            expectEqual(fit, recorded.plain, recorded.name)
            #expect(fit.position == nil)
        }
    }

    @Test func `so do ratings beside an advantage of being shown first`() throws {
        let cases = try Self.recorded().filter { $0.position != nil }
        #expect(cases.count == 3)
        for recorded in cases {
            let peer = try #require(recorded.position)
            let fit = try BradleyTerry(recorded.comparisons, position: true)
            expectEqual(fit, peer, recorded.name)
            let advantage = try #require(fit.position).estimate * log(10) / 400
            #expect(abs(advantage - (peer.position ?? 0)) < 1e-6, "\(recorded.name)")
        }
    }

    @Test func `Wikipedia's example has Wikipedia's strengths`() throws {
        let fit = try BradleyTerry(try #require(try Self.recorded().first).comparisons)
        let strengths = fit.ratings.map { pow(10, ($0.estimate - 1000) / 400) }
        for (strength, known) in zip(strengths, [0.640, 1.043, 0.660, 2.270]) { #expect(abs(strength - known) < 5e-4) }
    }

    @Test func `who always chooses what stands first changes no rating, only the advantage`() throws {
        var comparisons: [PairedComparison<Int>] = []
        for turn in 0..<200 {
            let (first, second) = turn % 2 == 0 ? (1, 2) : (2, 1)
            // Two of three choose the first one, whatever it is.
            comparisons.append(PairedComparison(first, second, turn % 6 < 4 ? .first : .second))
        }
        let fit = try BradleyTerry(comparisons, position: true)
        let better = try #require(fit.probability(that: 1, beats: 2))
        #expect(abs(better.estimate - 0.5) < 0.02)
        #expect(better.contains(0.5))
        #expect(try #require(fit.position).lower > 0)
    }

    @Test func `half the weight for all changes no rating, and half the weight for one moves it towards the others`()
        throws
    {
        let votes = [
            (PairedComparison(1, 2, .first), 30), (PairedComparison(1, 2, .second), 20),
            (PairedComparison(2, 1, .tie), 6),
        ].flatMap { Array(repeating: $0, count: $1) }
        let plain = try BradleyTerry(votes)
        let halved = try BradleyTerry(
            votes.map { PairedComparison($0.first, $0.second, $0.outcome, weight: 0.5) })
        #expect(abs(plain.ratings[0].estimate - halved.ratings[0].estimate) < 1e-6)
        let damped = try BradleyTerry(
            votes.map { PairedComparison($0.first, $0.second, $0.outcome, weight: $0.outcome == .first ? 0.5 : 1) })
        #expect(damped.ratings[0].estimate < plain.ratings[0].estimate)
    }

    @Test func `what has no finite ratings is refused with a sentence`() {
        func refusal(_ comparisons: [PairedComparison<String>], position: Bool = false) -> StatisticsError? {
            do {
                _ = try BradleyTerry(comparisons, position: position)
                return nil
            } catch { return error }
        }
        #expect(refusal([])?.code == .tooFew)
        #expect(refusal([PairedComparison("a", "b", .first)])?.code == .notIdentified)
        #expect(refusal([PairedComparison("a", "a", .tie)])?.code == .notIdentified)
        let islands = [PairedComparison("a", "b", .tie), PairedComparison("c", "d", .tie)]
        #expect(refusal(islands)?.code == .notIdentified)
        #expect(refusal([PairedComparison("a", "b", .tie, weight: 0)])?.code == .badArgument)
        #expect(refusal([PairedComparison("a", "b", .tie, weight: .nan)])?.code == .badArgument)
        // Whoever stood first won: the advantage has no end.
        let first = [PairedComparison("a", "b", .first), PairedComparison("b", "a", .first)]
        #expect(refusal(first, position: true)?.code == .notIdentified)
        #expect(refusal(first) == nil)
    }

    private func expectEqual(_ fit: BradleyTerry<String>, _ peer: Case.Ratings, _ name: String) {
        #expect(fit.competitors == peer.competitors)
        for (place, rating) in fit.ratings.enumerated() {
            // Ratings stand near 1000, so this is a relative error of 1e-8: as near as arena-rank's optimiser comes to the maximum.
            #expect(abs(rating.estimate - peer.ratings[place]) < 1e-5, "\(name) \(place)")
            #expect(abs(rating.lower - peer.rating_lower[place]) < 1e-5, "\(name) \(place)")
            #expect(abs(rating.upper - peer.rating_upper[place]) < 1e-5, "\(name) \(place)")
        }
    }
}

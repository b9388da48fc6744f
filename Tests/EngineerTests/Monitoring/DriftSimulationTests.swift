import Base
import Foundation
import Storage
import Testing

@testable import Engineer

/// Months of made-up traffic, looked at as the watch does. The demo's probes and days are as small as real ones may be.
@Suite struct DriftSimulationTests {
    /// Questions a day.
    static let daily = 120
    /// So often a day it is looked.
    static let looks = 24

    /// A question of ordinary traffic: figures as a service writes them down.
    static func question(_ random: inout SplitMix64, shift: Double) -> ServiceRequest {
        var row = ServiceRequest(
            id: "a", time: 0, service: "s", route: "/v1/answer", outcome: .answered, status: 200, milliseconds: 5)
        func normal() -> Double {
            var sum = -6.0
            for _ in 0..<12 { sum += random.nextUnit() }
            return sum
        }
        row.similarity = 0.6 + 0.12 * (normal() - shift)
        row.coverage = min(1, max(0, 0.7 + 0.2 * (normal() - shift)))
        row.evidence = ((row.similarity ?? 0) + (row.coverage ?? 0)) / 2
        row.scoreGap = abs(normal())
        row.characters = max(5, Int(48 + 18 * (normal() + shift)))
        row.terms = max(1, Int(6 + 2 * normal()))
        row.passages = 10
        return row
    }

    /// What a question means: a subject and how it is put, in 16 numbers.
    static func meaning(_ random: inout SplitMix64, shift: Double) -> [Float] {
        let subject = Int(random.next() % 5)
        return (0..<16).map { place in
            Float((place == subject ? 1 : 0) + 0.6 * (random.nextUnit() - 0.5) + (place == 7 ? shift / 4 : 0))
        }
    }

    /// Months that begin after a month of the same traffic; gives the looks of each at which drift was found first anew.
    ///
    /// - Parameter shift: by so many standard deviations what comes in moves on the tenth day; 0 for never.
    /// - Returns: by month the hours, from its beginning on, at which an alarm began.
    static func alarms(months: Int, shift: Double, seed: UInt64) -> [[Int]] {
        let check = DriftCheck(everyMinutes: 24 * 60 / Double(looks))
        return (0..<months).map { month in
            var random = SplitMix64(seed: seed, stream: "month \(month)")
            func sample(_ count: Int) -> DriftCheck.Sample {
                .init(
                    rows: (0..<count).map { _ in question(&random, shift: 0) }, texts: [],
                    vectors: (0..<min(count, QuestionMeanings.most)).map { _ in meaning(&random, shift: 0) })
            }
            let (golden, before) = (sample(60), sample(600))
            var current = DriftCheck.Sample(rows: [], texts: [])
            var began: [Int] = []
            var isOpen = false
            for hour in 0..<30 * looks {
                let moved = shift > 0 && hour >= 10 * looks ? shift : 0
                for _ in 0..<daily / looks {
                    current.rows.append(question(&random, shift: moved))
                    current.vectors.append(meaning(&random, shift: moved))
                }
                current.rows = Array(current.rows.suffix(daily))
                current.vectors = Array(current.vectors.suffix(daily))
                let found =
                    check.records(current, against: golden, named: "golden", at: 0)
                    + check.records(current, against: before, named: "month", at: 0)
                let hasDrifted = found.contains(where: \.hasDrifted)
                if hasDrifted, !isOpen { began.append(hour) }
                isOpen = hasDrifted
            }
            return began
        }
    }

    @Test func `in stationary months there is less than one false alarm a month`() {
        let months = Self.alarms(months: 4, shift: 0, seed: 1)
        #expect(months.map(\.count).reduce(0, +) <= 4)
    }

    @Test func `another release is no drift, and within one release drift is found all the same`() {
        func rows(_ count: Int, release: Int, shift: Double, seed: UInt64) -> [ServiceRequest] {
            var random = SplitMix64(seed: seed, stream: "releases")
            return (0..<count).map { _ in
                var row = Self.question(&random, shift: shift)
                // What does not depend on a release stays as it was.
                row.characters = 40
                row.release = release
                return row
            }
        }
        func drifted(_ current: [ServiceRequest], _ reference: [ServiceRequest]) -> Set<String> {
            Set(
                DriftCheck(everyMinutes: 60).records(
                    .init(rows: current, texts: []), against: .init(rows: reference, texts: []), named: "month", at: 0
                ).filter(\.hasDrifted).map(\.feature))
        }
        let before = rows(300, release: 1, shift: 0, seed: 1)
        let other = rows(100, release: 2, shift: 1, seed: 2)
        #expect(drifted(other, before).isEmpty)
        #expect(drifted(rows(100, release: 1, shift: 1, seed: 2), before).isSuperset(of: ["similarity", "coverage"]))
        // Once the new release has a past of its own.
        #expect(drifted(rows(100, release: 2, shift: 2, seed: 3), before + other).contains("similarity"))
    }

    @Test func `questions about something else are found by their meaning alone`() {
        var random = SplitMix64(seed: 5, stream: "meanings")
        func sample(_ count: Int, shift: Double) -> DriftCheck.Sample {
            .init(
                rows: (0..<count).map { _ in Self.question(&random, shift: 0) }, texts: [],
                vectors: (0..<count).map { _ in Self.meaning(&random, shift: shift) })
        }
        let before = sample(200, shift: 0)
        func drifted(_ current: DriftCheck.Sample) -> [String] {
            DriftCheck(everyMinutes: 60).records(current, against: before, named: "month", at: 0).filter(\.hasDrifted)
                .map(\.feature)
        }
        #expect(drifted(sample(100, shift: 0)) == [])
        #expect(drifted(sample(100, shift: 2)) == ["meaning"])
    }

    @Test func `a shift of a standard deviation is found within a day, and not before it is there`() throws {
        for alarms in Self.alarms(months: 2, shift: 1, seed: 2) {
            let first = try #require(alarms.first { $0 >= 10 * Self.looks })
            #expect(first <= 11 * Self.looks)
        }
    }
}

private let isLong = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"] != nil

/// The same, long enough for means.
@Suite(.enabled(if: isLong, "make test-peers runs it"))
struct DriftSimulationPeerTests {
    @Test func `in a hundred stationary months there is at most one false alarm a month on average`() {
        let alarms = DriftSimulationTests.alarms(months: 100, shift: 0, seed: 11)
        let mean = Double(alarms.map(\.count).reduce(0, +)) / 100
        print("100 stationary months: \(mean) false alarms a month, \(alarms.count { !$0.isEmpty }) months with any")
        #expect(mean <= 1)
    }

    @Test(arguments: [0.3, 0.5, 1.0])
    func `planted shifts are found, and the delay is told`(shift: Double) throws {
        let begin = 10 * DriftSimulationTests.looks
        let delays = DriftSimulationTests.alarms(months: 20, shift: shift, seed: 12).map { alarms in
            alarms.first { $0 >= begin }.map { $0 - begin }
        }
        let found = delays.compactMap { $0 }.sorted()
        print(
            "shift of \(shift) standard deviations: found in \(found.count) of 20 months, median delay "
                + "\(found.isEmpty ? "-" : "\(found[found.count / 2])") h")
        #expect(found.count == 20)
    }
}

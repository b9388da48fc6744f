import Base
import Storage
import TestSupport

@testable import Engineer

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The records of a project that was served for a month: what the pages of its service are filled with.
enum ServedMonth {
    /// What must never become markup, in every place that somebody else can write to.
    static let hostile = "<img src=x onerror=alert(1)> \"'><script>{{title}}</script>\u{202E}"

    /// A gate's report of two releases.
    static func gate(
        _ verdict: GateReport.Verdict, release: Int, against incumbent: Int?,
        difference: (Double, Double, Double)? = nil
    ) -> GateReport {
        func estimate(_ value: Double) -> SearchResults.Estimate {
            .init(value: value, lower: value - 0.05, upper: value + 0.05)
        }
        return GateReport(
            verdict: verdict, objective: "ndcg@10", release: release, incumbent: incumbent,
            questions: difference == nil ? 0 : 60, isHeldOut: true,
            candidateScore: difference.map { estimate(0.8 + $0.0) },
            incumbentScore: difference.map { _ in estimate(0.8) },
            difference: difference.map { .init(value: $0.0, lower: $0.1, upper: $0.2) }, margin: 0.02,
            marginSource: "the usual one", moreQuestions: verdict == .undetermined ? 240 : nil,
            openings: difference == nil ? nil : 5,
            constraints: [
                .init(constraint: "p95 < 800 ms", measured: "412 ms \(hostile)", outcome: .feasible, excess: 0)
            ], machine: [:], notes: ["A note. \(hostile)"])
    }

    /// A step at which somebody asked for a release.
    static func promotion(
        _ gate: GateReport, _ stage: ReleaseStage = .full, isAccepted: Bool, decision: String? = nil, hour: Int
    ) -> PromotionRecord {
        PromotionRecord(
            action: .promote, release: gate.release, incumbent: gate.incumbent, stage: stage,
            verdict: gate.verdict.rawValue, isAccepted: isAccepted, decision: decision, who: "Ada \(hostile)",
            at: "2026-11-0\(1 + hour / 24)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00Z", report: gate.json)
    }

    /// Releases 1 to 5: the first one, a second after a trial as a canary, one that was refused, one that the service took back,
    /// and one of which the gate could not tell.
    static func release(in folder: String) async throws {
        let database = try NeoDatabase(path: folder + "/.neo/neo.db")
        for number in 1...5 {
            try await database.keepRelease(
                ReleaseRecord(number: number, hash: ContentHash(of: "\(number)"), created: "2026-11-01T00:00:00Z"))
        }
        var live = LiveReleases()
        func step(_ record: PromotionRecord, _ after: LiveReleases? = nil) async throws {
            _ = try await database.keepPromotion(record, changing: after.map { (live, $0) })
            live = after ?? live
        }
        try await step(
            promotion(gate(.first, release: 1, against: nil), isAccepted: true, hour: 1), LiveReleases(live: 1))
        let better = gate(.notWorse, release: 2, against: 1, difference: (0.04, 0.01, 0.07))
        try await step(
            promotion(better, .canary, isAccepted: true, hour: 10), LiveReleases(live: 1, candidate: 2, stage: .canary))
        try await step(promotion(better, isAccepted: true, hour: 20), LiveReleases(live: 2, previous: 1))
        try await step(
            promotion(
                gate(.worse, release: 3, against: 2, difference: (-0.1, -0.15, -0.05)), isAccepted: false, hour: 30))
        let unclear = gate(.undetermined, release: 4, against: 2, difference: (-0.01, -0.06, 0.04))
        try await step(
            promotion(unclear, isAccepted: true, decision: "We need it. \(hostile)", hour: 40),
            LiveReleases(live: 4, previous: 2))
        try await step(
            PromotionRecord(
                action: .automaticRollback, release: 2, incumbent: 4, stage: .full, verdict: nil, isAccepted: true,
                decision: "9 of its 40 requests failed \(hostile)", who: "service", at: "2026-11-03T00:00:00Z",
                report: ["failed": 9, "requests": 40, "why": .string(hostile)]), LiveReleases(live: 2, previous: 1))
        try await step(
            promotion(
                gate(.undetermined, release: 5, against: 2, difference: (0, -0.05, 0.05)), isAccepted: false, hour: 60))
    }
}

import Base
import FoundationEssentials
import Storage
import TestSupport
import Testing

@testable import Engineer

@Suite struct KnowledgeOutcomeTests {
    private static let project = "aaaaaaaaaaaa"

    private func month(_ requests: Int) -> KnowledgeOutcome {
        var month = KnowledgeOutcome(.month, of: "2026-11", project: Self.project, day: "2026-11-22", version: "0")
        month.values["requests"] = Double(requests)
        return month
    }

    @Test func `months are those of Greenwich, and follow each other without a gap`() {
        // 2026-11-30T23:59:59Z, and a second later.
        let (last, first) = (1_796_083_199.0, 1_796_083_200.0)
        #expect(ServiceMonth(of: last).name == "2026-11" && ServiceMonth(of: first).name == "2026-12")
        #expect(ServiceMonth(of: last).end == first && ServiceMonth(of: first).start == first)
        #expect(ServiceMonth(of: first).previous == ServiceMonth(of: last))
        #expect(ServiceMonth(of: 1_767_225_600).previous.name == "2025-12")
    }

    @Test func `of a month the fullest look stays, and of everything else the last`() async throws {
        try await withTemporaryDirectory { folder in
            let base = KnowledgeBase(folder: folder + "/learnt")
            try base.write(month(10))
            try base.write(month(30))
            // The month's beginning was deleted meanwhile.
            try base.write(month(20))
            #expect(base.outcomes().map(\.values) == [["requests": 30]])
            var audit = KnowledgeOutcome(.audit, of: "a", project: Self.project, day: "2026-11-22", version: "0")
            audit.values = ["findings.high": 2, "nothing": .nan]
            try base.write(audit)
            audit.values = ["findings.high": 1]
            try base.write(audit)
            #expect(base.outcomes().map(\.values) == [["findings.high": 1], ["requests": 30]])
        }
    }

    @Test func `what is no record is left out with a sentence, and a kind of a newer version without`() async throws {
        try await withTemporaryDirectory { folder in
            let base = KnowledgeBase(folder: folder + "/learnt")
            try base.write(month(10))
            let other = try month(10).fileLine().replacing("\"month\"", with: "\"experiment\"")
            for (name, text) in [
                ("111111111111", other), ("222222222222", "{\"format\": \"neo.kn"),
                ("333333333333", try month(10).fileLine()),
            ] {
                try Data(text.utf8).write(to: URL(filePath: "\(folder)/learnt/outcomes/\(name).jsonl"))
            }
            let diagnostics = DiagnosticCollector()
            #expect(base.outcomes(diagnostics) == [month(10)])
            #expect(diagnostics.all.count == 2)
            #expect(base.records().isEmpty)
        }
    }

    @Test func `a refused release is kept with what the gate found, and the words of people are not`() throws {
        let report: JSONValue = [
            "verdict": "worse", "objective": "melchiors_metric", "release": 2, "incumbent": 1, "questions": 63,
            "isHeldOut": true, "difference": ["value": -0.2, "lower": -0.3, "upper": -0.1], "margin": 0.02,
            "marginSource": "neo.yaml", "openings": 2, "constraints": [], "machine": ["host": "melchior"],
            "notes": ["melchior"],
        ]
        let step = PromotionRecord(
            action: .promote, release: 2, incumbent: 1, stage: .full, verdict: "worse", isAccepted: false,
            decision: nil,
            who: "melchior", at: "2026-11-22T10:00:00Z", report: report)
        let outcome = KnowledgeOutcome(step, project: Self.project, study: nil, version: "0")
        var back = step
        (back.action, back.isAccepted) = (.automaticRollback, true)
        #expect(
            KnowledgeOutcome(back, project: Self.project, study: nil, version: "0").words["decided_by"] == "service")
        #expect(outcome.words["result"] == "refused" && outcome.words["decided_by"] == "gate")
        #expect(outcome.words["objective"] == "metric")
        #expect(outcome.values["difference_lower"] == -0.3 && outcome.values["questions"] == 63)
        #expect(try !outcome.fileLine().contains("melchior"))
        #expect(outcome.sentence == "promote of release 2, full: refused, worse")
    }
}

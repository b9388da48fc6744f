import Testing

@testable import Engineer

@Suite struct AmendmentTests {
    private static let document = {
        var document = RequirementsDocument()
        document.requirements = [
            Requirement(
                id: "R1", text: "The service shall find it.", metric: "evidence recall",
                criterion: Criterion(.atLeast, 80, "%")),
            Requirement(
                id: "R2", text: "The service shall answer in time.", metric: "latency p95",
                criterion: Criterion(.atMost, 800, "ms")),
        ]
        return document
    }()

    private func amendment(_ change: String) throws -> Amendment {
        let milestones = try DesignReader(
            "## Milestones\n\n### M1 A\n\n- does: questions\n\n### M2 B\n\n- does: search\n- gate: R1\n\n"
                + "### M3 C\n\n- does: service\n- gate: R2\n"
        ).milestones
        return Amendment(change, requirements: Self.document, milestones: milestones, results: nil)
    }

    @Test(
        "What a change touches",
        arguments: [
            ("R1 ≥ 90 %", ["R1"], "≥ 90 %", ["M2", "M3"]),
            ("latency p95 of 500 ms", ["R2"], "≤ 500 ms", ["M3"]),
            ("latency within 0.5s", ["R2"], "≤ 0.5 s", ["M3"]),
            ("R2", ["R2"], nil, ["M3"]),
            ("add documents of the archive", [], nil, ["M1", "M2", "M3"]),
        ] as [(String, [String], String?, [String])])
    func touched(change: String, ids: [String], then: String?, milestones: [String]) throws {
        let amendment = try amendment(change)
        #expect(amendment.requirements.map(\.id) == ids && amendment.isUnderstood)
        #expect(amendment.requirements.first?.then == then)
        #expect(amendment.milestones == milestones)
    }

    @Test func `what nobody understands is said to be a new requirement`() throws {
        let amendment = try amendment("make it nicer \u{1B}[31m")
        #expect(!amendment.isUnderstood && amendment.requirements.isEmpty && amendment.milestones.isEmpty)
        #expect(amendment.text.contains("a new requirement"))
    }

    /// The requirements of the demo's project, as far as sentences of users are about them.
    private static let demo = {
        var document = RequirementsDocument()
        document.requirements = [
            Requirement(id: "R1", text: "", metric: "evidence_hit@5", criterion: Criterion(.atLeast, 80, "%")),
            Requirement(id: "R2", text: "", metric: "latency p95", criterion: Criterion(.atMost, 1, "s")),
            Requirement(id: "R3", text: "", metric: "latency p95 under load", criterion: Criterion(.atMost, 1, "s")),
            Requirement(id: "R4", text: "", metric: "cost", criterion: Criterion(.atMost, 0, "¢ per query")),
            Requirement(id: "R5", text: "", metric: "staleness", criterion: Criterion(.atMost, 24, "h")),
            Requirement(id: "R6", text: "", metric: "abstention_recall", criterion: Criterion(.atLeast, 90, "%")),
        ]
        document[.assumptions] = [
            "Questions come in en. (languages, Ada, 2026-11-22)", "How they change: never. (changes, Ada, 2026-11-22)",
        ]
        document[.outOfScope] = ["Another language than the question's. (translation, Ada, 2026-11-22)"]
        return document
    }()

    @Test(
        "Sentences as people say them",
        arguments: [
            ("answers must also cover German documents", [], 2, true),
            ("also answer in French", [], 2, true),
            ("latency under 200 ms", ["R2", "R3"], 0, false),
            ("it should be faster", ["R2", "R3"], 0, false),
            ("drop the abstention requirement", ["R6"], 0, false),
            ("documents change daily", ["R5"], 1, false),
            ("change the documents to the manuals", [], 0, true),
            ("cheaper", ["R4"], 0, false),
            ("remove the old documents", [], 0, true),
        ] as [(String, [String], Int, Bool)])
    func sentences(change: String, ids: [String], notes: Int, isAnew: Bool) throws {
        let amendment = Amendment(change, requirements: Self.demo, milestones: [], results: nil)
        #expect(amendment.isUnderstood && amendment.requirements.map(\.id) == ids)
        #expect(amendment.notes.count == notes, "\(amendment.notes)")
        #expect(amendment.trials.contains("measured anew, because") == isAnew, "\(amendment.trials)")
        #expect(amendment.requirements.allSatisfy { $0.isRemoved == change.hasPrefix("drop") })
    }

    @Test func `what is taken out, and what says no number, is told as that`() {
        func text(_ change: String) -> String {
            Amendment(change, requirements: Self.demo, milestones: [], results: nil).text
        }
        #expect(text("drop R6").contains("R6 (≥ 90 % -> taken out)"))
        #expect(text("cheaper").contains("R4 (≤ 0 ¢ per query; the change says no new number)"))
        #expect(text("R2 ≤ 2 s").contains("R2 (≤ 1 s -> ≤ 2 s)"))
    }
}

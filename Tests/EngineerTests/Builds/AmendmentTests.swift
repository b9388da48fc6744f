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
}

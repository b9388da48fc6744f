import Testing

@testable import Engineer

@Suite struct ConstraintTests {
    private func constraints(_ yaml: String) throws -> [Constraint] {
        try ProjectFile(yaml: "documents: [a.md]\n" + yaml, file: "neo.yaml", folderName: "p").constraints
    }

    @Test(arguments: [
        ("p95_latency <= 50 ms", Constraint.Quantity.latency(percentile: 95), 50.0),
        ("p50_latency <= 0.5 s", .latency(percentile: 50), 500), ("p50_latency<=250us", .latency(percentile: 50), 0.25),
        ("index_size ≤ 200 MB", .indexSize, 200e6), ("index_size <= 2 KiB", .indexSize, 2048),
        ("cost_per_1000 <= 0.5", .cost, 0.5), ("cost_per_1000 <= $2 USD", .cost, 2),
        ("evidence_recall@500 >= 0.6", .metric("evidence_recall@500"), 0.6),
        ("evidence_mrr <= 0.9", .metric("evidence_mrr"), 0.9),
    ])
    func `A constraint names a quantity, a limit and its unit`(
        text: String, quantity: Constraint.Quantity, limit: Double
    ) throws {
        let constraint = try #require(try constraints("constraints: [\"\(text)\"]").first)
        #expect(constraint.quantity == quantity)
        #expect(constraint.limit == limit)
        #expect(constraint.relation == (text.contains(">=") ? .atLeast : .atMost))
        #expect(constraint.line == 2)
    }

    @Test(arguments: [
        ("p95_latncy <= 50 ms", "Did you mean \"p95_latency\"?"), ("p95_latency = 50 ms", "neither <= nor >="),
        ("p95_latency <= 50", "has no unit; p95_latency is in us, ms, s"),
        ("index_size <= 2 parsecs", "the unit \"parsecs\""),
        ("p95_latency >= 5 ms", "asks for a p95_latency that is large"),
        ("cost_per_1000 <= 2 EUR", "cost_per_1000 is in USD"),
        ("evidence_recall >= 60 %", "has no unit, and the constraint"), ("index_size <= MB", "no number"),
        ("evidence_recall >= -1", "no number of at least 0"),
        ("evidence_recall >= 1e999", "no number"), ("", "neither"),
    ])
    func `A constraint that cannot be read is refused with its line and what to write`(text: String, reason: String) {
        let error = #expect(throws: EngineerError.self) {
            try constraints("constraints:\n  - \"index_size <= 1 GB\"\n  - \"\(text)\"\n")
        }
        #expect(error?.message.hasPrefix("neo.yaml:4: ") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test func `Constraints that are no list are refused`() {
        let error = #expect(throws: EngineerError.self) { try constraints("constraints: p95_latency <= 5 ms") }
        #expect(error?.message.hasPrefix("neo.yaml:2: `constraints` must be a list") == true)
    }
}

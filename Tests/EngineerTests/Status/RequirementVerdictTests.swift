import Base
import Testing

@testable import Engineer

@Suite struct RequirementVerdictTests {
    @Test(
        arguments: [
            ("latency p95", .latency(percentile: 95)), ("P95_latency", .latency(percentile: 95)),
            ("retrieval latency p50", .latency(percentile: 50)),
            ("latency p95 under load", .logged("latency p95 under load")),
            ("cost", .cost), ("cost per query", .cost), ("index_size", .indexSize),
            ("evidence_hit@5", .metric("evidence_hit@5")), ("evidence hit at 5", .metric("evidence_hit@5")),
            ("Recall at 10", .metric("recall@10")), ("ndcg@10", .metric("ndcg@10")), ("map", .metric("map")),
            ("recall of evidence", .logged("recall of evidence")),
            ("evidence_hit@5 across languages", .logged("evidence_hit@5 across languages")),
            ("abstention recall", .answers("abstention_recall")), ("answered", .answers("answered")),
            ("unread files", .unreadFiles), ("calls of served models", .servedCalls),
            ("documents with personal data", .personalDocuments), ("staleness", .logged("staleness")),
            ("", .logged("")),
        ] as [(String, MeasuredQuantity)])
    func `A metric is known by the names that people write`(name: String, quantity: MeasuredQuantity) {
        #expect(MeasuredQuantity(named: name) == quantity)
    }

    private static func verdict(
        _ criterion: Criterion?, _ value: Double, _ lower: Double? = nil, _ upper: Double? = nil,
        _ basis: MeasuredValue.Basis = .heldOut, isLowerBound: Bool = false
    ) -> RequirementVerdict {
        var measured = MeasuredValue(
            value: value, basis: basis, count: 120, noun: "question", measured: "2026-11-22T10:00:00Z")
        (measured.lower, measured.upper, measured.isLowerBound) = (lower, upper, isLowerBound)
        return RequirementVerdict(
            of: Requirement(id: "R1", text: "The service shall cite.", metric: "m", criterion: criterion),
            .success(measured))
    }

    /// A test, an interval with its value, and what follows.
    struct Case: Sendable {
        let criterion: Criterion?
        let value: Double
        let lower: Double?
        let upper: Double?
        let state: RequirementVerdict.State

        init(
            _ criterion: Criterion?, _ value: Double, _ lower: Double?, _ upper: Double?,
            _ state: RequirementVerdict.State
        ) {
            (self.criterion, self.value, self.lower, self.upper, self.state) = (criterion, value, lower, upper, state)
        }
    }

    @Test(arguments: [
        Case(Criterion(.atLeast, 80, "%"), 0.9, 0.85, 0.95, .met),
        Case(Criterion(.atLeast, 90, "%"), 0.9, 0.9, 0.95, .met),
        Case(Criterion(.above, 90, "%"), 0.9, 0.9, 0.95, .undetermined),
        Case(Criterion(.atLeast, 96, "%"), 0.9, 0.85, 0.95, .notMet),
        Case(Criterion(.atLeast, 0.9), 0.9, 0.85, 0.95, .undetermined),
        Case(Criterion(.atMost, 800, "ms"), 0.5, 0.4, 0.8, .met),
        Case(Criterion(.atMost, 800, "ms"), 0.9, 0.85, nil, .notMet),
        Case(Criterion(.equal, 0, "files"), 0, nil, nil, .met),
        Case(Criterion(.equal, 0, "files"), 2, nil, nil, .notMet),
        Case(Criterion(.atMost, 1, "¢ per query"), 0.01, nil, nil, .met),
        Case(Criterion(.below, 1, "¢ per query"), 0.01, nil, nil, .notMet),
    ])
    func `A test is met where the whole interval meets it, and not where none of it does`(sample: Case) {
        let verdict = Self.verdict(sample.criterion, sample.value, sample.lower, sample.upper)
        #expect(verdict.state == sample.state, "\(verdict.sentence)")
    }

    @Test func `A part of the whole can only break a limit, and questions that chose can only show that one is missed`()
    {
        let limit = Criterion(.atMost, 800, "ms")
        #expect(Self.verdict(limit, 0.5, 0.4, 0.6, .requests, isLowerBound: true).state == .undetermined)
        #expect(Self.verdict(limit, 0.9, 0.85, 0.95, .requests, isLowerBound: true).state == .notMet)
        let share = Criterion(.atLeast, 80, "%")
        #expect(Self.verdict(share, 0.95, 0.9, 1, .search).state == .undetermined)
        #expect(Self.verdict(share, 0.5, 0.4, 0.6, .search).state == .notMet)
        #expect(Self.verdict(share, 0.95, 0.9, 1, .crossFitted).state == .met)
    }

    @Test func `A value is told in the unit of its test`() {
        let verdict = Self.verdict(Criterion(.atMost, 2, "s"), 0.8, 0.7, nil, .requests)
        #expect(verdict.sentence.hasPrefix("0.800 s (95 % interval 0.700 and more), 120 questions, 2026-11-22."))
        let files = Self.verdict(Criterion(.equal, 0, "files"), 3, nil, nil, .documents)
        #expect(files.sentence == "3 files, 120 questions read on 2026-11-22.")
        let quick = Self.verdict(Criterion(.atMost, 2, "s"), 0.000312, 0.0002, 0.0004, .requests)
        #expect(quick.sentence.hasPrefix("0.000312 s (95 % interval 0.000200 to 0.000400)"))
        let share = Self.verdict(Criterion(.atLeast, 80, "%"), 0.9, 0.85, 0.95)
        #expect(
            share.sentence
                == "90.00 % (95 % interval 85.00 to 95.00), 120 questions that the search did not see, 2026-11-22.")
    }

    @Test func `The rows that miss a test by themselves come the worst first`() {
        var measured = MeasuredValue(value: 0.6, basis: .heldOut, count: 3, noun: "question", measured: "2026")
        (measured.lower, measured.upper) = (0.2, 0.9)
        measured.rows = [.init(id: "a", value: 0.5), .init(id: "b", value: 1), .init(id: "c", value: 0)]
        let verdict = RequirementVerdict(
            of: Requirement(id: "R1", text: "", metric: "recall@5", criterion: Criterion(.atLeast, 80, "%")),
            .success(measured))
        #expect(verdict.failing.map(\.id) == ["c", "a"])
    }

    @Test func `Only another text or test is another requirement`() {
        let requirement = Requirement(
            id: "R1", text: "The service shall cite.", metric: "m", criterion: Criterion(.atMost, 1, "s"),
            measurement: "x", source: "Ada")
        var other = requirement
        other.source = "Bob"
        #expect(other.fingerprint == requirement.fingerprint)
        for change: (inout Requirement) -> Void in [
            { $0.text += " Now." }, { $0.metric = "n" }, { $0.criterion = Criterion(.atMost, 2, "s") },
            { $0.criterion = Criterion(.below, 1, "s") }, { $0.measurement = "y" },
        ] {
            var changed = requirement
            change(&changed)
            #expect(changed.fingerprint != requirement.fingerprint)
        }
    }

    @Test func `What changed since a measurement is named`() {
        let then = MeasurementState(settings: "a", golden: "b", files: "c", requirements: nil)
        var now = then
        #expect(then.changes(to: now).isEmpty)
        now.golden = "d"
        now.files = nil
        #expect(then.changes(to: now) == ["the golden questions", "the documents, which cannot be read now"])
        #expect(MeasurementState(json: then.json) == then)
        // Nobody noted the files: nothing is said of them.
        #expect(MeasurementState(settings: "a", golden: "b", files: nil, requirements: nil).changes(to: then) == [])
    }
}

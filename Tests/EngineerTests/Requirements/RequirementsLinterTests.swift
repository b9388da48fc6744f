import Testing

@testable import Engineer

@Suite struct RequirementsLinterTests {
    private static func requirement(
        _ text: String, id: String = "R1", metric: String = "latency p95",
        _ criterion: Criterion? = Criterion(.atMost, 800, "ms")
    ) -> Requirement {
        Requirement(
            id: id, text: text, metric: metric, criterion: criterion, measurement: "200 questions", source: "Ada")
    }

    private static func findings(_ requirements: Requirement...) -> [RequirementFinding] {
        var document = RequirementsDocument()
        document.requirements = requirements
        return RequirementsLinter.findings(in: document, lines: requirements.indices.map { 10 * $0 + 1 })
    }

    @Test(arguments: [
        "When a question comes, the service shall answer within 800 ms.",
        "The service shall cite each passage that it quotes.",
        "The service shall return between 2 and 5 passages.",
        "If no passage is found, then the service shall show \"nothing good found, and should ask again\".",
    ])
    func `A requirement that can be measured is in order`(text: String) {
        #expect(Self.findings(Self.requirement(text)).map(\.sentence) == [])
    }

    @Test(arguments: [
        ("The service shall answer and shall cite.", [RequirementFinding.Rule.shall, .response]),
        ("The service should answer within 800 ms.", [.shall]),
        ("The service answers within 800 ms.", [.shall]),
        ("", [.shall]),
        ("It shall answer within 800 ms.", [.subject]),
        ("The service shall answer or abstain.", [.response]),
        ("The service shall be of use to everybody.", [.observable]),
        ("The service shall answer quickly.", [.vague]),
        ("The service shall return user-friendly pages as soon as possible.", [.vague, .vague, .vague]),
        ("The service shall answer fa\u{200B}st.", [.hidden]),
    ])
    func `Each fault of a sentence is told by its rule`(text: String, rules: [RequirementFinding.Rule]) {
        #expect(Self.findings(Self.requirement(text)).map(\.rule) == rules)
    }

    @Test func `A finding says which requirement, in which line, and what to do instead`() {
        let findings = Self.findings(
            Self.requirement("The service shall cite."), Self.requirement("The service shall answer quickly.", id: "R2")
        )
        #expect(findings.map(\.requirements) == [["R2"]] && findings.first?.line == 11)
        #expect(
            findings.first?.sentence
                == "R2: \"quickly\" means something else to everybody; say a time and the share of requests that keeps it, "
                + "as \"within 800 ms for 95 % of questions\".")
    }

    @Test func `What has no test, no source or no name of its own is told`() {
        let bare = Requirement(id: "R1", text: "The service shall cite.")
        #expect(Self.findings(bare).map(\.rule) == [.test, .source])
        let named = Self.requirement("The service shall cite.")
        #expect(Self.findings(named, named).map(\.rule) == [.id])
        #expect(Self.findings(Self.requirement("The service shall cite.", id: "R 1\nx")).map(\.rule) == [.id])
        #expect(Self.findings().map(\.rule) == [.none])
        var commented = named
        commented.prose = Prose("<!-- and nothing else -->")
        #expect(Self.findings(commented).map(\.rule) == [.hidden])
        commented.prose = Prose("\tcode\nand \u{202E}more")
        #expect(Self.findings(commented).map(\.rule) == [.hidden])
    }

    @Test(
        arguments: [
            ("latency p95", Criterion(.below, 0, "ms"), RequirementFinding.Rule.impossible),
            ("latency p95", Criterion(.atMost, -5, "s"), .impossible),
            ("latency p95", Criterion(.above, 0, "s"), .impossible),
            ("latency p95", Criterion(.atMost, 5, "USD"), .unit),
            ("recall at 10", Criterion(.atLeast, 1.2), .impossible),
            ("recall at 10", Criterion(.atLeast, 95), .impossible),
            ("recall at 10", Criterion(.above, 100, "%"), .impossible),
            ("recall at 10", Criterion(.atMost, 100, "%"), .impossible),
            ("recall at 10", Criterion(.atLeast, 95, "%"), nil),
            ("recall at 10", Criterion(.equal, 1), nil),
            ("recall at 10", Criterion(.atLeast, 0.9, "s"), .unit),
            ("probability of a leak", Criterion(.below, 0), .impossible),
            ("cost", Criterion(.below, 0, "USD per query"), .impossible),
            ("cost", Criterion(.atMost, 0, "USD per query"), nil),
            ("latency per token", Criterion(.atMost, 20, "ms per token"), nil),
        ] as [(String, Criterion?, RequirementFinding.Rule?)])
    func `A threshold that nothing or everything meets is told`(
        metric: String, criterion: Criterion?, rule: RequirementFinding.Rule?
    ) {
        let findings = Self.findings(Self.requirement("The service shall cite.", metric: metric, criterion))
        #expect(findings.map(\.rule) == [rule].compactMap { $0 }, "\(findings.map(\.sentence))")
    }

    @Test(
        arguments: [
            ("answer within 800 ms", Criterion(.atMost, 1, "s"), true),
            ("answer within 1 s", Criterion(.atMost, 1000, "ms"), false),
            ("answer within 800ms", Criterion(.atMost, 0.8, "s"), false),
            ("answer within 2 s for 95 % of questions", Criterion(.atMost, 2, "s"), false),
            ("answer within 2 s for 95 % of questions", Criterion(.atLeast, 95, "%"), false),
            ("answer within 2 s for 95 % of questions", Criterion(.atLeast, 0.9), true),
            ("answer for $0.02", Criterion(.atMost, 2, "cents per query"), false),
            ("answer for 3 cents", Criterion(.atMost, 2, "cents per query"), true),
            ("return 5 passages", Criterion(.atLeast, 80, "%"), false),
            ("read 1,000 files", Criterion(.equal, 1000, "files"), false),
            ("keep a recall of at least 0.9.", Criterion(.atLeast, 80, "%"), true),
            ("show \"3 s\"", Criterion(.atMost, 2, "s"), false),
        ] as [(String, Criterion?, Bool)])
    func `A number of the sentence that is another one than its test's is told`(
        response: String, criterion: Criterion?, isFound: Bool
    ) {
        let findings = Self.findings(Self.requirement("The service shall \(response)", metric: "figure", criterion))
        #expect(findings.map(\.rule) == (isFound ? [.number] : []), "\(findings.map(\.sentence))")
    }

    private static let event = "When a question comes, the service shall answer in that time."
    private static let other = "When the index is old, the service shall answer in that time."
    private static let always = "The service shall answer in that time."

    /// Two requirements by their sentences and criteria, and what is to be found.
    struct Pair: Sendable {
        let first: String
        let one: Criterion?
        let second: String
        let two: Criterion?
        let rule: RequirementFinding.Rule?

        init(
            _ first: String, _ one: Criterion?, _ second: String, _ two: Criterion?, _ rule: RequirementFinding.Rule?
        ) {
            (self.first, self.one, self.second, self.two, self.rule) = (first, one, second, two, rule)
        }
    }

    @Test(arguments: [
        Pair(event, Criterion(.atMost, 800, "ms"), event, Criterion(.atLeast, 1, "s"), .contradiction),
        Pair(event, Criterion(.atMost, 800, "ms"), always, Criterion(.above, 1, "s"), .contradiction),
        Pair(event, Criterion(.atMost, 800, "ms"), other, Criterion(.atLeast, 1, "s"), nil),
        Pair(event, Criterion(.atMost, 1000, "ms"), event, Criterion(.atLeast, 1, "s"), nil),
        Pair(event, Criterion(.below, 1000, "ms"), event, Criterion(.atLeast, 1, "s"), .contradiction),
        Pair(event, Criterion(.equal, 1, "min"), event, Criterion(.equal, 60, "seconds"), nil),
        Pair(event, Criterion(.equal, 1, "min"), event, Criterion(.equal, 61, "s"), .contradiction),
        Pair(event, Criterion(.atMost, 1, "s"), event, Criterion(.atMost, 2, "s"), nil),
    ])
    func `Two that no value meets are a contradiction where one's conditions include the other's`(pair: Pair) {
        let findings = Self.findings(
            Self.requirement(pair.first, pair.one),
            Self.requirement(pair.second, id: "R2", metric: "Latency, p95", pair.two))
        #expect(findings.map(\.rule) == [pair.rule].compactMap { $0 }, "\(findings.map(\.sentence))")
        #expect(findings.allSatisfy { $0.requirements == ["R1", "R2"] })
    }

    @Test func `Another subject or metric is no contradiction, and units that cannot be compared are told`() {
        let slow = Criterion(.atLeast, 5, "tokens per question")
        let fast = Criterion(.atMost, 2, "tokens/question")
        let one = Self.requirement("The service shall write.", metric: "length", slow)
        #expect(Self.findings(one, Self.requirement("The index shall write.", id: "R2", metric: "length", fast)) == [])
        #expect(Self.findings(one, Self.requirement("The service shall write.", id: "R2", metric: "size", fast)) == [])
        let same = Self.requirement("The service shall write.", id: "R2", metric: "length", fast)
        #expect(Self.findings(one, same).map(\.rule) == [.contradiction])
        let words = Self.requirement(
            "The service shall write.", id: "R2", metric: "length", Criterion(.atMost, 2, "words"))
        #expect(Self.findings(one, words).map(\.rule) == [.unit])
    }

    @Test(
        arguments: [
            ("ms", "s", 1e-3), ("%", "", 0.01), ("GB", "b", 1e9), ("KiB", "b", 1024),
            ("cents/query", "usd/query", 0.01),
            ("USD per queries", "usd/query", 1), ("requests per minute", "request/s", 1.0 / 60),
            ("rps", "request/s", 1),
            ("pages", "page", 1), ("", "", 1),
        ] as [(String, String, Double)])
    func `Units of one dimension are converted`(unit: String, dimension: String, factor: Double) {
        #expect(MeasurementUnit(unit).dimension == dimension)
        #expect(abs(MeasurementUnit(unit).factor - factor) < 1e-12 * factor)
    }
}

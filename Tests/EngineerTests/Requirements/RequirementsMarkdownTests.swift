import Base
import Testing

@testable import Engineer

@Suite struct RequirementsMarkdownTests {
    /// What would be something else than text, if it were written as it is.
    private static let hostile: [String] = [
        "", " ", "a\nb", "\n", "\r\n- metric: x", "### R9\n\nThe service shall obey.", "# Title", "## Risks",
        "## Requirements",
        "- metric: recall", "\\- metric: recall", "\\\\### R9", "* item", "+ item", "-", "1. one", "12) one", "> quote",
        "```\ncode\n## Risks\n```", "```", "~~~ open\n### R9", "<!-- hidden", "<script>alert(1)</script>", "a &#10; b",
        "&lt;",
        "&#10;", "\\", "\\\\", "trailing \\", "[link](javascript:x)", "![image](http://example.com/x.png)", "a | b",
        "| --- |",
        "===", "---", "***", "_x_ a_b __c__", "`code`", "~~gone~~", "\u{0}\u{7}\u{1B}[31m", "\u{2028}\u{2029}\u{85}",
        "\u{202E}evil", "\u{301}combining", "a\u{200B}b", "👩‍👩‍👧", "    indented", "\t- tab", "end ", "end #", "Risks",
        "risks",
        "≤ 800 ms", "≤", "- test: quick", "The service shall shall shall.", "a\n\n\nb", "\n\n# x\n\n", "#", "##", "###",
        "####",
        "a\r\n\r\nb", "source: x", "- Source:x", "  - measured by: me", String(repeating: "[x](y) ", count: 3000),
    ]

    private static func document(_ text: (Int) -> String) -> RequirementsDocument {
        var next = 0
        func some() -> String {
            next += 1
            return text(next)
        }
        var document = RequirementsDocument()
        document.title = some()
        document.introduction = Prose(some())
        document.foreword = Prose(some())
        for number in 0..<3 {
            document.requirements.append(
                Requirement(
                    id: some(), text: some(), metric: some(),
                    criterion: number == 1 ? nil : Criterion(.atLeast, -0.5e-7, some()), measurement: some(),
                    source: some(), prose: Prose(some())))
        }
        for topic in RequirementsDocument.Topic.allCases {
            document[topic] = [some(), some()]
            document[remarkOn: topic] = Prose(some())
        }
        document.sections = (0..<2).map { _ in .init(title: some(), prose: Prose(some())) }
        return document
    }

    private static func expectRoundTrip(_ document: RequirementsDocument, _ what: String) throws {
        let text = RequirementsMarkdown.text(of: document)
        let read = RequirementsReader(text)
        let differences = RequirementsDifference.all(from: document, to: read.document).map(\.words)
        #expect(differences == [], "\(what.debugDescription)\n\(text.prefix(3000))")
        #expect(read.document == document, "\(what.debugDescription)")
        #expect(RequirementsMarkdown.text(of: read.document) == text)
        let json = RequirementsDocument(json: try JSONValue(parsing: document.json.canonicalText))
        #expect(json == document, "\(what.debugDescription)")
    }

    @Test(arguments: hostile)
    func `Hostile text in every field reads back as the same text, and is no structure`(text: String) throws {
        try Self.expectRoundTrip(Self.document { _ in text }, text)
    }

    @Test func `Mixtures of hostile texts read back, too`() throws {
        var random = SplitMix64(seed: 8)
        for _ in 0..<150 {
            let document = Self.document { _ in
                (0...Int.random(in: 0...2, using: &random)).map { _ in
                    Self.hostile[Int.random(in: 0..<Self.hostile.count - 1, using: &random)]
                }.joined(separator: Bool.random(using: &random) ? "\n" : "")
            }
            try Self.expectRoundTrip(document, "a mixture")
        }
    }

    @Test func `A document that a person wrote is read by its fields, and the rest is kept as text`() {
        let reader = RequirementsReader(
            """
            # Tea service\r
            Made by *Ada*.

            ## requirements

            First the times.

            ### R1
            When a question comes,
            the service shall answer within 800 ms.
            - Metric: latency p95
            - test: <= 800ms
            - measured by: 200 questions,
              one at a time
            - source: Ada
            - note: this is no field

            ```
            ### R9
            ```
            ### R2

            The service shall cite.

            - test: quick

            ## Risks
            * The documents are old,
              and nobody knows it.
            So we said.

            ## Glossary
            ### Tea
            A drink.
            """)
        let document = reader.document
        #expect(document.title == "Tea service" && document.introduction.text == "Made by *Ada*.")
        #expect(document.foreword.text == "First the times." && reader.lines == [8, 21])
        #expect(
            document.requirements == [
                Requirement(
                    id: "R1", text: "When a question comes, the service shall answer within 800 ms.",
                    metric: "latency p95", criterion: Criterion(.atMost, 800, "ms"),
                    measurement: "200 questions, one at a time", source: "Ada",
                    prose: Prose("- note: this is no field\n\n```\n### R9\n```")),
                Requirement(id: "R2", text: "The service shall cite.", prose: Prose("- test: quick")),
            ])
        #expect(document[.risks] == ["The documents are old, and nobody knows it."])
        #expect(document[remarkOn: .risks].text == "So we said.")
        #expect(document.sections == [.init(title: "Glossary", prose: Prose("### Tea\nA drink."))])
    }

    @Test(arguments: [
        ("≤ 800 ms", Criterion(.atMost, 800, "ms")), (">=0.9", Criterion(.atLeast, 0.9)),
        ("== 5e", Criterion(.equal, 5, "e")),
        ("< -1.5e-3 USD per query", Criterion(.below, -1.5e-3, "USD per query")), ("> 95%", Criterion(.above, 95, "%")),
        ("quick", nil), ("≤ many", nil), ("≤ 1e999", nil), ("", nil), ("800 ms", nil), ("≤ nan", nil),
    ])
    func `A test is a comparison, a number and a unit`(text: String, criterion: Criterion?) {
        #expect(Criterion(written: text) == criterion)
    }

    @Test func `An edit is told by the fields that changed`() {
        var old = RequirementsDocument()
        old.requirements = ["R1", "R2", "R3"].map {
            Requirement(id: $0, text: "The service shall cite.", metric: "citations", criterion: Criterion(.equal, 1))
        }
        old[.risks] = ["one", "two"]
        var new = old
        new.requirements[0].criterion = Criterion(.atLeast, 2)
        new.requirements.remove(at: 1)
        new.requirements.append(Requirement(id: "R4", text: "The service shall\nabstain."))
        new[.risks] = ["two", "three"]
        new.introduction = Prose("Hear me.")
        #expect(
            RequirementsDifference.all(from: old, to: new).map(\.words) == [
                "introduction: (nothing) -> Hear me.", "R2 removed: The service shall cite.", "R1 operator: = -> >=",
                "R1 threshold: 1 -> 2", "R4 added: The service shall abstain.", "risks removed: one",
                "risks added: three",
            ])
        new = old
        new.requirements.swapAt(0, 2)
        #expect(RequirementsDifference.all(from: old, to: new).map(\.words) == ["order moved"])
        #expect(RequirementsDifference.all(from: old, to: old) == [])
    }
}

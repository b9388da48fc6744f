import AutoML
import Base
import Foundation
import TestSupport
import Testing

@testable import Engineer

@Suite struct DesignReaderTests {
    @Test func `milestones are read, and all else is for people`() throws {
        let milestones = try DesignReader(
            """
            # Design

            ### M0 not below the heading

            ## Milestones

            Some words.

            ### M1 The questions

            - does: questions
            - gate: answerable questions >= 20
            - note: mine

            ```
            - gate: not one
            ```

            ### M2 The search

            - does: Search
            - trials: 12
            - minutes: 2.5
            - gate: R1
            - gate: failed trials = 0

            ## Estimate

            - does: nothing
            """
        ).milestones
        #expect(milestones.map(\.id) == ["M1", "M2"] && milestones.map(\.work) == [.questions, .search])
        #expect(milestones[0].gates.map(\.words) == ["answerable questions ≥ 20"] && milestones[0].line == 9)
        #expect(milestones[1].trials == 12 && milestones[1].minutes == 2.5)
        #expect(milestones[1].gates.map(\.words) == ["R1", "failed trials = 0"])
    }

    @Test(
        "What cannot be read says where, and what to write",
        arguments: [
            ("### M1 A\n\n- does: fly", "design.md:5: a milestone does one of questions"),
            ("### M1 A\n\n- does: serach", "Did you mean search?"),
            ("### M1 A\n", "design.md:3: the milestone M1 does not say what is done"),
            ("### \n\n- does: search", "a milestone needs a name"),
            ("### M1 A\n\n- does: search\n- trials: many", "\"trials\" is a whole number"),
            ("### M1 A\n\n- does: search\n- minutes: -1", "\"minutes\" is a number above 0"),
            ("### M1 A\n\n- does: search\n- gate: it is good", "a gate is a requirement, such as R3"),
            ("### M1 A\n\n- does: search\n- gate: failed questions = 0", "\"search\" measures trials, failed trials"),
            ("### M1 A\n\n- does: search\n\n### M1 B\n\n- does: search", "two milestones are called M1"),
            ("nothing", "design.md has no milestones"),
        ])
    func faulty(text: String, sentence: String) {
        let failure = #expect(throws: EngineerError.self) { try DesignReader("## Milestones\n\n" + text) }
        #expect(failure?.message.contains(sentence) == true, "\(failure?.message ?? "")")
    }

    @Test func `a design that is drawn up reads back with the gates of its requirements, whatever these say`()
        async throws
    {
        let hostile = "x\n\n## Milestones\n\n### M9 Mine\n\n- does: search\n\n| ` <b>"
        var requirements = RequirementsDocument()
        requirements.requirements = [
            Requirement(
                id: "R1", text: hostile, metric: "evidence_hit@5", criterion: Criterion(.atLeast, 80, "% | \(hostile)")),
            Requirement(id: "R2", text: hostile, metric: "latency p95", criterion: Criterion(.atMost, 1, "s")),
            Requirement(id: "R3", text: hostile, metric: hostile, criterion: Criterion(.atMost, 1, "s")),
            Requirement(id: "not a name", text: "", metric: "cost", criterion: Criterion(.atMost, 1)),
        ]
        requirements[.outOfScope] = [hostile]
        try await withTemporaryDirectory { folder async throws in
            try Data("name: \(JSONValue.string(hostile).canonicalText)\ndocuments: [d.md]\n".utf8)
                .write(to: URL(filePath: folder + "/neo.yaml"))
            var probe = DesignProbe(measured: "2026-11-22T10:00:00Z")
            (probe.passages, probe.indexing, probe.encoding, probe.asking) = (1000, 2, 0.01, 0.001)
            let input = DesignInput(
                project: try Project(opening: folder), requirements: requirements, requirementsHash: "00", survey: nil,
                space: try SearchSpace([Parameter("chunk.size", .categorical([256, 128]))]), probe: probe,
                questions: 100,
                day: "2026-11-22")
            let markdown = DesignDraft(input).markdown
            let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let groups = LeveledGroup.groups(of: DocumentLine.lines(of: markdown), count: lines.count)
            // Architecture, search space, failure modes, estimate, acceptance tests; each is the last of its section.
            #expect(groups.map { $0.parts.map(\.level) } == Array(repeating: ReaderLevel.allCases, count: 5))
            #expect(groups.allSatisfy { lines[($0.parts.last?.lines.upperBound ?? 0)].hasPrefix("## ") })
            // 40 of 100 questions are held back to judge: 1.96 · √(0.9 · 0.1 / 40).
            #expect(markdown.contains("40 questions that judge a share near 90 % has an interval of about ±9 points"))
            #expect(markdown.contains("0.00 + 2·(2.000 + 1000·0.01000) + 24·100·0.00100 s"))
            let milestones = try DesignReader(markdown).milestones
            #expect(milestones.map(\.id) == ["M1", "M2", "M3", "M4"])
            #expect(milestones.map(\.work) == [.questions, .baseline, .search, .service])
            #expect(milestones[2].gates.map(\.words) == ["R1"])
            #expect(milestones[3].gates.map(\.words) == ["failed questions = 0", "R2"])
            // Two sizes, each 2 s and 1000 passages of 10 ms; 24 trials × 100 questions × 1 ms.
            #expect(abs(input.estimate.seconds - (2 * (2 + 10) + 2.4)) < 1e-9)
        }
    }

    @Test func `a picture holds what names its parts have as text`() throws {
        let diagram = DesignDiagram(
            [.init(id: "a", title: "x\"]\n<b>", detail: "`#;&", column: 0, row: 0)], flows: [("a", "missing")])
        #expect(
            diagram.mermaid == ["flowchart LR", "  a[\"x#34;#93; #60;b#62;<br/>#96;#35;#59;#38;\"]", "  a --> missing"])
        #expect(diagram.svg.contains("x&quot;]") && !diagram.svg.contains("<b>"))
    }
}

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

    @Test func `a design that is drawn up reads back, whatever names its parts have`() throws {
        let diagram = DesignDiagram(
            [.init(id: "a", title: "x\"]\n<b>", detail: "`#;&", column: 0, row: 0)], flows: [("a", "missing")])
        #expect(
            diagram.mermaid == ["flowchart LR", "  a[\"x#34;#93; #60;b#62;<br/>#96;#35;#59;#38;\"]", "  a --> missing"])
        #expect(diagram.svg.contains("x&quot;]") && !diagram.svg.contains("<b>"))
    }
}

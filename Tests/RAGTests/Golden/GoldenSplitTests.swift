import RAG
import Testing

@Suite struct GoldenSplitTests {
    /// Questions that share nothing: no two have a word in common.
    private func questions(_ count: Int, _ change: (Int, inout GoldenQuestion) -> Void = { _, _ in })
        -> [GoldenQuestion]
    {
        (0..<count).map { number in
            var question = GoldenQuestion(id: "q\(1_000 + number)", question: "a\(number) b\(number) c\(number)")
            change(number, &question)
            return question
        }
    }

    @Test("Under 100 answerable questions nothing is held out, but for rows that say so")
    func tooFew() {
        let few = questions(110) { number, question in
            question.isAnswerable = number >= 11
            if number == 5 { question.split = .heldOut }
        }
        let split = GoldenSplit.make(few, seed: 1)
        #expect(split.heldOut == ["q1005"])
        #expect(split.search.count == 109)
    }

    @Test("Each type gives its share, and so do the rare types together")
    func stratified() {
        let many = questions(200) { number, question in
            question.type = number < 100 ? "a" : number < 190 ? "b" : "rare \(number / 4)"
        }
        let heldOut = Set(GoldenSplit.make(many, seed: 3).heldOut)
        #expect(many[..<100].count { heldOut.contains($0.id) } == 40)
        #expect(many[100..<190].count { heldOut.contains($0.id) } == 36)
        #expect(many[190...].count { heldOut.contains($0.id) } == 4)
    }

    @Test("The seed alone decides, not the order of the rows")
    func deterministic() {
        let many = questions(150)
        let split = GoldenSplit.make(many, seed: 7)
        #expect(Set(GoldenSplit.make(many.reversed(), seed: 7).heldOut) == Set(split.heldOut))
        #expect(GoldenSplit.make(many, seed: 8) != split)
        #expect(split.search + split.heldOut != many.map(\.id) && Set(split.search + split.heldOut).count == 150)
    }

    @Test("What belongs together stays together", arguments: [1, 2, 3, 4, 5])
    func clusters(seed: UInt64) {
        let many = questions(120) { number, question in
            switch number {
            case 0..<40: question.group = "g\(number / 4)"
            case 40..<80:
                question.evidence = [[EvidenceQuote(document: "d\(number)", quote: "Same *words* \(number / 2).")]]
            default:
                question.question =
                    "which of the many gates closes at noon number\(number / 2)\(number % 2 == 0 ? "" : "?")"
            }
        }
        // The questions of the last part would all be near each other; keep them to pairs.
        let pairs = many.enumerated().map { number, question in
            var question = question
            if number >= 80 {
                let tail = (0..<9).map { "w\(number / 2)x\($0)" }.joined(separator: " ")
                question.question = tail + (number % 2 == 0 ? " one" : " two")
            }
            return question
        }
        let heldOut = Set(GoldenSplit.make(pairs, seed: seed).heldOut)
        #expect((40...56).contains(heldOut.count))
        for first in stride(from: 0, to: 40, by: 4) {
            #expect([0, 4].contains(pairs[first..<first + 4].count { heldOut.contains($0.id) }))
        }
        for first in stride(from: 40, to: 120, by: 2) {
            #expect(heldOut.contains(pairs[first].id) == heldOut.contains(pairs[first + 1].id))
        }
    }

    @Test("Rows that name their side stay there and take their group along")
    func explicit() {
        let many = questions(120) { number, question in
            question.group = "g\(number / 3)"
            if number == 0 { question.split = .heldOut }
            if number == 3 { question.split = .search }
            if number == 6 { question.split = .heldOut }
            if number == 7 { question.split = .search }
        }
        for seed in 0..<5 {
            let heldOut = Set(GoldenSplit.make(many, seed: UInt64(seed)).heldOut)
            #expect(["q1000", "q1001", "q1002", "q1006"].allSatisfy(heldOut.contains))
            #expect(["q1003", "q1004", "q1005", "q1007", "q1008"].allSatisfy { !heldOut.contains($0) })
        }
    }
}

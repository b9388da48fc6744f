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

    /// Questions of which each document answers several.
    private func questions(_ count: Int, perDocument size: Int) -> [GoldenQuestion] {
        questions(count) { number, question in
            let name = number % 2 == 0 ? "d\(number / size)" : "./d\(number / size)"
            question.evidence = [[EvidenceQuote(document: name, quote: "Quote number \(number).")]]
            question.type = number % 3 == 0 ? "a" : "b"
        }
    }

    @Test("Questions about one document stay together", arguments: [1, 2, 3])
    func documents(seed: UInt64) {
        let many = questions(200, perDocument: 5)
        let heldOut = Set(GoldenSplit.make(many, seed: seed).heldOut)
        for first in stride(from: 0, to: 200, by: 5) {
            #expect([0, 5].contains(many[first..<first + 5].count { heldOut.contains($0.id) }))
        }
        // 40 % of each type, as nearly as documents of 5 questions allow.
        for (type, rows) in Dictionary(grouping: many, by: \.type) {
            let share = Double(rows.count { heldOut.contains($0.id) }) / Double(rows.count)
            #expect(abs(share - 0.4) < 0.1, "type \(type ?? "")")
        }
        #expect(Set(GoldenSplit.clusterNames(many).values).count == 40)
    }

    @Test("Documents do not join where more than a quarter would hang together, or where there are few questions")
    func largeDocuments() {
        #expect(Set(GoldenSplit.clusterNames(questions(120, perDocument: 30)).values).count == 4)
        #expect(Set(GoldenSplit.clusterNames(questions(120, perDocument: 31)).values).count == 120)
        #expect(Set(GoldenSplit.clusterNames(questions(99, perDocument: 5)).values).count == 99)
        var few = questions(6)
        few[1].group = "g"
        few[4].group = "g"
        #expect(GoldenSplit.clusterNames(few)["q1004"] == "q1001")
    }

    @Test("A split can be forced, and leaves questions on both sides", arguments: [2, 5, 20, 99])
    func forced(count: Int) {
        let few = questions(count)
        #expect(GoldenSplit.make(few, seed: 1).heldOut.isEmpty)
        let split = GoldenSplit.make(few, seed: 1, isForced: true)
        #expect(abs(Double(split.heldOut.count) - 0.4 * Double(count)) <= 0.5)
        #expect(!split.search.isEmpty)
        #expect(GoldenSplit.make(questions(1), seed: 1, isForced: true).heldOut.isEmpty)
    }
}

import RAG
import TestSupport
import Testing

@testable import Engineer

@Suite struct AnswerLabellingTests {
    private static let answers = (0..<10).map {
        JudgedAnswer(JudgeItem(id: "q\($0)", question: "Q\($0)?", answer: "A\($0)", goldenAnswers: ["G\($0)"]))
    }

    /// Labels with these replies; gives back the labels, how often they were kept, and what was shown.
    private func label(
        _ replies: [String], _ known: [JudgedAnswer] = [], wanted: Int = 5
    ) throws -> (labels: [JudgedAnswer], kept: [Int], shown: [String]) {
        let (shown, kept) = (Collected<String>(), Collected<Int>())
        let labelling = AnswerLabelling(.correctness, wanted: wanted) { text in
            shown.add(text)
            return shown.all.count <= replies.count ? replies[shown.all.count - 1] : nil
        } keep: { labels in
            kept.add(labels.count)
        }
        return (try labelling.labels(known, of: Self.answers, seed: 1), kept.all, shown.all)
    }

    @Test func `Each label is kept at once, until there are enough`() throws {
        let (labels, kept, shown) = try label(["y", " N ", "p", "0.25", "yes", "never asked"])
        #expect(labels.compactMap(\.label) == [1, 0, 0.5, 0.25, 1])
        #expect(kept == [1, 2, 3, 4, 5])
        #expect(shown.count == 5)
        #expect(shown[0].contains("1 of 5") && shown[0].contains("right is: G") && shown[0].contains("answer: A"))
    }

    @Test func `What is no label is asked for again; one may skip, and stop`() throws {
        let (labels, kept, shown) = try label(["?", "2", "y", "s", "q"])
        #expect(labels.count == 1 && kept == [1])
        #expect(shown[1].contains("y, n, p, s or q"))
        #expect(try label([]).labels.isEmpty)
    }

    @Test func `The same command goes on where it stopped, in an order of its own`() throws {
        let first = try label(["y", "y", "q"]).labels
        let (all, kept, shown) = try label(["n", "n", "n"], first)
        #expect(all.prefix(2) == first.prefix(2))
        #expect(Set(all.map(\.item.id)).count == 5)
        #expect(kept == [3, 4, 5] && shown[0].contains("3 of 5"))
        #expect(all.map(\.item.id) != ["q0", "q1", "q2", "q3", "q4"])
        #expect(try label(["y"], all).shown.isEmpty)
    }
}

internal import Base
package import RAG

/// Asks a person for labels, one answer after the other, and keeps each at once.
package struct AnswerLabelling: Sendable {
    private let criterion: JudgeCriterion
    private let wanted: Int
    private let ask: @Sendable (_ text: String) -> String?
    private let keep: @Sendable ([JudgedAnswer]) throws -> Void

    /// A conversation.
    ///
    /// - Parameters:
    ///   - wanted: how many labels there shall be.
    ///   - ask: shows a text and waits for a line; nil at the end of the input.
    ///   - keep: keeps all labels so far.
    package init(
        _ criterion: JudgeCriterion, wanted: Int, ask: @escaping @Sendable (String) -> String?,
        keep: @escaping @Sendable ([JudgedAnswer]) throws -> Void
    ) {
        self.criterion = criterion
        self.wanted = wanted
        self.ask = ask
        self.keep = keep
    }

    /// Asks until there are enough labels, nothing is left to ask, or the person stops.
    ///
    /// The answers are asked in a random order that depends on the seed alone: labels of the first ones in a file would
    /// tell little of the others.
    /// - Parameter labelled: what has a label already.
    /// - Returns: All labels.
    package func labels(_ labelled: [JudgedAnswer], of answers: [JudgedAnswer], seed: UInt64) throws -> [JudgedAnswer] {
        var labels = labelled
        let known = Set(labelled.map(\.item.id))
        var generator = SplitMix64(seed: seed, stream: "labels")
        let open = answers.filter { criterion.applies(to: $0.item) && !known.contains($0.item.id) }
            .shuffled(using: &generator)
        asking: for answer in open where labels.count < wanted {
            var text = show(answer.item, number: labels.count + 1)
            while true {
                guard let line = ask(text) else { break asking }
                switch Self.reply(line) {
                case .label(let label):
                    labels.append(JudgedAnswer(answer.item, writer: answer.writer, label: label))
                    try keep(labels)
                    continue asking
                case .skip: continue asking
                case .quit: break asking
                case nil: text = "Answer y, n, p, s or q, or a number from 0 to 1: "
                }
            }
        }
        return labels
    }

    private enum Reply {
        case label(Double)
        case skip, quit
    }

    private static func reply(_ line: String) -> Reply? {
        switch line.lowercased().filter({ !$0.isWhitespace }) {
        case "y", "yes": .label(1)
        case "n", "no": .label(0)
        case "p", "partly": .label(0.5)
        case "s", "skip": .skip
        case "q", "quit": .quit
        case let text: Double(text).flatMap { (0...1).contains($0) ? .label($0) : nil }
        }
    }

    private func show(_ item: JudgeItem, number: Int) -> String {
        var lines = ["\n\(number) of \(wanted): \(item.id)", "  question: \(item.question)"]
        switch criterion {
        case .correctness: lines += item.goldenAnswers.map { "  right is: \($0)" }
        case .faithfulness, .citations: lines += item.passages.map { "  passage: \($0)" }
        case .relevance: break
        }
        lines.append("  answer: \(item.answer)")
        let asked =
            switch criterion {
            case .correctness: "Is the answer correct?"
            case .faithfulness: "Does all of it stand in the passages?"
            case .relevance: "Does it answer the question, right or wrong?"
            case .citations: "Do the passages say what they are cited for?"
            }
        return lines.joined(separator: "\n") + "\n\(asked) y yes, n no, p partly, s skip, q stop (all is kept): "
    }
}

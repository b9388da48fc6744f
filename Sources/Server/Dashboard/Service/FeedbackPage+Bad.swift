internal import Base
internal import Engineer
internal import Storage

extension DashboardPages {
    /// What somebody said against an answer: thumb and correction together.
    struct BadAnswer: Sendable {
        var row: FeedbackRow
        var isCorrected: Bool

        /// Takes from an earlier row what the later one does not say.
        mutating func add(_ earlier: FeedbackRow) {
            isCorrected = isCorrected || earlier.kind == .correction
            row.reason = row.reason ?? earlier.reason
            row.comment = row.comment ?? earlier.comment
            row.correction = row.correction ?? earlier.correction
            row.question = row.question ?? earlier.question
            row.text = row.text ?? earlier.text
        }
    }

    /// The answers that people did not like or corrected, the latest first, and how many there are of which nothing else is known.
    static func bad(_ rows: [FeedbackRow]) -> (told: [BadAnswer], silent: Int) {
        var answers: [BadAnswer] = []
        var places: [String: Int] = [:]
        for row in rows where row.kind == .correction || row.kind == .thumb && row.rating == -1 {
            let key = row.answer + "\n" + row.rater
            if let place = places[key] {
                answers[place].add(row)
            } else {
                places[key] = answers.count
                answers.append(BadAnswer(row: row, isCorrected: row.kind == .correction))
            }
        }
        let told = answers.filter { answer in
            [answer.row.question, answer.row.comment, answer.row.correction, answer.row.reason].contains { $0 != nil }
        }
        return (told, answers.count - told.count)
    }

    /// One of them.
    static func card(_ answer: BadAnswer) -> JSONValue {
        func text(_ value: String?) -> JSONValue { .string(PageWords.shortened(value ?? "", 4000)) }
        let row = answer.row
        return [
            "id": .string(String(row.id)), "at": PageWords.time(row.time),
            "what": .string(answer.isCorrected ? "Corrected" : "Bad answer"),
            "release": .string(row.release.map { "release \($0)" } ?? "no release"),
            "reason": .string(row.reason.flatMap(FeedbackReason.init)?.words ?? ""),
            "question": text(row.question ?? "The question was not kept."), "comment": text(row.comment),
            "correction": text(row.correction), "answer": text(row.text),
            "request": .string(PageWords.shortened(row.answer, 80)), "isFlood": .bool(!row.counts),
        ]
    }
}

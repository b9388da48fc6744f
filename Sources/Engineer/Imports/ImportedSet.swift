internal import RAG

/// What was read from somebody else's format, before its quotes have documents.
struct ImportedSet {
    /// A question, and the passages that support it but do not say where they stand.
    struct Entry {
        var question: GoldenQuestion
        var contexts: [String] = []
        /// Where it came from, for messages.
        var line: Int
    }

    /// The format's name.
    var format: String
    private(set) var entries: [Entry] = []
    /// How often which reason led to something being left out.
    private(set) var dropped: [String: Int] = [:]
    private var positions: [String: Int] = [:]

    init(format: String) {
        self.format = format
    }

    mutating func drop(_ reason: String, count: Int = 1) {
        dropped[reason, default: 0] += count
    }

    /// Adds a question. Rows with the same question are one question with more evidence, as tables write it; an id
    /// that another question has gets a number.
    mutating func add(_ entry: Entry) {
        let key = entry.question.question
        if let position = positions[key], entries[position].question.isAnswerable == entry.question.isAnswerable {
            entries[position].merge(entry)
            return
        }
        var entry = entry
        if entry.question.id.isEmpty { entry.question.id = "q\(entries.count + 1)" }
        let wanted = entry.question.id
        var number = 2
        while positions["id " + entry.question.id] != nil {
            entry.question.id = "\(wanted)-\(number)"
            number += 1
        }
        positions["id " + entry.question.id] = entries.count
        positions[key] = entries.count
        entries.append(entry)
    }
}

extension ImportedSet.Entry {
    fileprivate mutating func merge(_ other: ImportedSet.Entry) {
        question.answers += other.question.answers.filter { !question.answers.contains($0) }
        question.evidence += other.question.evidence.filter { !question.evidence.contains($0) }
        question.relevance.merge(other.question.relevance) { max($0, $1) }
        contexts += other.contexts.filter { !contexts.contains($0) }
    }
}

/// When checks are due, and what of their results is new to the model.
struct CheckProgress: Sendable, Hashable {
    /// Whether a file was edited since checks last ran, so that they run when the turn's calls are over.
    private(set) var isDue = false
    /// Whether anything may have changed since they last ran.
    private(set) var isStale = false
    /// The checks that were red when they last ran.
    private(set) var red: [String] = []
    private var told: [CheckResult] = []
    private var isWarned = false

    /// A call changes something.
    ///
    /// - Parameter byEdit: whether it edits files by name; what programs change is looked at in the end.
    mutating func changed(byEdit: Bool) {
        isDue = isDue || byEdit
        isStale = true
    }

    /// Takes in what checks found.
    ///
    /// - Returns: what the model is told; nil where it knows.
    mutating func took(_ results: [CheckResult]) -> String? {
        isDue = false
        isStale = false
        let failed = results.filter { !$0.isGreen }
        let mended = red.filter { name in !failed.contains { $0.name == name } }
        red = failed.map(\.name)
        guard !failed.isEmpty else {
            told = []
            // Who has mended them may end with a new mistake later, and is told again.
            isWarned = false
            return mended.isEmpty ? nil : "The project's checks are green again: \(mended.joined(separator: ", "))."
        }
        let parts = failed.map { result in
            told.contains(result) ? "\(result.name) is red as before." : "\(result.name) is red:\n\(result.text)"
        }
        let isNew = failed != told
        told = failed
        guard isNew else { return nil }
        return "The project's checks ran after your changes.\n" + parts.joined(separator: "\n")
    }

    /// What a model that ends with red checks is told, once.
    mutating func warning() -> String? {
        guard !red.isEmpty, !isWarned else { return nil }
        isWarned = true
        let texts = told.map { "\($0.name):\n\($0.text)" }.joined(separator: "\n")
        return """
            You are about to end, and checks of the project are red:
            \(texts)
            Mend them. If you cannot, or they were red before, say so and end: the user will be told that they are red.
            """
    }
}

/// A step of a build: what is done, and what must hold before the next one begins.
package struct Milestone: Sendable, Hashable, Identifiable {
    /// What can be done.
    package enum Work: String, Sendable, Hashable, CaseIterable {
        /// Looks the golden questions over.
        case questions
        /// Measures the default configuration.
        case baseline
        /// Searches for the best one.
        case search
        /// Asks the winner every question, and scores its answers.
        case answers
        /// Builds the winner and asks it questions, as a service would be asked.
        case service

        /// What it measures that a gate can be about, besides requirements.
        package var figures: [String] {
            switch self {
            case .questions: ["golden questions", "answerable questions", "rows with errors"]
            case .baseline: ["failed questions"]
            case .search: ["trials", "failed trials"]
            case .answers: ["questions asked"]
            case .service: ["questions asked", "failed questions", "latency p95"]
            }
        }
    }

    /// What must hold before the next one begins.
    package enum Gate: Sendable, Hashable {
        /// A requirement is met.
        case requirement(String)
        /// A figure is as it should be.
        case figure(String, Criterion)

        /// As it stands in the document.
        package var words: String {
            switch self {
            case .requirement(let id): id
            case .figure(let name, let criterion): "\(name) \(criterion.words)"
            }
        }
    }

    /// Its name, such as `M2`.
    package let id: String
    package let title: String
    package let work: Work
    /// How many configurations a search tries.
    package var trials: Int?
    /// How long it may take at most, all attempts together.
    package var minutes: Double?
    package var gates: [Gate] = []
    /// The line of its heading in design.md.
    package var line = 0

    init(id: String, title: String, work: Work) {
        self.id = id
        self.title = title
        self.work = work
    }

    /// As it stands in the document.
    var markdown: [String] {
        var lines = ["### \(id) \(title)", "", "- does: \(work.rawValue)"]
        if let trials { lines.append("- trials: \(trials)") }
        if let minutes {
            lines.append("- minutes: \(Rounding.text(minutes, digits: minutes == minutes.rounded() ? 0 : 1))")
        }
        return lines + gates.map { "- gate: \($0.words)" }
    }
}

internal import Engineer

/// What a build says at a terminal.
enum BuildWords {
    /// All milestones, and what can be done about the one at which it stopped.
    static func text(_ outcome: BuildSession.Outcome) -> String {
        var lines = outcome.milestones.map(\.words)
        if let stopped = outcome.stopped {
            let options = stopped.options
            if !options.isEmpty { lines += ["What can be done:"] + options.map { "  - \($0)" } }
        } else if outcome.isDone {
            lines.append("Built. neo serve serves it; neo status holds it to the requirements.")
        }
        return lines.joined(separator: "\n")
    }
}

internal import AutoML
internal import Base

/// How long a search will take, from what was probed on this machine.
///
/// With `d` documents read in `r` seconds, `c` ways of cutting that the trials reach, `p` passages a way, `e` seconds a
/// passage, `t` trials, `q` questions and `a` seconds a question: `r + c·(i + p·e) + t·q·a`, where `i` is the time of an index
/// without vectors. Smaller passages are more passages, rerankers and parsers cost more, and caches save: it is right within
/// a factor of two or so, which is how it is written.
struct DesignEstimate: Sendable, Hashable {
    let probe: DesignProbe
    let trials: Int
    let questions: Int
    /// Ways of cutting documents that the space has; nil where they cannot be counted.
    let cuttings: Int?

    init(probe: DesignProbe, space: SearchSpace, trials: Int, questions: Int) {
        self.probe = probe
        self.trials = trials
        self.questions = questions
        if let size = space.size, size <= 20_000, let all = space.enumerated {
            cuttings = Set(all.map(RAGCutting.values)).count
        } else {
            cuttings = nil
        }
    }

    /// Ways of cutting that the trials can reach.
    var reached: Int { min(cuttings ?? trials, trials) }
    /// Seconds of indexes and vectors.
    var indexing: Double { Double(reached) * (probe.indexing + Double(probe.passages) * probe.encoding) }
    /// Seconds of asking.
    var asking: Double { Double(trials) * Double(questions) * probe.asking }
    /// Seconds in all.
    var seconds: Double { probe.reading + indexing + asking }
    /// Minutes that a build gives it: three times the estimate, and never less than five.
    var limit: Double { max(5, (3 * seconds / 60).rounded(.up)) }

    /// `40 s to 3 min`.
    static func range(_ seconds: Double) -> String { "\(span(seconds / 2)) to \(span(seconds * 2))" }

    static func span(_ seconds: Double) -> String {
        switch seconds {
        case ..<1: "1 s"
        case ..<90: "\(Rounding.text(seconds, digits: 0)) s"
        case ..<5400: "\(Rounding.text(seconds / 60, digits: 0)) min"
        default: "\(Rounding.text(seconds / 3600, digits: 1)) h"
        }
    }
}

/// Parameters that decide how documents are cut.
private enum RAGCutting {
    static func values(of configuration: Configuration) -> [String: JSONValue] {
        configuration.values.filter { parameters.contains($0.key) }
    }

    private static let parameters: Set<String> = [
        "chunker", "chunk.size", "chunk.overlap", "chunk.sentence_overlap", "chunk.header", "semantic.percentile",
        "semantic.window", "semantic.minimum",
    ]
}

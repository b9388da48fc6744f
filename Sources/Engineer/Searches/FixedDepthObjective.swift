internal import AutoML
internal import RAG
internal import Retrieval

/// Guards a search against an objective that any larger chunk wins.
enum FixedDepthObjective {
    /// Throws where the objective looks at a fixed number of passages while the space varies how long a passage is.
    static func check(_ metric: String, space: SearchSpace) throws(EngineerError) {
        guard EvidenceMetrics.countsChunks(metric) else { return }
        let varied = space.parameters.filter { RAGSpace.passageLength.contains($0.name) && $0.domain.count != 1 }
            .map { "`\($0.name)`" }
        guard !varied.isEmpty else { return }
        throw EngineerError(
            code: .invalidRequest,
            message: "The objective \(metric) looks at a fixed number of passages, but the space varies how long a "
                + "passage is (\(varied.joined(separator: ", "))): the longest would win for their length alone. Take "
                + "`objective: evidence_recall`, which gives all the same amount of text; or give each of these "
                + "parameters one value under `space`; or search all the same with --allow-fixed-k."
        )
    }
}

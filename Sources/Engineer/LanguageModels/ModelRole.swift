/// What a language model is used for.
package enum ModelRole: String, Sendable, Hashable, CaseIterable {
    /// Writes answers.
    case generator
    /// Says how good answers are.
    case judge
    /// Works on a project.
    case agent
    /// Turns texts into vectors.
    case embedding
    /// Scores passages for a question.
    case reranker
}

/// What a language model is wanted for.
package struct ModelUsePurpose: Sendable, Hashable {
    /// What it does.
    package var role: ModelRole
    /// The study that it does it for; nil outside of studies.
    package var study: String?

    /// A purpose.
    package init(_ role: ModelRole, study: String? = nil) {
        self.role = role
        self.study = study
    }
}

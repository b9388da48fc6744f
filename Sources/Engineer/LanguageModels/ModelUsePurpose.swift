/// What a language model is wanted for.
package struct ModelUsePurpose: Sendable, Hashable {
    /// What it does.
    package var role: ModelRole

    /// A purpose.
    package init(_ role: ModelRole) { self.role = role }
}

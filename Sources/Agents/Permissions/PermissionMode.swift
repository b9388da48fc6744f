/// How much an agent may do without asking.
package enum PermissionMode: String, Sendable, Hashable, CaseIterable {
    /// It may only look; also the mode for plans.
    case readOnly = "read-only"
    /// It asks before it changes or runs anything that no rule allows.
    case ask
    /// It may change the workspace and run programs inside walls; it asks for all else.
    case workspace
}

/// What puts the walls up.
package enum SandboxRuntime: String, Sendable, Hashable, Codable, CaseIterable {
    /// bubblewrap and Neo's launcher: namespaces of the machine's kernel.
    case bubblewrap
    /// gVisor's runsc: a kernel of its own, in a process, between a run and the machine's kernel.
    case runsc
}

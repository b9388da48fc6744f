/// Keeps a workspace's files as they are, and brings them back.
///
/// An implementation passes `CheckpointConformance`: what is brought back equals what was kept, byte by byte, and what
/// somebody else changed meanwhile is left alone and named.
package protocol Checkpoints: Sendable {
    /// Keeps the files before an agent changes them.
    ///
    /// - Parameter paths: files that are about to be changed by name, which are kept also where version control ignores
    ///   them.
    /// - Returns: the checkpoint's id; ids grow.
    /// - Throws: `AgentsError` with a sentence where it cannot; nothing is kept then.
    func keep(_ paths: [String]) async throws -> String

    /// Notes that the agent's changes since the last checkpoint end here: what changes from now on is somebody else's.
    func close() async throws

    /// Takes back what agents changed since a checkpoint.
    ///
    /// - Throws: `AgentsError` where there is no such checkpoint.
    func restore(_ id: String) async throws -> RestoreReport
}

/// What was taken back.
package struct RestoreReport: Sendable, Hashable {
    /// Files that are as they were, from the workspace on.
    package var restored: [String]
    /// Files that were not there, and are gone.
    package var removed: [String]
    /// Files that somebody else changed since, which were left as they are.
    package var kept: [String]

    package init(restored: [String] = [], removed: [String] = [], kept: [String] = []) {
        self.restored = restored
        self.removed = removed
        self.kept = kept
    }

    /// For people.
    package var sentence: String {
        func list(_ names: [String]) -> String {
            names.prefix(20).map { ToolText.shown(ToolText.oneLine($0)) }.joined(separator: ", ")
                + (names.count > 20 ? " and \(names.count - 20) more" : "")
        }
        var parts: [String] = []
        if !restored.isEmpty { parts.append("As before: \(list(restored)).") }
        if !removed.isEmpty { parts.append("Removed: \(list(removed)).") }
        if !kept.isEmpty { parts.append("Left alone, because somebody else changed them since: \(list(kept)).") }
        return parts.isEmpty ? "There was nothing to take back." : parts.joined(separator: " ")
    }
}

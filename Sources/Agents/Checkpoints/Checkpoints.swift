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

    /// What `restore` would do now; changes nothing.
    func preview(_ id: String) async throws -> RestoreReport

    /// Takes back what agents changed since a checkpoint. The files as they are now are kept before: the report names
    /// that checkpoint, whose restoring undoes this one.
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
    /// The checkpoint of the files as they were before; nil where nothing was taken back.
    package var before: String?

    package init(restored: [String] = [], removed: [String] = [], kept: [String] = [], before: String? = nil) {
        self.restored = restored
        self.removed = removed
        self.kept = kept
        self.before = before
    }

    /// Whether files change.
    package var isEmpty: Bool { restored.isEmpty && removed.isEmpty }

    /// For people, before it is done.
    package var plan: String {
        var parts: [String] = []
        if !restored.isEmpty { parts.append("As before: \(list(restored)).") }
        if !removed.isEmpty { parts.append("To be removed: \(list(removed)).") }
        if !kept.isEmpty { parts.append("Left alone, because somebody else changed them since: \(list(kept)).") }
        return parts.isEmpty ? "No files change." : parts.joined(separator: " ")
    }

    /// For people.
    package var sentence: String {
        var parts: [String] = []
        if !restored.isEmpty { parts.append("As before: \(list(restored)).") }
        if !removed.isEmpty { parts.append("Removed: \(list(removed)).") }
        if !kept.isEmpty { parts.append("Left alone, because somebody else changed them since: \(list(kept)).") }
        return parts.isEmpty ? "There was nothing to take back." : parts.joined(separator: " ")
    }

    private func list(_ names: [String]) -> String {
        names.prefix(20).map { ToolText.shown(ToolText.oneLine($0)) }.joined(separator: ", ")
            + (names.count > 20 ? " and \(names.count - 20) more" : "")
    }
}

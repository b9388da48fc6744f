package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Skills that `neo skills add` puts into a project or the user's folder, each as a whole or not at all.
package struct SkillStore: Sendable {
    let root: String
    private let origin: Skill.Origin
    private let time: TimeSource

    /// Where they came from, and what they held.
    package var lock: SkillLock { SkillLock(root: root) }

    package init(_ places: SkillPlaces, _ origin: Skill.Origin, time: TimeSource = .system) {
        root = places.root(of: origin)
        self.origin = origin
        self.time = time
    }

    /// What adding did.
    package enum Added: String, Sendable, Hashable {
        case new, replaced, same
    }

    /// Adds a skill, or puts another version in its place.
    ///
    /// - Returns: what it did, and the skill as it lies there.
    package func add(_ source: SkillSource) async throws -> (did: Added, skill: Skill, hash: ContentHash) {
        try await withExclusiveLock(at: busyPath, purpose: "Changing skills") { try await put(source) }
    }

    /// Held while skills are changed, so that no entry of the lock file gets lost.
    private var busyPath: String { root + "/skills.busy" }

    private func put(_ source: SkillSource) async throws -> (did: Added, skill: Skill, hash: ContentHash) {
        try mendWhatWasCutOff()
        let temporary = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        let brought = try await source.bring(into: temporary)
        let (content, name) = (brought.content, brought.skill.name)
        let folder = lock.folder(of: name)
        var entries = try lock.entries()
        let before = entries[name]
        let isThere = SkillFile.kind(folder) != nil
        // What is kept as a version gets lost by no change: so it is where a change was cut off before the lock was written.
        if isThere, let there = try? SkillContent(of: folder), there.hash != before?.current?.hash,
            lock.content(there.hash) == nil
        {
            throw AgentsError(
                .usage,
                "\(folder) was not added as it is: somebody made or changed it. Move it elsewhere, or remove it, then add again."
            )
        }
        let isSame = isThere && before?.current?.hash == content.hash
        if !isSame {
            try lock.keep(content)
            let new = temporary + "/new"
            try content.write(to: new)
            try WholeFile.makeFolder(root + "/skills")
            // The old one stands aside while the new one takes its name.
            if isThere { try putAside(name, in: temporary) }
            do { try FileManager.default.moveItem(atPath: new, toPath: folder) } catch {
                if isThere { try? bringBack(name, from: temporary) }
                throw error
            }
            entries[name] = SkillLock.Entry(
                source: source.text,
                versions: (before?.versions ?? []) + [
                    SkillLock.Version(hash: content.hash, commit: brought.commit, added: time.now().timestamp)
                ])
            try lock.write(entries)
        }
        let skill: Skill
        do { skill = try SkillFolders.skill(folder, origin) } catch {
            throw AgentsError(.storage, "\(folder) cannot be read after it was added: \(error.message).")
        }
        return (isSame ? .same : isThere ? .replaced : .new, skill, content.hash)
    }

    /// Removes a skill that was added; its versions stay in the history.
    package func remove(_ name: String) async throws {
        try await withExclusiveLock(at: busyPath, purpose: "Changing skills") { try takeAway(name) }
    }

    private func takeAway(_ name: String) throws {
        var entries = try lock.entries()
        guard entries[name] != nil else {
            throw AgentsError(
                .usage,
                "\(lock.path) has no skill \"\(ToolText.harmless(ToolText.oneLine(name)))\": only what was added is removed."
            )
        }
        try mendWhatWasCutOff()
        let temporary = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        if SkillFile.kind(lock.folder(of: name)) == .folder { try putAside(name, in: temporary) }
        entries[name] = nil
        try lock.write(entries)
    }
}

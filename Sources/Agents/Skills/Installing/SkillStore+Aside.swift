internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Folders that stand aside while others take their names. A change that is cut off leaves them, and the next one mends that.
extension SkillStore {
    private static let prefix = "skills-part-"

    /// A new folder on the same disk as what is renamed from there, and where no skill is looked for.
    func temporaryFolder() throws -> String {
        let path = "\(root)/\(Self.prefix)\(UUID().uuidString)"
        try WholeFile.makeFolder(path)
        return path
    }

    /// Moves an installed skill into a temporary folder.
    func putAside(_ name: String, in temporary: String) throws {
        try WholeFile.makeFolder(temporary + "/aside")
        try FileManager.default.moveItem(atPath: lock.folder(of: name), toPath: "\(temporary)/aside/\(name)")
    }

    /// Moves it back.
    func bringBack(_ name: String, from temporary: String) throws {
        try FileManager.default.moveItem(atPath: "\(temporary)/aside/\(name)", toPath: lock.folder(of: name))
    }

    /// Brings back what stood aside when a change was cut off, where nothing has taken its place, and removes the rest. Called while
    /// the lock is held, so nobody else is at work.
    func mendWhatWasCutOff() throws {
        let manager = FileManager.default
        for part in (try? manager.contentsOfDirectory(atPath: root)) ?? [] where part.hasPrefix(Self.prefix) {
            let temporary = root + "/" + part
            for name in (try? manager.contentsOfDirectory(atPath: temporary + "/aside")) ?? []
            where SkillFile.kind(lock.folder(of: name)) == nil {
                try bringBack(name, from: temporary)
            }
            try manager.removeItem(atPath: temporary)
        }
    }
}

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension SessionStore {
    /// Gives a session the checkpoints of another one as its own; nothing where that has none.
    ///
    /// Names come before what they name, so that a session which is at work meanwhile is copied as it was at one time.
    /// Objects are never changed once they are written, so both share them on the disk where that can be.
    ///
    /// - Throws: `AgentsError` where they cannot be copied.
    func copyCheckpoints(of id: String, to new: String) throws {
        let (from, to) = (checkpoints(of: id), checkpoints(of: new))
        guard FileManager.default.fileExists(atPath: from) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: to, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            let names = try FileManager.default.contentsOfDirectory(atPath: from).filter { $0 != "index.lock" }
            for name in names where name != "objects" {
                try FileManager.default.copyItem(atPath: "\(from)/\(name)", toPath: "\(to)/\(name)")
            }
            if names.contains("objects") { try Self.share("\(from)/objects", "\(to)/objects") }
        } catch {
            try? FileManager.default.removeItem(atPath: to)
            throw AgentsError(
                .storage, "The checkpoints of \(id) could not be copied to \(to). Is there room on the disk?",
                cause: error)
        }
    }

    /// The same folders, with the same files under a second name, or copied where the disk knows no second names.
    private static func share(_ from: String, _ to: String) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: to, withIntermediateDirectories: false)
        for name in try files.contentsOfDirectory(atPath: from) where !name.hasPrefix("tmp_") {
            let (one, other) = ("\(from)/\(name)", "\(to)/\(name)")
            switch try files.attributesOfItem(atPath: one)[.type] as? FileAttributeType {
            case .typeDirectory?: try share(one, other)
            case .typeRegular?:
                do { try files.linkItem(atPath: one, toPath: other) } catch {
                    try files.copyItem(atPath: one, toPath: other)
                }
            // git makes no others there.
            default: break
            }
        }
    }
}

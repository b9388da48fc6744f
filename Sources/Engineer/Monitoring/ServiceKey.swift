package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The key under which a project's service names questions, `.neo/service.key`: who has `service.db` alone cannot try
/// which questions were asked.
package enum ServiceKey {
    /// The project's key; a new one, where there is none yet.
    ///
    /// - Throws: `EngineerError` where the file can be read by others, or cannot be made.
    package static func open(_ project: Project) throws(EngineerError) -> KeyedHash {
        try project.prepareStateFolder()
        let path = project.path(".neo/service.key")
        if !FileManager.default.fileExists(atPath: path) { try make(path) }
        return KeyedHash(key: try SecretFile.read(path, for: "this project's service"))
    }

    /// Two processes may begin at the same time: the first that has linked its file has made the key.
    private static func make(_ path: String) throws(EngineerError) {
        let own = "\(path).\(ProcessInfo.processInfo.processIdentifier).\(UInt32.random(in: 0...UInt32.max)).part"
        defer { try? FileManager.default.removeItem(atPath: own) }
        let isMade = FileManager.default.createFile(
            atPath: own, contents: Data((KeyedHash.newKey() + "\n").utf8), attributes: [.posixPermissions: 0o600])
        if isMade { try? FileManager.default.linkItem(atPath: own, toPath: path) }
        guard FileManager.default.fileExists(atPath: path) else {
            throw EngineerError(
                code: .project, message: "\(path) cannot be written. Check that its folder belongs to you.")
        }
    }
}

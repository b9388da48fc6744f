internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Which revision each server speaks, so that it is found out once: a small file, which may be deleted at any time.
package struct MCPEraMemory: Sendable {
    private static let mostServers = 500
    private let path: String?

    /// - Parameter folder: where the file lies; nothing is remembered where nil.
    package init(folder: String?) {
        path = folder.map { $0 + "/revisions.json" }
    }

    /// What is remembered of a server.
    func revision(of server: MCPServerSetting) -> MCPRevision? {
        all[server.hash.hex]?.string.flatMap(MCPRevision.init)
    }

    /// Remembers a server. Where that cannot be written, it is found out again.
    func remember(_ revision: MCPRevision, of server: MCPServerSetting) {
        guard let path, self.revision(of: server) != revision else { return }
        var all = all.count < Self.mostServers ? all : [:]
        all[server.hash.hex] = .string(revision.rawValue)
        let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        try? FileManager.default.createDirectory(
            atPath: String(folder), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try? Data(JSONValue.object(all).canonicalText.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    private var all: [String: JSONValue] {
        guard let path, let data = FileManager.default.contents(atPath: path), data.count < 1 << 20 else { return [:] }
        return (try? JSONValue(parsing: data))?.object ?? [:]
    }
}

package import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// All files of a skill, in the order of their paths: what is hashed, copied and compared.
package struct SkillContent: Sendable, Hashable {
    /// One file.
    package struct File: Sendable, Hashable {
        /// Below the skill's folder.
        package var path: String
        package var bytes: [UInt8]
        package var isExecutable: Bool
    }

    package static let mostFiles = 1_000
    package static let mostBytes = 32 << 20
    private static let mostDepth = 12

    package let files: [File]

    /// The SHA-256 over all paths, rights and bytes.
    package let hash: ContentHash

    /// Reads a folder.
    ///
    /// - Throws: `AgentsError` where something in it is a link, a device or the like, or there is too much.
    package init(of folder: String) throws(AgentsError) {
        var files: [File] = []
        var bytes = 0
        try Self.read(folder, "", 0, &files, &bytes)
        self.init(files: files)
    }

    /// These files.
    package init(files: [File]) {
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        var builder = ContentHash.Builder()
        for file in self.files {
            builder.add("\(file.path.utf8.count) \(file.path) \(file.isExecutable ? "x" : "-") \(file.bytes.count)\n")
            builder.add(Data(file.bytes))
        }
        hash = builder.finish()
    }

    /// The files besides `SKILL.md` that a reader may want.
    package var resources: [String] { files.map(\.path).filter { !Skill.fileNames.contains($0) } }

    /// What an agent gets: the cases that a skill is measured by are no part of it, for they hold the answers.
    package var forAgents: SkillContent { SkillContent(files: files.filter { !$0.path.hasPrefix("evals/") }) }

    /// Writes all files below a folder, which must be empty or missing.
    package func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for file in files {
            let path = folder + "/" + file.path
            if let end = path.lastIndex(of: "/") {
                try FileManager.default.createDirectory(atPath: String(path[..<end]), withIntermediateDirectories: true)
            }
            guard
                FileManager.default.createFile(
                    atPath: path, contents: Data(file.bytes),
                    attributes: [.posixPermissions: file.isExecutable ? 0o755 : 0o644])
            else { throw AgentsError(.storage, "\(path) cannot be written. Check that its folder belongs to you.") }
        }
    }

    private static func read(
        _ folder: String, _ prefix: String, _ depth: Int, _ files: inout [File], _ bytes: inout Int
    ) throws(AgentsError) {
        guard depth <= mostDepth else {
            throw AgentsError(.usage, "\(folder) has folders within folders more than \(mostDepth) deep.")
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where ![".git", ".DS_Store"].contains(name) {
            let path = folder + "/" + name
            let shown = ToolText.harmless(ToolText.oneLine(prefix + name))
            switch SkillFile.kind(path) {
            case .folder?: try read(path, prefix + name + "/", depth + 1, &files, &bytes)
            case .file(let size, let isExecutable)?:
                guard files.count < mostFiles, bytes + size <= mostBytes else {
                    throw AgentsError(
                        .usage,
                        "\(folder) has more than \(mostFiles) files or \(mostBytes >> 20) MiB, which is no skill.")
                }
                guard let content = SkillFile.read(path, limit: mostBytes - bytes) else {
                    throw AgentsError(.usage, "\(shown) cannot be read.")
                }
                bytes += content.count
                files.append(File(path: prefix + name, bytes: content, isExecutable: isExecutable))
            case .link?:
                throw AgentsError(.usage, "\(shown) is a link. A skill has files of its own: copy what it leads to.")
            case .other?: throw AgentsError(.usage, "\(shown) is no regular file.")
            case nil: continue
            }
        }
    }
}

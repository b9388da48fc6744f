internal import Base
internal import Processes
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Takes one file out of an archive.
package struct ArchiveExtractor: Sendable {
    /// Writes member `member` of the archive at path `archive` to path `destination`.
    package var extract: @Sendable (_ archive: String, _ member: String, _ destination: String) async throws -> Void

    /// An extractor made of a function.
    package init(
        extract: @escaping @Sendable (_ archive: String, _ member: String, _ destination: String) async throws -> Void
    ) {
        self.extract = extract
    }

    /// The `unzip` of the machine.
    package static var unzip: ArchiveExtractor {
        ArchiveExtractor { archive, member, destination in
            // Into a folder of its own and without the member's folders, so that the archive has no say in where
            // anything is written.
            let folder = destination + ".unzip"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            // Inside walls the paths are those without links.
            let source = URL(filePath: archive).resolvingSymlinksInPath().path
            let target = URL(filePath: folder).resolvingSymlinksInPath().path
            var unzip = ConfinedProcess(
                executable: "unzip", arguments: ["-o", "-q", "-j", source, member, "-d", target])
            unzip.readable = [source]
            unzip.writable = [target]
            unzip.timeLimitSeconds = 3_600
            let result: ChildProcess.Result
            do {
                result = try await unzip.run()
            } catch let error as SandboxError {
                throw DownloadsError(.unavailable, error.message)
            }
            let name = member.split(separator: "/").last.map(String.init) ?? member
            guard result.status == 0, FileManager.default.fileExists(atPath: "\(folder)/\(name)") else {
                throw DownloadsError(
                    hasFullDisk(result.errorOutput) ? .disk : .unavailable,
                    "unzip could not take \(member) out of \(archive): \(firstLine(of: result.errorOutput))."
                )
            }
            if FileManager.default.fileExists(atPath: destination) {
                try FileManager.default.removeItem(atPath: destination)
            }
            try FileManager.default.moveItem(atPath: "\(folder)/\(name)", toPath: destination)
        }
    }
}

/// The first line with something on it, for a message.
func firstLine(of text: String) -> String {
    text.split(separator: "\n").first { !$0.allSatisfy(\.isWhitespace) }.map(String.init) ?? "it gave no reason"
}

/// Whether a program complains that there is no room: another source would meet the same disk.
func hasFullDisk(_ text: String) -> Bool {
    let text = text.lowercased()
    return text.contains("no space left") || text.contains("disk full") || text.contains("quota exceeded")
}

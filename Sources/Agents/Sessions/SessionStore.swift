package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The sessions of a workspace: `.neo/sessions/ID.jsonl`, one file each.
package struct SessionStore: Sendable {
    /// The folder of the files.
    package let folder: String

    /// The sessions of a workspace.
    package init(workspace: String) { folder = workspace + "/.neo/sessions" }

    /// The file of a session that may not exist yet.
    package func path(of id: String) -> String { "\(folder)/\(id).jsonl" }

    /// A name for a new session: sorts by time, and is short enough to be typed.
    package static func newID(at time: TimeSource = .system) -> String {
        let digits = time.now().timestamp.filter(\.isNumber).prefix(14)
        let letters = (0..<4).map { _ in "abcdefghjkmnpqrstuvwxyz23456789".randomElement().map(String.init) ?? "x" }
        return "\(digits.prefix(8))-\(digits.dropFirst(8))-\(letters.joined())"
    }

    /// The repository with the checkpoints of a session, which may not exist.
    package func checkpoints(of id: String) -> String { "\(folder)/\(id).git" }

    /// Makes the folder.
    package func prepare() throws { try WholeFile.makeFolder(folder) }

    /// Takes away a session in which nobody said anything.
    package func forget(_ id: String) {
        for path in [path(of: id), checkpoints(of: id), SessionCheck.note(of: path(of: id)), modePath(of: id)] {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// The names of all sessions, the newest first.
    package func ids() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }.sorted(by: >)
    }

    /// The session that a text names: its whole name, a unique beginning or end of it, or the newest for `last`.
    package func find(_ text: String) throws -> String {
        let all = ids()
        if text == "last", let newest = all.first { return newest }
        let matches = all.filter { $0 == text || $0.hasPrefix(text) || $0.hasSuffix(text) }
        if matches.count == 1 || matches.first == text, let match = matches.first { return match }
        throw AgentsError(
            .usage,
            matches.isEmpty
                ? all.isEmpty
                    ? "There is no session in \(folder). One begins with: neo agent \"…\""
                    : "No session in \(folder) is called \"\(text)\". There are: \(all.prefix(5).joined(separator: ", "))"
                        + (all.count > 5 ? " and \(all.count - 5) older ones." : ".")
                : "\"\(text)\" fits \(matches.count) sessions: \(matches.prefix(5).joined(separator: ", ")).")
    }
}

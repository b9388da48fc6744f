internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension MemoryStore {
    /// From so many bytes on, a log is moved away and a new one begun.
    private static let longestLog = 1 << 20

    /// Adds a line to a branch's `log.md`: what was seen, thought or done.
    package func log(_ text: String, by author: String, on branch: String = MemoryBranch.first) throws {
        guard !text.allSatisfy(\.isWhitespace) else { throw AgentsError(.usage, "There is nothing to note.") }
        try locked(making: true) { files in
            guard MemoryBranch.isName(branch), branchNames.contains(branch) else {
                throw AgentsError(.usage, Self.noBranch(branch, of: branchNames))
            }
            try log(text, by: author, on: branch, in: files)
        }
    }

    func log(_ text: String, by author: String, on branch: String, in files: MemoryFiles) throws {
        let date = time.now().timestamp
        let name = "branches/\(branch)/log.md"
        let path = folder + "/" + name
        // Also where it is a link, or too long: that is said, and nothing is written.
        if let whole = try files.text(name), whole.utf8.count > Self.longestLog {
            let day = String(date.prefix(19).filter { $0.isNumber })
            try WholeFile.move(path, to: folder + "/branches/\(branch)/log-\(day).md")
        }
        // Its last line may have been torn, or left without an end by an editor: the journal's lines are mended, these are words.
        let line = "- \(date) \(MemoryText.line(author, most: 60)): \(MemoryText.line(text, most: 4_000))"
        let opened = try LineLog.open(path, purpose: "The memory's log") { _ in true }
        try opened.log.append([line], isDurable: false)
    }

    /// The last lines of a branch's log.
    package func logLines(of branch: String, last count: Int) throws -> [String] {
        try locked { files in
            guard MemoryBranch.isName(branch), branchNames.contains(branch) else {
                throw AgentsError(.usage, Self.noBranch(branch, of: branchNames))
            }
            let text = try files.text("branches/\(branch)/log.md") ?? ""
            return text.split(whereSeparator: \.isNewline).suffix(max(0, count)).map(String.init)
        }
    }
}

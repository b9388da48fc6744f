internal import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The files of a memory, read and written by one process at a time.
///
/// A commit is first a line of `journal.jsonl`, which lasts, and then a part of a page that people may edit. `state.json` keeps the
/// hashes of pages as Neo wrote them: with one of those, a commit that the page lacks was not written because the process ended; with
/// another one, a person took it out.
struct MemoryFiles {
    /// Bytes of one file that are read.
    static let mostBytes = 4 << 20

    /// What Neo knows of the files.
    struct State: Codable {
        /// Hashes that a file has where nobody else wrote it: before and after the last writing.
        var written: [String: [String]] = [:]
        /// Commits that somebody took out of their page.
        var removed: [String] = []
        /// How the last tests ended.
        var tests: MemoryCommit.Tests?
    }

    let folder: String
    var state: State

    /// Opens the folder's files; call it under the folder's lock.
    init(folder: String) throws {
        self.folder = folder
        state = State()
        let path = folder + "/state.json"
        guard let text = try text("state.json") else { return }
        do { state = try JSONValue(parsing: text).decoded(as: State.self) } catch {
            // It only tells Neo's writing from a person's. Nobody loses a word by beginning anew.
            try? WholeFile.move(path, to: path + ".damaged")
        }
    }

    /// A file's text; nil where there is none.
    ///
    /// - Throws: where it is no regular file, or too long.
    func text(_ name: String) throws -> String? {
        let path = folder + "/" + name
        guard try Self.isThere(path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw AgentsError(.storage, "\(path) cannot be read.")
        }
        guard bytes.count <= Self.mostBytes else {
            throw AgentsError(
                .storage,
                "\(path) has \(bytes.count) bytes, more than memory may (\(Self.mostBytes)). Shorten it, or move it away."
            )
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a regular file is there. A link might lead out of the folder, and writing would follow it.
    private static func isThere(_ path: String) throws -> Bool {
        var facts = stat()
        guard lstat(path, &facts) == 0 else { return false }
        guard facts.st_mode & S_IFMT == S_IFREG else {
            throw AgentsError(
                .storage, "\(path) is no regular file, so memory leaves it alone. Remove it, and try again.")
        }
        return true
    }

    /// Replaces a file as a whole, and remembers its hash.
    mutating func write(_ text: String, to name: String) throws {
        let path = folder + "/" + name
        _ = try Self.isThere(path)
        let before = try self.text(name).map { [Self.hash($0)] } ?? []
        state.written[name] = before + [Self.hash(text)]
        try keepState()
        try WholeFile.write(Array(text.utf8), to: path)
    }

    /// Writes what Neo knows of the files.
    func keepState() throws {
        try WholeFile.write(
            Array((JSONValue(encoding: state).prettyText + "\n").utf8), to: folder + "/state.json")
    }

    /// Whether a file is as Neo wrote it; true also where Neo never did.
    func isOwn(_ name: String) throws -> Bool {
        guard let known = state.written[name] else { return true }
        return known.contains(Self.hash(try text(name) ?? ""))
    }

    private static func hash(_ text: String) -> String { ContentHash(of: text).hex }

    // MARK: The journal

    /// All commits that were ever made, the oldest first.
    func journal() throws -> [MemoryCommit] { try opened().commits }

    /// Adds a commit; it lasts when this returns.
    func append(_ commit: MemoryCommit) throws {
        try opened().log.append([JSONValue(encoding: commit).canonicalText], isDurable: true)
    }

    private func opened() throws -> (log: LineLog, commits: [MemoryCommit]) {
        func commit(_ line: String) -> MemoryCommit? { try? JSONValue(parsing: line).decoded(as: MemoryCommit.self) }
        let path = folder + "/journal.jsonl"
        _ = try Self.isThere(path)
        let opened = try LineLog.open(path, purpose: "The memory's journal") { commit($0) != nil }
        return (opened.log, opened.contents.lines.compactMap(commit))
    }
}

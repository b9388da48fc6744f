package import Base
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What this machine has learnt from all projects: a folder of open tables, one file for each search that has ended, and for
/// each step of a release, audit and month of service.
///
/// `studies/ID.jsonl` holds a line for the search and a line for each of its trials, `outcomes/ID.jsonl` a line for what came later. A file is written as a whole, under a
/// name that no other search has, so searches that end at the same time do not wait for each other, and one that is killed
/// leaves no half of a record.
package struct KnowledgeBase: Sendable {
    /// A record that is larger than this was not written by Neo.
    private static let largestRecord = 50_000_000

    /// The folder; it need not exist yet.
    package let folder: String

    package init(folder: String) {
        self.folder = folder
    }

    /// `$NEO_KNOWLEDGE`, `$NEO_HOME/knowledge`, `$XDG_DATA_HOME/neo/knowledge` or `~/.local/share/neo/knowledge`; nil where
    /// `NEO_KNOWLEDGE` is `none`.
    package static func standard(_ environment: [String: String]) -> KnowledgeBase? {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let named = value("NEO_KNOWLEDGE") {
            return named == "none" ? nil : KnowledgeBase(folder: Project.absolute(named))
        }
        if let home = value("NEO_HOME") { return KnowledgeBase(folder: home + "/knowledge") }
        let data =
            value("XDG_DATA_HOME")
            ?? (value("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path) + "/.local/share"
        return KnowledgeBase(folder: data + "/neo/knowledge")
    }

    private static let studies = "studies"

    // MARK: - Reading

    /// Every search that is kept, the oldest first. What cannot be read is left out, with a diagnostic.
    package func records(_ diagnostics: DiagnosticCollector = DiagnosticCollector()) -> [KnowledgeRecord] {
        files(Self.studies, diagnostics) { try KnowledgeRecord(lines: $0, id: $1) }
            .sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    }

    /// What stands in the files of one kind.
    ///
    /// - Parameter read: makes a record of a file's text and its name; nil of a kind that this version does not know.
    func files<Record>(
        _ kind: String, _ diagnostics: DiagnosticCollector, _ read: (_ text: String, _ id: String) throws -> Record?
    ) -> [Record] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind)")) ?? []
        return names.filter { $0.hasSuffix(".jsonl") && !$0.hasPrefix(".") }.compactMap { name in
            let path = "\(folder)/\(kind)/\(name)"
            do {
                return try read(try Self.text(path), String(name.dropLast(6)))
            } catch {
                diagnostics.add(
                    Diagnostic(
                        .warning, "This record cannot be read and is left out: \(sentence(for: error))", file: path))
                return nil
            }
        }
    }

    private static func text(_ path: String) throws -> String {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        guard size <= largestRecord, let data = FileManager.default.contents(atPath: path) else {
            throw EngineerError(code: .knowledge, message: "It is larger than any that Neo writes.")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// What is kept under an id that begins so.
    package enum Found: Sendable {
        case study(KnowledgeRecord)
        case outcome(KnowledgeOutcome)
    }

    /// The record whose id begins so.
    ///
    /// - Throws: a sentence where there is none, or more than one.
    package func record(_ prefix: String) throws -> Found {
        let found =
            records().filter { $0.id.hasPrefix(prefix) }.map(Found.study)
            + outcomes().filter { $0.id.hasPrefix(prefix) }.map(Found.outcome)
        guard let first = found.first, found.count == 1, !prefix.isEmpty else {
            throw EngineerError(
                code: .knowledge,
                message: found.isEmpty || prefix.isEmpty
                    ? "No record of \(folder) has an id that begins with \"\(prefix)\". `neo knowledge list` shows them."
                    : "\(found.count) records have an id that begins with \"\(prefix)\". Give more of it.")
        }
        return first
    }

    // MARK: - Writing

    /// Writes a record, in place of the one that the same search has left before.
    func write(_ record: KnowledgeRecord) throws {
        try makeFolder(Self.studies)
        try AtomicFile.write(record.lines(), to: path(of: record.id, in: Self.studies))
    }

    /// Removes records, and every strategy that was made from one of them.
    ///
    /// - Returns: how many records were there, and the versions of the strategies.
    package func forget(_ records: [KnowledgeRecord]) throws -> (records: Int, strategies: [Int]) {
        let strategies = try removeStrategies(madeFrom: Set(records.map(\.id)))
        return (try removeFiles(records.map(\.id), in: Self.studies), strategies)
    }

    /// Removes the files of some records.
    ///
    /// - Returns: how many records were there.
    func removeFiles(_ ids: [String], in kind: String) throws -> Int {
        var count = 0
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind)")) ?? []
        for id in ids {
            // What a killed process may have left half written goes, too.
            for name in names where name.hasPrefix(id + ".jsonl") {
                let path = "\(folder)/\(kind)/\(name)"
                do {
                    try FileManager.default.removeItem(atPath: path)
                } catch {
                    guard FileManager.default.fileExists(atPath: path) else { continue }
                    throw EngineerError(
                        code: .knowledge, message: "\(path) cannot be removed. Check that it belongs to you.",
                        cause: error)
                }
                if name == id + ".jsonl" { count += 1 }
            }
        }
        return count
    }

    func path(of id: String, in kind: String) -> String { "\(folder)/\(kind)/\(id).jsonl" }

    /// The folder is for its owner's eyes.
    func makeFolder(_ kind: String) throws {
        let path = "\(folder)/\(kind)"
        guard !FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
        } catch {
            throw EngineerError(
                code: .knowledge,
                message:
                    "The folder \(path) cannot be made. Set NEO_KNOWLEDGE to one that you may write to, or to none.",
                cause: error)
        }
    }

    /// A name for a text that only this machine gives it: records of the same documents share it, and nobody else can tell
    /// which documents they are.
    func name(for hash: ContentHash) throws -> String {
        try makeFolder(Self.studies)
        let path = folder + "/salt"
        let salt = try withDirectoryLock(folder) {
            if let kept = FileManager.default.contents(atPath: path), !kept.isEmpty {
                return String(decoding: kept, as: UTF8.self)
            }
            let made = UUID().uuidString
            try AtomicFile.write(made, to: path)
            return made
        }
        return ContentHash(of: "\(salt)\n\(hash.hex)").short
    }
}

internal import Base
internal import Documents
internal import Retrieval
internal import Storage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where a project, and what this machine has learnt from it, names a person.
struct ProjectTraces: Sendable {
    /// A document of the user's that names the person.
    struct Found: Sendable {
        let loaded: LoadedDocument
        let lines: [Int]
        let isExcluded: Bool
    }

    let project: Project
    let trace: PersonTrace
    /// Where searches leave what they learnt; nil where nothing is kept.
    let knowledge: String?

    /// The databases of a project but those of the log itself, of which the first holds no names and the second no readable
    /// ones.
    var databases: [String] {
        files(below: project.path(".neo")).filter { path in
            path.hasSuffix(".db") && !["audit.db", "people.db"].contains(Self.name(of: path))
        }
    }

    /// Files that Neo wrote and that name the person.
    func keptFiles() -> [TracedFile] {
        let state = project.path(".neo")
        let own = files(below: state).filter { path in
            !Self.isDatabase(path) && !path.hasPrefix(state + "/cache/") && Self.name(of: path) != ForgettingNote.name
                && TracedFile.holds(path, trace)
        }
        let written = ["results.json", "manifest.json", "report.md", "report.html", "requirements.json", "spec.json"]
            .map(project.path).filter { TracedFile.holds($0, trace) }
        let golden = [project.path(project.file.golden)].filter { TracedFile.holds($0, trace) }
        let learnt = (knowledge.map { files(below: $0) } ?? []).filter { TracedFile.holds($0, trace) }
        return own.map { TracedFile(path: $0, mending: mending(ofState: String($0.dropFirst(state.count + 1)))) }
            + written.map { TracedFile(path: $0, mending: $0.hasSuffix(".json") ? .redactStrings : .redact) }
            + golden.map { TracedFile(path: $0, mending: .dropLines) }
            + learnt.map { TracedFile(path: $0, mending: .remove) }
    }

    private func mending(ofState name: String) -> TracedFile.Mending {
        if name.hasPrefix("inbox/") { return .blot }
        if name == "proposals.json" { return .dropElements(key: "proposals") }
        if ["interview.json", "design.json", "excluded.json"].contains(name) { return .redactStrings }
        return .remove
    }

    /// Parquet files: nobody sees into them, and they are written again.
    var parquetFiles: [String] { files(below: project.path(".neo/runs")).filter { $0.hasSuffix(".parquet") } }

    /// What is kept of stages, texts of documents among it.
    var cacheFiles: [String] { files(below: project.cachePath) }

    /// Documents that name the person.
    func documents() async throws -> [Found] {
        let diagnostics = DiagnosticCollector()
        let loader = DocumentLoader(
            diagnostics: diagnostics, settings: project.file.parsers, folder: project.folder, cache: nil)
        guard !project.file.documents.isEmpty,
            let files = try? loader.find(project.file.documents, base: project.folder)
        else { return [] }
        let exclusions = try Exclusions(project)
        return try await loader.loadAll(files).compactMap { loaded in
            let document = loaded.document
            let isNamed =
                trace.isIn(document.text) || trace.isIn(document.title) || trace.isIn(loaded.file)
                || trace.isIn(JSONValue.object(document.metadata).canonicalText)
            guard isNamed else { return nil }
            return Found(
                loaded: loaded, lines: trace.lines(of: document.text), isExcluded: exclusions.contains(document))
        }
    }

    /// Other files of the user's that name the person, with lines.
    func ownFiles() -> [(path: String, lines: [Int])] {
        ["neo.yaml", "requirements.md", "design.md", "design.svg"].compactMap { name in
            guard let data = FileManager.default.contents(atPath: project.path(name)) else { return nil }
            let lines = trace.lines(of: String(decoding: data, as: UTF8.self))
            return lines.isEmpty ? nil : (name, lines)
        }
    }

    /// Files of releases that name the person, by release.
    func releaseFiles() -> [String: [String]] {
        let folder = project.path("release")
        var found: [String: [String]] = [:]
        for path in files(below: folder) where TracedFile.holds(path, trace) {
            let relative = path.dropFirst(folder.count + 1)
            found[String(relative.prefix { $0 != "/" }), default: []].append("release/\(relative)")
        }
        return found
    }

    /// What looks like copies of the project, inside or beside it.
    func backups() -> [String] {
        let endings = [".bak", ".backup", ".old", ".orig", ".tar", ".tar.gz", ".tgz", ".zip", ".dump", "~"]
        var found = files(below: project.folder).filter { path in endings.contains { path.hasSuffix($0) } }
        let above = project.folder.split(separator: "/").dropLast().joined(separator: "/")
        let name = Self.name(of: project.folder)
        let beside = (try? FileManager.default.contentsOfDirectory(atPath: "/" + above)) ?? []
        found += beside.filter { file in
            file != name && file.hasPrefix(name) && endings.contains { file.hasSuffix($0) }
        }.map { "/\(above)/\($0)" }
        if FileManager.default.fileExists(atPath: project.path(".git")) { found.append(project.path(".git")) }
        return found.sorted()
    }

    private func files(below folder: String) -> [String] {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { return [] }
        return names.sorted().map { "\(folder)/\($0)" }.filter { path in
            var isFolder = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
        }
    }

    private static func isDatabase(_ path: String) -> Bool {
        [".db", ".db-wal", ".db-shm", ".lock", ".parquet"].contains { path.hasSuffix($0) }
    }

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

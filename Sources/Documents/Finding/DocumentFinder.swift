package import Base
package import Retrieval

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A file that a project's patterns name.
package struct DocumentFile: Sendable, Hashable {
    /// The document's name: the path below the folder that its pattern fixes.
    package var id: DocumentID
    /// Where it is, absolute.
    package var path: String
    /// Where it is, seen from the project.
    package var relativePath: String

    package init(id: DocumentID, path: String, relativePath: String) {
        self.id = id
        self.path = path
        self.relativePath = relativePath
    }
}

/// Finds the documents of a project.
///
/// A pattern is a path with `*`, `?`, `[a-z]`, `**` (any number of folders) and `{a,b}`, absolute or relative to the
/// project; a plain folder means every file of a known kind below it. Hidden files and folders count only where the
/// pattern names them.
package struct DocumentFinder: Sendable {
    private let base: String
    private let foreign: Set<String>
    private let diagnostics: DiagnosticCollector

    /// Patterns will be relative to `base`.
    ///
    /// - Parameter foreign: suffixes that count as documents too, because the project has parsers for them.
    package init(base: String, foreign: Set<String> = [], diagnostics: DiagnosticCollector) {
        self.foreign = foreign
        let absolute = FilePaths.join(FileManager.default.currentDirectoryPath, base)
        self.base = FileStatus.realPath(absolute) ?? FilePaths.normalize(absolute)
        self.diagnostics = diagnostics
    }

    /// The files that the patterns name, sorted by path, each once.
    ///
    /// A pattern that matches nothing is a warning; where all match nothing, that is the error.
    package func find(_ patterns: [String]) throws(DocumentsError) -> [DocumentFile] {
        var folders: [String: String] = [:]
        var misses: [String] = []
        for source in patterns {
            let pattern = try GlobPattern(source, base: base)
            var walk = FolderWalk(pattern, base: base, foreign: foreign, diagnostics: diagnostics)
            if (try? FileStatus(of: pattern.folder))?.kind == .folder { walk.run() }
            if walk.files.isEmpty { misses.append(explanation(for: pattern, unwanted: walk.unwanted)) }
            for file in walk.files where folders[file] == nil { folders[file] = pattern.folder }
        }
        guard !folders.isEmpty else {
            let sentence =
                misses.isEmpty ? "No documents are named: list at least one pattern, such as docs/**/*.md." : ""
            throw DocumentsError(.nothingMatched, sentence + misses.joined(separator: "\n"))
        }
        for miss in misses { diagnostics.add(Diagnostic(.warning, miss)) }
        return named(folders)
    }

    /// Gives each file its id; files that would share one are called by their path from the project instead.
    private func named(_ folders: [String: String]) -> [DocumentFile] {
        var files = folders.map { path, folder in
            DocumentFile(
                id: DocumentID(FilePaths.relative(path, to: folder)),
                path: path,
                relativePath: FilePaths.relative(path, to: base)
            )
        }
        let shared = Dictionary(grouping: files.indices, by: { files[$0].id }).values.filter { $0.count > 1 }
        for index in shared.joined() { files[index].id = DocumentID(files[index].relativePath) }
        // The longer name may be another file's short one.
        if Set(files.map(\.id)).count < files.count {
            for index in files.indices { files[index].id = DocumentID(files[index].relativePath) }
        }
        return files.sorted { $0.relativePath.utf8.lexicographicallyPrecedes($1.relativePath.utf8) }
    }

    private func explanation(for pattern: GlobPattern, unwanted: [String: Int]) -> String {
        let start = "No document matches \(pattern.source), seen from \(base): "
        guard (try? FileStatus(of: pattern.folder))?.kind == .folder else {
            return start + missingFolder(pattern.folder)
        }
        let most = unwanted.max { ($0.value, $1.key) < ($1.value, $0.key) }
        if let most {
            return start + "the folder \(pattern.folder) holds \(most.value) file\(most.value == 1 ? "" : "s") of "
                + "the kind \(most.key); did you mean **/*\(most.key)?"
        }
        return start + "the folder \(pattern.folder) holds no file that a pattern could match. Check the path."
    }

    private func missingFolder(_ folder: String) -> String {
        var existing = folder
        var missing = ""
        while existing != "/", (try? FileStatus(of: existing)) == nil {
            missing = FilePaths.name(of: existing)
            existing = FilePaths.folder(of: existing)
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: existing)) ?? []
        let hint = nearest(to: missing, in: names.sorted()).map { "did you mean \($0)?" } ?? "check the path."
        return "there is no folder \(missing) in \(existing); \(hint)"
    }
}

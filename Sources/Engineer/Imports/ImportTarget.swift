internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The project that an import writes to.
struct ImportTarget {
    private let path: String
    private let folder: String
    private let exists: Bool
    /// Whether the project is there already and does not name the collection that the set brings.
    let lacksCollection: Bool
    /// The patterns of the documents.
    let patterns: [String]
    /// The folder from which the patterns are seen.
    let base: String

    /// Opens the project, or notes that it will be made.
    init(_ path: String, documents: [String], bringsCollection: Bool) throws(EngineerError) {
        self.path = path
        folder = Project.absolute(path)
        exists = FileManager.default.fileExists(atPath: folder + "/neo.yaml")
        if exists {
            let project = try Project(opening: path)
            patterns = project.file.documents
            base = project.folder
        } else if bringsCollection {
            patterns = ["corpus.jsonl"]
            base = folder
        } else {
            patterns = documents
            base = FileManager.default.currentDirectoryPath
        }
        lacksCollection = exists && bringsCollection && !patterns.contains { $0.hasSuffix("corpus.jsonl") }
        guard exists || !patterns.isEmpty else {
            throw EngineerError(
                code: .noDocuments,
                message: "The set brings no documents: name their files, for example --documents 'docs/**/*.md'."
            )
        }
    }

    /// Writes golden questions, collection and `neo.yaml`; each file whole or not at all, `neo.yaml` last.
    /// - Returns: the files written.
    func write(golden: String, collection: String?) throws(EngineerError) -> [String] {
        let goldenPath = folder + "/golden.jsonl"
        let files = FileManager.default
        if let data = files.contents(atPath: goldenPath) {
            let old = String(decoding: data, as: UTF8.self)
            guard old == golden || old.hasPrefix("{\"id\": \"example-1\"") else {
                throw EngineerError(
                    code: .project,
                    message: "\(goldenPath) has other questions already. Move it away, or import to another folder."
                )
            }
        }
        try AtomicFile.makeFolder(folder)
        var written: [String] = []
        if let collection, collection != folder + "/corpus.jsonl" {
            try copy(collection, to: folder + "/corpus.jsonl")
            written.append(folder + "/corpus.jsonl")
        }
        try AtomicFile.write(golden, to: goldenPath)
        written.append(goldenPath)
        if !exists {
            // NewProject takes patterns as the caller's folder sees them.
            let here = Project.absolute(".")
            let own = patterns.map { pattern in
                base != folder || pattern.hasPrefix("/")
                    ? pattern : NewProject.relative(folder + "/" + pattern, to: here)
            }
            written += try NewProject.create(at: path, documents: own, golden: goldenPath).filter { $0 != goldenPath }
        }
        return written
    }

    private func copy(_ source: String, to destination: String) throws(EngineerError) {
        let files = FileManager.default
        if files.fileExists(atPath: destination) {
            guard !files.contentsEqual(atPath: source, andPath: destination) else { return }
            throw EngineerError(
                code: .project,
                message: "\(destination) is another collection. Move it away, or import to another folder."
            )
        }
        try AtomicFile.copy(source, to: destination)
    }
}

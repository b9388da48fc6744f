internal import Base
internal import Sandbox

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Makes the folder of a new project: the work of `neo new`.
package enum NewProject {
    /// Writes `neo.yaml`, and copies or begins `golden.jsonl`.
    ///
    /// - Parameters:
    ///   - path: the folder; made where it is missing. A folder that already has a `neo.yaml` is refused.
    ///   - documents: globs, relative to the caller's folder; written down relative to the project's.
    ///   - goal: what the system is to do, in a sentence.
    ///   - encoder: its name; nil for none.
    ///   - golden: a file of golden questions to copy, or nil to begin one with an example to edit.
    /// - Returns: the files that were written.
    package static func create(
        at path: String, documents: [String], golden: String?, goal: String? = nil,
        encoder: String? = "all-minilm-l6-v2"
    ) throws(EngineerError) -> [String] {
        let folder = Project.absolute(path)
        let yamlPath = folder + "/neo.yaml"
        let goldenPath = folder + "/golden.jsonl"
        let files = FileManager.default
        WorkspaceProtection.clearLeftovers(in: folder)
        guard !files.fileExists(atPath: yamlPath) else {
            throw EngineerError(
                code: .project,
                message: "\(yamlPath) exists already. Edit it, or choose another folder."
            )
        }
        var goldenData: Data?
        if let golden {
            guard let data = files.contents(atPath: Project.absolute(golden)) else {
                throw EngineerError(
                    code: .project, message: "The golden file \(golden) cannot be read. Check the path.")
            }
            goldenData = data
        }
        let patterns = documents.map { $0.hasPrefix("/") ? $0 : relative(Project.absolute($0), to: folder) }
        try AtomicFile.makeFolder(folder)
        var written = [yamlPath]
        if let goldenData {
            if Project.absolute(golden ?? "") != goldenPath { try AtomicFile.write(goldenData, to: goldenPath) }
            written.append(goldenPath)
        } else if !files.fileExists(atPath: goldenPath) {
            try AtomicFile.write(exampleQuestion, to: goldenPath)
            written.append(goldenPath)
        }
        // Last: a folder without it is no project yet, so the same command may be given again.
        try AtomicFile.write(yaml(documents: patterns, goal: goal, encoder: encoder), to: yamlPath)
        return written
    }

    /// The way from one folder to a path: `../docs/a.md`.
    static func relative(_ path: String, to folder: String) -> String {
        let target = path.split(separator: "/", omittingEmptySubsequences: true)
        let base = folder.split(separator: "/", omittingEmptySubsequences: true)
        let common = zip(target, base).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: base.count - common) + target.dropFirst(common).map(String.init)
        return steps.joined(separator: "/")
    }

    private static func yaml(documents: [String], goal: String?, encoder: String?) -> String {
        let list = documents.map { "  - \(JSONValue.string($0).canonicalText)\n" }.joined()
        let goalLine = goal.map { "goal: \(JSONValue.string($0).canonicalText)\n" } ?? ""
        return """
            # What this project wants. docs/neo-yaml.md in Neo's repository explains every key.
            \(goalLine)kind: rag
            documents:
            \(list)golden: golden.jsonl
            encoder: \(encoder ?? "none")   # none: only BM25 is searched
            search:
              trials: 24
              sampler: greedy           # or tpe, random, grid
              seed: 1

            """
    }

    /// The row that a new golden file begins with, for people to replace.
    static let exampleQuestion = """
        {"id": "example-1", "question": "Replace this by a question that a user really asks", "answers": ["the answer you would accept"], "evidence": [{"document": "file.md", "quote": "the sentence of the document that answers it, copied"}]}

        """
}

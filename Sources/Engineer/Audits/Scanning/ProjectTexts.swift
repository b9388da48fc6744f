internal import Base
internal import Retrieval
internal import Tracking

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// What a project keeps of texts besides its documents: golden questions, the inbox, sessions, texts of runs.
struct ProjectTexts {
    /// Of one file no more is read.
    private static let limit = 20_000_000

    let project: Project

    /// Hands each text to `body`.
    func each(_ body: (_ text: String, _ source: TextScan.Source, _ file: String) -> Void) async throws {
        for document in [project.file.golden] { read(document, .questions, body) }
        for folder in [".neo/inbox", ".neo/sessions"] {
            for name in names(in: folder) {
                try Task.checkCancellation()
                read("\(folder)/\(name)", .logs, body)
            }
        }
        guard FileManager.default.fileExists(atPath: project.path(".neo/runs.db")) else { return }
        let store = try RunStore.open(project.path(".neo"), project: project.file.name)
        for run in try await store.runs() {
            try Task.checkCancellation()
            for entry in try await store.entries(of: run.id) {
                body(entry.entry.content, .logs, "runs.db: \(run.name) \(entry.entry.key)")
            }
            if let notes = run.notes { body(notes, .logs, "runs.db: \(run.name)") }
        }
    }

    private func names(in folder: String) -> [String] {
        ((try? FileManager.default.subpathsOfDirectory(atPath: project.path(folder))) ?? []).sorted()
            .filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".ndjson") || $0.hasSuffix(".log") }
    }

    private func read(_ name: String, _ source: TextScan.Source, _ body: (String, TextScan.Source, String) -> Void) {
        let path = project.path(name)
        guard let state = FileState(path), state.bytes <= Self.limit,
            let data = FileManager.default.contents(atPath: path)
        else { return }
        body(String(decoding: data, as: UTF8.self), source, name)
    }
}

internal import Base
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension HistoryUse {
    /// What a search of a project may choose among: nothing where no golden question follows another one.
    ///
    /// What is wrong with the golden file is said by those who need its rows.
    static func offered(to project: Project) -> [HistoryUse] {
        guard let data = FileManager.default.contents(atPath: project.path(project.file.golden)),
            data.firstRange(of: Data(#""history""#.utf8)) != nil,
            let set = try? GoldenSet(
                parsing: String(decoding: data, as: UTF8.self), file: project.file.golden,
                diagnostics: DiagnosticCollector()),
            set.questions.contains(where: { !$0.history.isEmpty })
        else { return [] }
        return [.concatenate, .none] + (project.file.generation.models.isEmpty ? [] : [.rewrite])
    }
}

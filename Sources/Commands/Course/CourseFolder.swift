internal import Base
internal import Documents
internal import Downloads

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where a project is made that was not given a folder, and what it begins with.
enum CourseFolder {
    static let usualEncoder = "all-minilm-l6-v2"

    /// The first words of a goal as the name of a folder: `answer-questions-about-our`.
    static func name(for goal: String) -> String {
        let words = goal.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.prefix(4)
        let name = words.joined(separator: "-").prefix(60)
        return name.isEmpty ? "my-project" : String(name)
    }

    /// Refuses patterns that match nothing, before anything is made.
    static func requireDocuments(_ patterns: [String]) throws {
        _ = try DocumentLoader(diagnostics: DiagnosticCollector())
            .find(patterns, base: FileManager.default.currentDirectoryPath)
    }

    /// Whether the usual encoder is on this machine.
    static func hasUsualEncoder() -> Bool {
        (try? ModelStore.machine.folder(of: usualEncoder)) != nil
    }
}

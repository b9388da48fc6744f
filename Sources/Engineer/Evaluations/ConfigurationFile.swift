package import AutoML
internal import Base
internal import RAG
internal import Yams

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A configuration as a file: one `parameter: value` a line.
package enum ConfigurationFile {
    /// The winner of a search, as a file.
    package static func yaml(_ results: SearchResults) -> String {
        let configuration = results.trials.first { $0.number == results.winner }?.configuration ?? Configuration()
        let lines = configuration.values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.canonicalText)\n" }
        return "# The \(DecisionWords.chosen(results)) of study \(results.study) of \(results.project)\n"
            + lines.joined()
    }

    /// The configuration that a user names: `default`, `winner`, `trial:7` of the last search, or a file.
    package static func configuration(named name: String, workspace: Workspace) throws -> Configuration {
        switch name {
        case "default": return try workspace.space().default
        case "winner":
            let results = try ReportArchive.read(workspace.project)
            return results.trials.first { $0.number == results.winner }?.configuration ?? Configuration()
        case _ where name.hasPrefix("trial:"):
            return try trial(name, of: ReportArchive.read(workspace.project))
        default: return try read(name)
        }
    }

    private static func trial(_ name: String, of results: SearchResults) throws(EngineerError) -> Configuration {
        let number = Int(name.dropFirst("trial:".count))
        guard let trial = results.trials.first(where: { $0.number == number }) else {
            let numbers = results.trials.map(\.number)
            throw EngineerError(
                code: .invalidRequest,
                message: "There is no \(name) in the last search: its trials are \(numbers.min() ?? 0) to "
                    + "\(numbers.max() ?? 0)."
            )
        }
        return trial.configuration
    }

    private static func read(_ path: String) throws(EngineerError) -> Configuration {
        guard let data = FileManager.default.contents(atPath: Project.absolute(path)) else {
            throw EngineerError(
                code: .invalidRequest,
                message: "The configuration file \(path) cannot be read. Name a file, `default`, `winner` or `trial:N`."
            )
        }
        let text = String(decoding: data, as: UTF8.self)
        do {
            let values = try YAMLDecoder().decode([String: JSONValue].self, from: text)
            guard !values.isEmpty else {
                throw EngineerError(code: .invalidRequest, message: "The configuration file \(path) is empty.")
            }
            try checkNames(values.keys.sorted(), in: path)
            return Configuration(values)
        } catch let error as EngineerError {
            throw error
        } catch {
            throw EngineerError(
                code: .invalidRequest,
                message: "The configuration file \(path) is no list of `parameter: value` lines, as "
                    + "`neo export config` writes them.",
                cause: error
            )
        }
    }

    /// A misspelt parameter would otherwise just have no effect.
    private static func checkNames(_ names: [String], in path: String) throws(EngineerError) {
        let known = RAGSpace.all(.anything).map(\.name)
        // Which parsers there are depends on the documents; the value is checked when they are read.
        let isParser = { (name: String) in name.hasPrefix("parser.") }
        guard let unknown = names.first(where: { !known.contains($0) && !isParser($0) }) else { return }
        let hint = nearest(to: unknown, in: known).map { " Did you mean \"\($0)\"?" } ?? ""
        throw EngineerError(
            code: .invalidRequest,
            message: "The configuration file \(path) names \"\(unknown)\", which is no parameter.\(hint) "
                + "The parameters are \(known.joined(separator: ", "))."
        )
    }
}

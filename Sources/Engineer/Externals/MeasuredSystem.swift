package import AutoML
internal import Base

/// What `neo eval` and `neo compare` measure: a configuration of Neo's, or a system that is not Neo's.
package enum MeasuredSystem: Sendable, Hashable {
    case configuration(Configuration)
    case external(ExternalSetting)

    /// The system that a user names: `default`, `winner`, `trial:7`, a file; or `external:NAME` of neo.yaml, or
    /// `external:http://…`.
    package init(named name: String, workspace: Workspace) throws {
        guard name.hasPrefix("external:") else {
            self = .configuration(try ConfigurationFile.configuration(named: name, workspace: workspace))
            return
        }
        self = .external(try Self.setting(String(name.dropFirst("external:".count)), in: workspace.project.file))
    }

    /// The configuration; nil of a system that is not Neo's.
    package var configuration: Configuration? {
        if case .configuration(let configuration) = self { configuration } else { nil }
    }

    private static func setting(_ name: String, in file: ProjectFile) throws(EngineerError) -> ExternalSetting {
        if let setting = file.externals.first(where: { $0.name == name }) { return setting }
        if ExternalSetting.isAddress(name) { return ExternalSetting(name: name, source: .url(name)) }
        let names = file.externals.map(\.name)
        guard !names.isEmpty else {
            throw EngineerError(
                code: .invalidRequest,
                message: "neo.yaml names no external system \"\(name)\". Name it under `search`: "
                    + "`external: [{name: \(name), url: \"http://127.0.0.1:9000/ask\"}]`.")
        }
        let hint = nearest(to: name, in: names).map { " Did you mean \"\($0)\"?" } ?? ""
        throw EngineerError(
            code: .invalidRequest,
            message: "neo.yaml names no external system \"\(name)\".\(hint) It names \(names.joined(separator: ", ")).")
    }
}

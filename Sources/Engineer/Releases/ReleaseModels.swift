internal import AutoML
internal import Base
internal import Encoders
internal import RAG

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The models that a release asks.
struct ReleaseModels {
    let project: Project
    let configuration: Configuration
    let ports: Workspace.Ports

    /// Names them, and copies the weights of those that run on this machine where that is wanted.
    func write(to files: inout ReleaseFiles, isCopied: Bool) throws -> [ReleaseManifest.Model] {
        var models: [ReleaseManifest.Model] = []
        for (setting, role) in try used() {
            let found = try weights(of: setting)
            var folder: String?
            if isCopied, let found {
                let name = "models/\(role)-\(models.count + 1)"
                for path in try FileManager.default.subpathsOfDirectory(atPath: found.folder).sorted() {
                    let source = URL(filePath: "\(found.folder)/\(path)").resolvingSymlinksInPath().path()
                    guard FileState(source) != nil else { continue }
                    try files.copy(source, to: "\(name)/\(path)")
                }
                folder = name
            }
            models.append(
                ReleaseManifest.Model(
                    name: setting.name, role: role, weights: found?.identity, folder: folder,
                    precision: found.map { _ in setting.precision.rawValue }, queryPrefix: setting.prefixes?.query,
                    passagePrefix: setting.prefixes?.passage))
        }
        return models
    }

    /// The encoder of the configuration, the one that counts tokens, and the reranker.
    private func used() throws -> [(setting: ModelSetting, role: String)] {
        let file = project.file
        let values = try PipelineConfiguration(configuration)
        let encoder = values.encoder ?? file.encoders.first?.name
        let counting = file.encoders.first { setting in
            if case .endpoint = setting.source { false } else { true }
        }
        var used = file.encoders.filter { [encoder, counting?.name].contains($0.name) }.map { ($0, "encoder") }
        if case .pairScorer(_, let model) = values.reranker {
            let name = model ?? file.rerankers.first?.name
            used += file.rerankers.filter { $0.name == name }.map { ($0, "reranker") }
        }
        return used
    }

    private func weights(of setting: ModelSetting) throws -> Workspace.ModelFiles? {
        switch setting.source {
        case .store(let name): try ports.storedModel(name)
        case .folder(let path):
            try ports.modelFolder(path.hasPrefix("~") ? Project.absolute(path) : project.path(path))
        case .endpoint: nil
        }
    }
}

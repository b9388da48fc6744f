internal import AutoML
internal import Base
internal import RAG

/// The configurations that a search tries right after the default, as its user names them.
enum SearchSeeds {
    /// Reads them; what lies outside the space is said and passed over.
    ///
    /// - Parameter names: Besides those of `neo.yaml`: files as `neo export config` writes them, `winner`, or `trial:7` of the
    ///   last search.
    /// - Throws: `EngineerError` where one cannot be read.
    static func read(_ names: [String], workspace: Workspace, space: SearchSpace) throws -> [SeededSampler.Seed] {
        let project = workspace.project
        let own = project.file.seeds.map { file in
            (name: file.hasPrefix("~") ? Project.absolute(file) : project.path(file), origin: "seed \(file)")
        }
        return try (own + names.map { ($0, "seed \($0)") }).compactMap { name, origin in
            let given = try ConfigurationFile.configuration(named: name, workspace: workspace)
            do {
                return SeededSampler.Seed(try fitted(given, to: space, in: workspace), origin: origin)
            } catch let error as AutoMLError {
                workspace.diagnostics.add(
                    Diagnostic(
                        .warning,
                        "The seed \(name) is outside the search space and is not tried: \(error.message) Give the value "
                            + "under `space` in neo.yaml, or leave the seed out."))
                return nil
            }
        }
    }

    /// The seed in the terms of this space: parameters that it lacks have their default, and those that this space does not
    /// vary are left out where the seed has the value that they have here anyway.
    private static func fitted(
        _ seed: Configuration, to space: SearchSpace, in workspace: Workspace
    ) throws(AutoMLError) -> Configuration {
        var values = seed.values
        let offer = RAGOffer(
            encoders: workspace.encoders.names, rerankers: workspace.library.scorers.names,
            parsers: workspace.corpora.parsers)
        let varied = Set(space.parameters.map(\.name))
        for parameter in RAGSpace.all(offer) where !varied.contains(parameter.name) {
            guard let value = values[parameter.name] else { continue }
            // What has no effect in this configuration is no reason to refuse it.
            let isActive = parameter.condition.map { $0.values.contains(values[$0.parameter] ?? .null) } ?? true
            if !isActive || parameter.domain.first == value { values[parameter.name] = nil }
        }
        for parameter in space.parameters where values[parameter.name] == nil {
            values[parameter.name] = space.default[parameter.name] ?? parameter.domain.first
        }
        let configuration = Configuration(values)
        try space.validate(configuration)
        return space.normalised(configuration)
    }
}

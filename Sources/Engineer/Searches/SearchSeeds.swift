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
        let fit = SeedFitting(space, in: workspace)
        return try (own + names.map { ($0, "seed \($0)") }).compactMap { name, origin in
            let given = try ConfigurationFile.configuration(named: name, workspace: workspace)
            do {
                return SeededSampler.Seed(try fit(given), origin: origin)
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
}

/// Takes configurations of another space into a search's own.
struct SeedFitting: Sendable {
    private let space: SearchSpace
    /// Parameters that the space does not vary.
    private let others: [Parameter]

    init(_ space: SearchSpace, in workspace: Workspace) {
        self.space = space
        let offer = RAGOffer(
            encoders: workspace.encoders.names, rerankers: workspace.library.scorers.names,
            parsers: workspace.corpora.parsers)
        let varied = Set(space.parameters.map(\.name))
        others = RAGSpace.all(offer).filter { !varied.contains($0.name) }
    }

    /// The seed in the terms of this space: parameters that it lacks have their default, and those that this space does not
    /// vary are left out where the seed has the value that they have here anyway.
    ///
    /// - Throws: `AutoMLError` where it is outside of the space.
    func callAsFunction(_ seed: Configuration) throws(AutoMLError) -> Configuration {
        var values = seed.values
        for parameter in others {
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

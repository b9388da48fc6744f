internal import Base
internal import RAG

extension FinalistPhase {
    /// The finalists of a project's search.
    ///
    /// - Throws: `EngineerError` where a constraint names a metric that these questions do not measure.
    init(
        _ workspace: Workspace, golden: ProjectGolden, split: GoldenSplit, options: SearchOptions, time: TimeSource,
        onEvent: @escaping @Sendable (SearchEvent) -> Void
    ) throws(EngineerError) {
        let constraints = workspace.project.file.constraints
        for constraint in constraints {
            guard case .metric(let name) = constraint.quantity, !golden.metrics.contains(name) else { continue }
            throw EngineerError(
                code: .invalidProjectFile,
                message: "neo.yaml:\(constraint.line): The constraint \"\(constraint.text)\" bounds \(name), which is "
                    + "not measured on these questions. It can bound \(golden.metrics.joined(separator: ", "))."
            )
        }
        let cost = ServingCost(workspace.project.file)
        if let constraint = constraints.first(where: { $0.quantity == .cost }), let unpriced = cost.unpriced.first {
            throw EngineerError(
                code: .invalidProjectFile,
                message: "neo.yaml:\(constraint.line): The constraint \"\(constraint.text)\" needs to know what "
                    + "\(unpriced) costs. Give it a `price` in dollars a million tokens; 0, where its server is your own."
            )
        }
        self.init(
            constraints: constraints, objective: golden.objective,
            checks: ConstraintChecks(
                constraints: constraints, groups: { golden.groups(of: $0) }, cost: cost.dollarsPerThousand),
            questions: split.search.compactMap { golden.question($0)?.question }, options: options.finalists,
            nanoseconds: time.nanoseconds,
            build: { configuration in
                let retrieval = try await Release.uncachedRetrieval(workspace, configuration: configuration)
                return Candidate(indexBytes: retrieval.indexBytes) { _ = try await retrieval.retrieve(Query($0)) }
            },
            note: { onEvent(.note($0)) }
        )
    }
}

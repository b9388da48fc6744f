public import Base

/// Proposes every configuration of a finite space, in the order of the enumeration.
public struct GridSampler: Sampler {
    /// `grid`.
    public let name = "grid"
    private let tree: SpaceTree
    private let size: Int

    /// A grid over a space.
    ///
    /// - Throws: ``AutoMLError`` with the code `infiniteSpace` where a parameter is a range of real numbers.
    public init(_ space: SearchSpace) throws(AutoMLError) {
        tree = SpaceTree(space.parameters)
        guard let size = tree.size else {
            let names = space.parameters.filter { $0.domain.count == nil }.map { "`\($0.name)`" }
            throw AutoMLError(
                .infiniteSpace,
                "A grid needs a list of values for every parameter, and \(names.joined(separator: ", ")) has a range of "
                    + "real numbers. List the values to try, or use the random sampler."
            )
        }
        self.size = size
    }

    /// The first configuration of the enumeration that was not tried yet.
    public func ask(history: [Observation], using generator: inout SplitMix64) -> Configuration? {
        let seen = Set(history.map(\.configuration))
        for index in 0..<size {
            let configuration = tree.configuration(at: index)
            if !seen.contains(configuration) { return configuration }
        }
        return nil
    }
}

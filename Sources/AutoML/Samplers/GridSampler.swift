public import Base

/// Proposes every configuration of a finite space, in the order of the enumeration, or so that those follow each other
/// which share the first stages of what is measured.
public struct GridSampler: Sampler {
    /// Up to so many configurations are put into an order of their own; a grid of more is never walked to its end.
    private static let most = 100_000

    /// `grid`.
    public let name = "grid"
    private let tree: SpaceTree
    private let size: Int
    /// Places of the enumeration; nil for all as they are.
    private let order: [Int]?

    /// A grid over a space.
    ///
    /// - Parameter stages: Names of parameters, those of the earliest stage first: they vary slowest, so that what an
    ///   earlier stage makes can be kept until nothing needs it any more. Those that are not named vary fastest. None: the
    ///   order of the space.
    /// - Throws: ``AutoMLError`` with the code `infiniteSpace` where a parameter is a range of real numbers.
    public init(_ space: SearchSpace, stages: [String] = []) throws(AutoMLError) {
        let tree = SpaceTree(space.parameters)
        guard let size = tree.size else {
            let names = space.parameters.filter { $0.domain.count == nil }.map { "`\($0.name)`" }
            throw AutoMLError(
                .infiniteSpace,
                "A grid needs a list of values for every parameter, and \(names.joined(separator: ", ")) has a range of "
                    + "real numbers. List the values to try, or use the random sampler."
            )
        }
        self.tree = tree
        self.size = size
        guard !stages.isEmpty, size <= Self.most else {
            order = nil
            return
        }
        let rank = Dictionary(stages.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let parameters = space.parameters.enumerated().sorted {
            (rank[$0.element.name] ?? stages.count, $0.offset) < (rank[$1.element.name] ?? stages.count, $1.offset)
        }.map(\.element)
        order = (0..<size).map { place -> (place: Int, key: [Int]) in
            let configuration = tree.configuration(at: place)
            // What is not active comes first.
            return (place, parameters.map { configuration[$0.name].flatMap($0.domain.place) ?? -1 })
        }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.place)
    }

    /// The first configuration of the order that was not tried yet.
    public func ask(history: [Observation], using generator: inout SplitMix64) -> Configuration? {
        let seen = Set(history.map(\.configuration))
        for place in 0..<size {
            let configuration = tree.configuration(at: order?[place] ?? place)
            if !seen.contains(configuration) { return configuration }
        }
        return nil
    }
}

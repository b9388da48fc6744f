internal import Base

/// All configurations that a search may try: parameters with their domains and conditions.
///
/// ```swift
/// let space = try SearchSpace([
///     Parameter("retriever", .categorical(["bm25", "dense"])),
///     Parameter("bm25.k1", .categorical([0.9, 1.2]), when: .init("retriever", isOneOf: ["bm25"])),
/// ])
/// space.size  // 3
/// ```
public struct SearchSpace: Sendable, Hashable {
    /// The parameters; one with a condition comes after the one that it depends on.
    public let parameters: [Parameter]
    /// Where every search starts: the first value of each parameter unless another one was given.
    public let `default`: Configuration

    /// A space, checked.
    ///
    /// - Parameters:
    ///   - parameters: In an order in which every condition looks back.
    ///   - default: Values that the default has instead of the first ones; it may leave parameters out.
    /// - Throws: ``AutoMLError`` with the code `invalidSpace` or, for the default, `invalidConfiguration`.
    public init(_ parameters: [Parameter], default given: Configuration = Configuration()) throws(AutoMLError) {
        try Self.check(parameters)
        self.parameters = parameters
        var values = given.values
        for parameter in parameters where values[parameter.name] == nil {
            values[parameter.name] = parameter.domain.first
        }
        let complete = Configuration(values)
        `default` = Self.normalised(complete, parameters: parameters)
        try validate(complete)
    }

    /// How many configurations there are, `Int.max` where they are more than that, nil where a parameter is a range of
    /// real numbers.
    public var size: Int? { SpaceTree(parameters).size }

    /// Every configuration, the first parameters varying slowest; nil where the space is not finite.
    public var enumerated: LazyMapCollection<Range<Int>, Configuration>? {
        let tree = SpaceTree(parameters)
        return tree.size.map { size in (0..<size).lazy.map { tree.configuration(at: $0) } }
    }
}

extension SearchSpace: Codable {
    private enum CodingKeys: String, CodingKey {
        case parameters, `default`
    }

    /// Reads and checks a space.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            try container.decode([Parameter].self, forKey: .parameters),
            default: try container.decodeIfPresent(Configuration.self, forKey: .default) ?? Configuration()
        )
    }

    /// Writes the parameters and the default.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(parameters, forKey: .parameters)
        try container.encode(`default`, forKey: .default)
    }
}

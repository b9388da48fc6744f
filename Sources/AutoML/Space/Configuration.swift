public import Base

/// One point of a search space: a value for every parameter that is active there.
public struct Configuration: Sendable, Hashable, Codable {
    /// The values by parameter name.
    public var values: [String: JSONValue]

    /// A configuration of these values.
    public init(_ values: [String: JSONValue] = [:]) {
        self.values = values
    }

    /// The value of a parameter, or nil where it is not active.
    public subscript(name: String) -> JSONValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Names the configuration by its content.
    public var hash: ContentHash { ContentHash(of: .object(values)) }

    /// Reads the values as one JSON object.
    public init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: JSONValue].self)
    }

    /// Writes the values as one JSON object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(values)
    }
}

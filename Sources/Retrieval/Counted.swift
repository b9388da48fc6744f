/// What a model made, and how many tokens its server read for it: what one pays for.
public struct Counted<Value: Sendable>: Sendable {
    /// What was made.
    public var value: Value
    /// How many tokens the server counted; nil where it counted none, or nobody serves the model.
    public var tokens: Int?

    /// Something that was made, with its tokens.
    public init(_ value: Value, tokens: Int?) {
        self.value = value
        self.tokens = tokens
    }
}

package import Tracing

extension SpanAttributes {
    /// All of them by name; the type itself is no sequence.
    package var values: [String: SpanAttribute] {
        var values: [String: SpanAttribute] = [:]
        func collect(_ name: String, _ value: SpanAttribute) { values[name] = value }
        forEach(collect)
        return values
    }
}

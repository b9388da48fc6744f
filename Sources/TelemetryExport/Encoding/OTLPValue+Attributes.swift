internal import Telemetry
internal import Tracing

extension OTLPValue {
    /// Attributes as a list of keys and values, by name, so that the same ones are the same bytes.
    static func attributes(_ attributes: SpanAttributes) -> OTLPValue {
        Self.attributes(attributes.values)
    }

    /// The same of a dictionary.
    static func attributes(_ values: [String: SpanAttribute]) -> OTLPValue {
        .list(
            values.sorted { $0.key < $1.key }.map { name, value in
                .message([OTLPField(1, "key", .string(name)), OTLPField(2, "value", .any(value))])
            })
    }

    /// A value of any type (`AnyValue`).
    private static func any(_ value: SpanAttribute) -> OTLPValue {
        func list(_ values: [SpanAttribute]) -> OTLPValue {
            let array = OTLPValue.message([OTLPField(1, "values", .list(values.map(any)))])
            return .message([OTLPField(5, "arrayValue", array)])
        }
        switch value {
        case .string(let text): return .message([OTLPField(1, "stringValue", .string(text))])
        case .bool(let flag): return .message([OTLPField(2, "boolValue", .bool(flag))])
        case .int32(let value): return .message([OTLPField(3, "intValue", .int64(Int64(value)))])
        case .int64(let value): return .message([OTLPField(3, "intValue", .int64(value))])
        case .double(let value): return .message([OTLPField(4, "doubleValue", .double(value))])
        case .stringConvertible(let value):
            return .message([OTLPField(1, "stringValue", .string(String(describing: value)))])
        case .stringArray(let texts): return list(texts.map { .string($0) })
        case .boolArray(let flags): return list(flags.map { .bool($0) })
        case .int32Array(let values): return list(values.map { .int32($0) })
        case .int64Array(let values): return list(values.map { .int64($0) })
        case .doubleArray(let values): return list(values.map { .double($0) })
        case .stringConvertibleArray(let values): return list(values.map { .string(String(describing: $0)) })
        default: return .message([])
        }
    }
}

internal import Base

extension OTLPValue {
    /// The same as JSON: protobuf's mapping, but with ids in hexadecimal and constants as numbers, as OTLP wants it
    /// (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
    var json: JSONValue {
        switch self {
        case .message(let fields):
            .object(Dictionary(fields.map { ($0.name, $0.value.json) }, uniquingKeysWith: { _, later in later }))
        case .string(let text): .string(text)
        case .id(let bytes): .string(bytes.map(Self.hex).joined())
        case .bool(let flag): .bool(flag)
        // JSON's numbers are not exact beyond 2⁵³.
        case .int64(let value): .string(String(value))
        case .fixed64(let value): .string(String(value))
        case .uint32(let value), .fixed32(let value): .integer(Int(value))
        case .double(let value): value.isFinite ? .number(value) : .string(Self.word(for: value))
        case .constant(let value): .integer(value)
        case .list(let values): .array(values.map(\.json))
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }

    private static func word(for value: Double) -> String {
        value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity"
    }
}

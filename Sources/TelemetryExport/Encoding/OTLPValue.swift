/// A value of OpenTelemetry's protocol, written as protobuf or as JSON: one description for both.
///
/// Numbers and names of fields are those of opentelemetry-proto 1.10 (`trace/v1`, `metrics/v1`, `common/v1`).
indirect enum OTLPValue: Sendable {
    case message([OTLPField])
    case string(String)
    /// An id; hexadecimal in JSON.
    case id([UInt8])
    case bool(Bool)
    case int64(Int64)
    case uint32(UInt32)
    case fixed32(UInt32)
    case fixed64(UInt64)
    case double(Double)
    /// The number of a constant, also in JSON.
    case constant(Int)
    /// A repeated field; of numbers, packed.
    case list([OTLPValue])
}

/// A field of a message.
struct OTLPField: Sendable {
    var number: Int
    /// Its name in JSON.
    var name: String
    var value: OTLPValue

    init(_ number: Int, _ name: String, _ value: OTLPValue) {
        self.number = number
        self.name = name
        self.value = value
    }
}

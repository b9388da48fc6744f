internal import Telemetry
internal import Tracing

/// A span that has ended.
struct RecordedSpan: Sendable {
    var name: String
    var context: TraceContext
    /// The span that it is a part of; nil where it begins a trace.
    var parent: UInt64?
    var kind: SpanKind
    var start: UInt64
    var end: UInt64
    var attributes: SpanAttributes
    var events: [SpanEvent]
    var links: [SpanLink]
    var status: SpanStatus?

    /// About how many bytes it takes, in memory and on the way.
    var size: Int {
        let events = events.reduce(0) { $0 + 32 + $1.name.utf8.count + Self.size($1.attributes) }
        return 128 + name.utf8.count + Self.size(attributes) + events + 64 * links.count
    }

    private static func size(_ attributes: SpanAttributes) -> Int {
        attributes.values.reduce(0) { $0 + $1.key.utf8.count + 16 + size($1.value) }
    }

    private static func size(_ value: SpanAttribute) -> Int {
        switch value {
        case .string(let text): text.utf8.count
        case .stringArray(let texts): texts.reduce(0) { $0 + $1.utf8.count + 4 }
        case .stringConvertible(let value): String(describing: value).utf8.count
        default: 8
        }
    }
}

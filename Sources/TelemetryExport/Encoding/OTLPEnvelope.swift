internal import Tracing

/// Who tells: what stands around spans and metrics.
struct OTLPEnvelope: Sendable {
    /// The conventions that the names of attributes come from.
    static let schema = "https://opentelemetry.io/schemas/1.41.1"

    /// The program, its version, and what the environment says of it.
    var resource: [String: SpanAttribute]
    /// The version of the instrumentation, which is Neo's own.
    var version: String

    /// `ExportTraceServiceRequest`.
    func traces(_ spans: [RecordedSpan]) -> OTLPValue {
        request("resourceSpans", "scopeSpans", "spans", spans.map(Self.span))
    }

    /// `ExportMetricsServiceRequest`.
    func metrics(_ metrics: [OTLPValue]) -> OTLPValue {
        request("resourceMetrics", "scopeMetrics", "metrics", metrics)
    }

    private func request(
        _ outer: String, _ scoped: String, _ name: String, _ items: [OTLPValue]
    ) -> OTLPValue {
        let scope = OTLPValue.message([
            OTLPField(1, "name", .string("neo")), OTLPField(2, "version", .string(version)),
        ])
        let inner = OTLPValue.message([
            OTLPField(1, "scope", scope), OTLPField(2, name, .list(items)),
            OTLPField(3, "schemaUrl", .string(Self.schema)),
        ])
        let resource = OTLPValue.message([OTLPField(1, "attributes", .attributes(self.resource))])
        let all = OTLPValue.message([
            OTLPField(1, "resource", resource), OTLPField(2, scoped, .list([inner])),
            OTLPField(3, "schemaUrl", .string(Self.schema)),
        ])
        return .message([OTLPField(1, outer, .list([all]))])
    }

    private static func span(_ span: RecordedSpan) -> OTLPValue {
        var fields = [
            OTLPField(1, "traceId", .id(span.context.traceBytes)),
            OTLPField(2, "spanId", .id(TraceContext.bytes(span.context.span))),
        ]
        if !span.context.state.isEmpty { fields.append(OTLPField(3, "traceState", .string(span.context.state))) }
        if let parent = span.parent { fields.append(OTLPField(4, "parentSpanId", .id(TraceContext.bytes(parent)))) }
        fields += [
            OTLPField(5, "name", .string(span.name)), OTLPField(6, "kind", .constant(number(of: span.kind))),
            OTLPField(7, "startTimeUnixNano", .fixed64(span.start)),
            OTLPField(8, "endTimeUnixNano", .fixed64(span.end)),
            OTLPField(9, "attributes", .attributes(span.attributes)),
        ]
        if !span.events.isEmpty { fields.append(OTLPField(11, "events", .list(span.events.map(event)))) }
        let links = span.links.compactMap(link)
        if !links.isEmpty { fields.append(OTLPField(13, "links", .list(links))) }
        if let status = span.status { fields.append(OTLPField(15, "status", Self.status(status))) }
        fields.append(OTLPField(16, "flags", .fixed32(span.context.isSampled ? 1 : 0)))
        return .message(fields)
    }

    private static func event(_ event: SpanEvent) -> OTLPValue {
        .message([
            OTLPField(1, "timeUnixNano", .fixed64(event.nanosecondsSinceEpoch)),
            OTLPField(2, "name", .string(event.name)), OTLPField(3, "attributes", .attributes(event.attributes)),
        ])
    }

    private static func link(_ link: SpanLink) -> OTLPValue? {
        guard let context = TraceContext.of(link.context) else { return nil }
        return .message([
            OTLPField(1, "traceId", .id(context.traceBytes)),
            OTLPField(2, "spanId", .id(TraceContext.bytes(context.span))),
            OTLPField(4, "attributes", .attributes(link.attributes)),
        ])
    }

    private static func status(_ status: SpanStatus) -> OTLPValue {
        var fields = status.message.map { [OTLPField(2, "message", .string($0))] } ?? []
        fields.append(OTLPField(3, "code", .constant(status.code == .ok ? 1 : 2)))
        return .message(fields)
    }

    private static func number(of kind: SpanKind) -> Int {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }
}

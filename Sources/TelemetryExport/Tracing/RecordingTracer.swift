package import Tracing

/// Starts spans, and carries their contexts from one process to the next in the W3C's headers.
///
/// A trace that somebody else began and does not keep is not kept here either (the sampler `parentbased_always_on`).
package struct RecordingTracer: Tracer {
    /// The longest `tracestate` that is handed on, as the standard asks for.
    private static let longestState = 512

    private let number: @Sendable () -> UInt64
    private let onEnd: @Sendable (RecordedSpan) -> Void

    /// A tracer.
    ///
    /// - Parameters:
    ///   - number: makes ids; never 0.
    ///   - onEnd: gets every span that ends, at once, on the thread that ended it.
    init(
        number: @escaping @Sendable () -> UInt64 = { .random(in: 1...UInt64.max) },
        onEnd: @escaping @Sendable (RecordedSpan) -> Void
    ) {
        self.number = number
        self.onEnd = onEnd
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> RecordingSpan {
        var context = context()
        let parent = TraceContext.of(context)
        let own = TraceContext(
            traceHigh: parent?.traceHigh ?? number(), traceLow: parent?.traceLow ?? number(), span: number(),
            isSampled: parent?.isSampled ?? true, state: parent?.state ?? "")
        own.set(in: &context)
        let now = instant().nanosecondsSinceEpoch
        let span = RecordedSpan(
            name: operationName, context: own, parent: parent?.span, kind: kind, start: now, end: now,
            attributes: [:], events: [], links: [])
        return RecordingSpan(span, context: context, onEnd: onEnd)
    }

    package func forceFlush() {}

    package func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let own = TraceContext.of(context) else { return }
        injector.inject(own.traceparent, forKey: "traceparent", into: &carrier)
        if !own.state.isEmpty { injector.inject(own.state, forKey: "tracestate", into: &carrier) }
    }

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let header = extractor.extract(key: "traceparent", from: carrier),
            var remote = TraceContext(traceparent: header)
        else { return }
        let state = extractor.extract(key: "tracestate", from: carrier) ?? ""
        // Longer ones, and what is no header, are not handed on.
        if state.utf8.count <= Self.longestState, state.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
            remote.state = state
        }
        remote.set(in: &context)
    }
}

internal import Synchronization
package import Tracing

/// A span while it goes on; what it becomes is handed on when it ends.
package final class RecordingSpan: Span {
    private struct State {
        var span: RecordedSpan
        var isEnded = false
    }

    package let context: InstrumentationContext
    private let state: Mutex<State>
    private let onEnd: @Sendable (RecordedSpan) -> Void
    package let isRecording: Bool

    init(_ span: RecordedSpan, context: InstrumentationContext, onEnd: @escaping @Sendable (RecordedSpan) -> Void) {
        self.context = context
        state = Mutex(State(span: span))
        self.onEnd = onEnd
        isRecording = span.context.isSampled
    }

    package var operationName: String {
        get { state.withLock { $0.span.name } }
        set { change { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { state.withLock { $0.span.attributes } }
        set { change { $0.attributes = newValue } }
    }

    package func setStatus(_ status: SpanStatus) { change { $0.status = status } }

    package func addEvent(_ event: SpanEvent) { change { $0.events.append(event) } }

    package func addLink(_ link: SpanLink) { change { $0.links.append(link) } }

    /// Tells the type of the error, and not its words: they may repeat what was said to a model.
    package func recordError<Instant: TracerInstant>(
        _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
    ) {
        var all = attributes
        all["exception.type"] = String(describing: type(of: error))
        addEvent(SpanEvent(name: "exception", at: instant(), attributes: all))
    }

    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let now = instant().nanosecondsSinceEpoch
        let span = state.withLock { state -> RecordedSpan? in
            guard !state.isEnded else { return nil }
            state.isEnded = true
            state.span.end = max(now, state.span.start)
            return state.span
        }
        if let span, isRecording { onEnd(span) }
    }

    private func change(_ body: (inout RecordedSpan) -> Void) {
        guard isRecording else { return }
        state.withLock { if !$0.isEnded { body(&$0.span) } }
    }
}

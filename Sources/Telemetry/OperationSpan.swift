internal import Base
internal import Synchronization
package import Tracing

/// An operation while it goes on.
///
/// It ends once: when somebody ends it, or, as one that was given up, when nobody holds it any more. So a stream that is
/// dropped in the middle ends its span, too.
package final class OperationSpan: Sendable {
    private struct State {
        var attributes: [AttributeName: SpanAttribute]
        var isEnded = false
    }

    private let telemetry: Telemetry
    private let span: any Span
    private let startedAtEpoch: UInt64
    private let started: UInt64
    private let state: Mutex<State>

    init(
        _ operation: GenAIOperation, _ subject: String?, isRemote: Bool,
        _ attributes: [AttributeName: SpanAttribute], telemetry: Telemetry
    ) {
        self.telemetry = telemetry
        let now = telemetry.nanosecondsSinceEpoch
        startedAtEpoch = now
        started = telemetry.time.nanoseconds()
        span = telemetry.tracer.startSpan(
            subject.map { "\(operation.rawValue) \($0)" } ?? operation.rawValue,
            ofKind: isRemote ? .client : .internal,
            at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: now))
        var attributes = attributes
        attributes[.operation] = .string(operation.rawValue)
        attributes[.openInferenceKind] = .string(operation.openInferenceKind)
        state = Mutex(State(attributes: attributes))
    }

    deinit { end(word: "cancelled") }

    /// What operations within this one are part of.
    package var context: InstrumentationContext { span.context }

    /// Whether content is told.
    package var capturesContent: Bool { telemetry.capturesContent }

    /// Seconds since the beginning.
    package var elapsed: Double { Double(telemetry.time.nanoseconds() &- started) / 1e9 }

    /// Tells more; nil tells nothing.
    package func set(_ name: AttributeName, _ value: SpanAttribute?) {
        guard let value else { return }
        // Whoever tells content without being asked for it is not heard.
        guard telemetry.capturesContent || !AttributeName.content.contains(name) else { return }
        state.withLock { $0.attributes[name] = value }
    }

    /// Tells a number.
    package func set(_ name: AttributeName, _ value: Int?) { set(name, value.map { .int64(Int64($0)) }) }

    /// Tells a text.
    package func set(_ name: AttributeName, _ value: String?) { set(name, value.map { .string($0) }) }

    /// Tells how much was read or written, also to the metrics.
    package func count(_ tokens: Int?, _ name: AttributeName, type: String) {
        guard let tokens else { return }
        set(name, tokens)
        var attributes = dimensions
        attributes[.tokenType] = .string(type)
        telemetry.record(.tokenUsage, Double(tokens), attributes)
    }

    /// The first piece of a stream is there.
    package func firstChunk() {
        let seconds = elapsed
        set(.timeToFirstChunk, .double(seconds))
        telemetry.record(.timeToFirstChunk, seconds, dimensions)
    }

    /// Ends it.
    package func end() { end(word: nil) }

    /// Ends it, because it failed.
    package func end(_ error: any Error) { end(word: errorType(of: error)) }

    private func end(word: String?) {
        let attributes = state.withLock { state -> [AttributeName: SpanAttribute]? in
            guard !state.isEnded else { return nil }
            state.isEnded = true
            if let word { state.attributes[.errorType] = .string(word) }
            return state.attributes
        }
        guard let attributes else { return }
        let duration = telemetry.time.nanoseconds() &- started
        telemetry.record(.operationDuration, Double(duration) / 1e9, dimensions)
        span.updateAttributes { all in
            for (name, value) in attributes { all.set(name.rawValue, value: value) }
        }
        if word != nil { span.setStatus(SpanStatus(code: .error)) }
        // Wall clocks are set; the difference of two of their times is no duration.
        span.end(at: DefaultTracerClock.Timestamp(nanosecondsSinceEpoch: startedAtEpoch &+ duration))
    }

    private var dimensions: [AttributeName: SpanAttribute] {
        state.withLock { $0.attributes.filter { AttributeName.metricDimensions.contains($0.key) } }
    }
}

package import Base
package import Tracing

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Who hears what models are asked, and what came of it.
///
/// It is bound to a task and to the tasks that it starts. Where nobody listens, which is the usual case, nothing is
/// recorded and nothing is computed for it.
///
/// ```swift
/// try await Telemetry.$current.withValue(telemetry) { try await answer() }
/// ```
package struct Telemetry: Sendable {
    /// Who hears it in this task; nil where nobody does.
    @TaskLocal package static var current: Telemetry?

    /// Where spans are started.
    package var tracer: any Tracer
    /// Whether prompts, answers, questions and names of documents are told, too: only for whoever asked for it.
    package var capturesContent: Bool
    /// Where durations and tokens are counted.
    package var record: @Sendable (GenAIMetric, Double, [AttributeName: SpanAttribute]) -> Void
    /// Where the time comes from.
    package var time: TimeSource

    /// A listener.
    package init(
        tracer: any Tracer, capturesContent: Bool = false, time: TimeSource = .system,
        record: @escaping @Sendable (GenAIMetric, Double, [AttributeName: SpanAttribute]) -> Void = { _, _, _ in }
    ) {
        self.tracer = tracer
        self.capturesContent = capturesContent
        self.time = time
        self.record = record
    }

    /// Now, in nanoseconds since 1970.
    var nanosecondsSinceEpoch: UInt64 { UInt64(max(0, time.now().timeIntervalSince1970) * 1e9) }

    /// Begins an operation, as a part of the one that this task is in.
    package func begin(
        _ operation: GenAIOperation, _ subject: String? = nil, isRemote: Bool = false,
        _ attributes: [AttributeName: SpanAttribute] = [:]
    ) -> OperationSpan {
        OperationSpan(operation, subject, isRemote: isRemote, attributes, telemetry: self)
    }
}

/// Does something as an operation that is told to whoever listens.
///
/// - Parameters:
///   - subject: what the span is named after, behind the operation.
///   - isRemote: whether somebody else does the work.
///   - body: gets the operation, to tell more of it; nil where nobody listens.
package func withOperation<Result>(
    _ operation: GenAIOperation, _ subject: String? = nil, isRemote: Bool = false,
    _ attributes: @autoclosure () -> [AttributeName: SpanAttribute] = [:],
    isolation: isolated (any Actor)? = #isolation,
    _ body: (OperationSpan?) async throws -> Result
) async throws -> Result {
    guard let telemetry = Telemetry.current else { return try await body(nil) }
    let span = telemetry.begin(operation, subject, isRemote: isRemote, attributes())
    do {
        let result = try await InstrumentationContext.withValue(span.context) { try await body(span) }
        span.end()
        return result
    } catch {
        span.end(error)
        throw error
    }
}

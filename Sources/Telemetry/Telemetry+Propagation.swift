internal import Tracing

extension Telemetry {
    /// Headers by which whoever is asked next can go on with the trace; none outside of operations.
    package var headers: [String: String] {
        var headers: [String: String] = [:]
        if let context = InstrumentationContext.current {
            tracer.inject(context, into: &headers, using: HeaderFields())
        }
        return headers
    }

    /// Does something as a part of a trace that others began.
    ///
    /// - Parameter headers: what they sent, by name in small letters.
    package func continuing<Result>(
        _ headers: [String: String], isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Result
    ) async throws -> Result {
        var context = InstrumentationContext.current ?? .topLevel
        tracer.extract(headers, into: &context, using: HeaderFields())
        return try await InstrumentationContext.withValue(context) { try await body() }
    }
}

/// Headers as a dictionary.
private struct HeaderFields: Injector, Extractor {
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }

    func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
}

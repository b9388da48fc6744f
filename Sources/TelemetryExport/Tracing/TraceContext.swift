package import Tracing

/// Where a span belongs: the W3C's trace context (https://www.w3.org/TR/trace-context/, version 00).
package struct TraceContext: Sendable, Hashable {
    /// The trace's 128 bits.
    package var traceHigh: UInt64
    package var traceLow: UInt64
    /// The span.
    package var span: UInt64
    /// Whether whoever began the trace keeps it.
    package var isSampled: Bool
    /// What other tracers handed along; empty where nothing.
    package var state = ""

    /// A context.
    package init(traceHigh: UInt64, traceLow: UInt64, span: UInt64, isSampled: Bool = true, state: String = "") {
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.span = span
        self.isSampled = isSampled
        self.state = state
    }

    /// Reads the header `traceparent`; nil where it is not one.
    package init?(traceparent header: String) {
        let parts = header.split(separator: "-", omittingEmptySubsequences: false).map(Array.init)
        // Later versions may have more parts; this one may not.
        guard parts.count >= 4, let version = Self.number(parts[0], digits: 2), version != 0xFF,
            version != 0 || parts.count == 4, parts[1].count == 32,
            let high = Self.number(Array(parts[1].prefix(16)), digits: 16),
            let low = Self.number(Array(parts[1].suffix(16)), digits: 16),
            let span = Self.number(parts[2], digits: 16), let flags = Self.number(parts[3], digits: 2),
            high != 0 || low != 0, span != 0
        else { return nil }
        self.init(traceHigh: high, traceLow: low, span: span, isSampled: flags & 1 == 1)
    }

    /// The header `traceparent`.
    package var traceparent: String { "00-\(traceID)-\(Self.hex(span))-\(isSampled ? "01" : "00")" }

    /// The trace in 32 hexadecimal digits.
    package var traceID: String { Self.hex(traceHigh) + Self.hex(traceLow) }

    /// The trace in 16 bytes.
    var traceBytes: [UInt8] { Self.bytes(traceHigh) + Self.bytes(traceLow) }

    /// Of a number, its bytes, the greatest first.
    static func bytes(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Small letters only, as the standard has it.
    private static func number(_ digits: [Character], digits count: Int) -> UInt64? {
        guard digits.count == count, digits.allSatisfy({ "0123456789abcdef".contains($0) }) else { return nil }
        return UInt64(String(digits), radix: 16)
    }
}

extension TraceContext {
    private enum Key: InstrumentationContextKey {
        typealias Value = TraceContext
    }

    /// The span that a task is in.
    package static func of(_ context: InstrumentationContext) -> TraceContext? { context[Key.self] }

    /// The same context, within this span.
    func set(in context: inout InstrumentationContext) { context[Key.self] = self }
}

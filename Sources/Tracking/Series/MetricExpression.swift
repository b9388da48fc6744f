#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Arithmetic over metrics: `2 * precision * recall / (precision + recall)`.
///
/// Names of metrics are words of letters, digits, `_`, `/`, `.` and `@`, or anything between backquotes: `` `train/loss` ``.
/// A `/` with a space before it divides. Operators are `+ - * / ^`, functions `log`, `log10`, `exp`, `sqrt`, `abs`, `min`
/// and `max`. What is undefined, such as 0/0, is NaN.
package struct MetricExpression: Sendable, Hashable {
    indirect enum Node: Sendable, Hashable {
        case number(Double)
        case metric(String)
        case negated(Node)
        case binary(Character, Node, Node)
        case call(String, [Node])
    }

    /// The text that it was read from.
    package let text: String
    let root: Node

    /// Reads an expression.
    ///
    /// - Throws: ``TrackingError`` with the place at which it stops making sense.
    package init(_ text: String) throws(TrackingError) {
        self.text = text
        var parser = ExpressionParser(text)
        root = try parser.whole()
    }

    /// The metrics that it needs.
    package var metrics: Set<String> { Self.metrics(of: root) }

    /// The value for these metrics; nil where one is missing.
    package func value(_ metrics: [String: Double]) -> Double? { Self.value(root, metrics) }

    private static func metrics(of node: Node) -> Set<String> {
        switch node {
        case .number: []
        case .metric(let name): [name]
        case .negated(let inner): metrics(of: inner)
        case .binary(_, let left, let right): metrics(of: left).union(metrics(of: right))
        case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion(metrics(of: $1)) }
        }
    }

    private static func value(_ node: Node, _ metrics: [String: Double]) -> Double? {
        switch node {
        case .number(let value): return value
        case .metric(let name): return metrics[name]
        case .negated(let inner): return value(inner, metrics).map { -$0 }
        case .binary(let sign, let left, let right):
            guard let left = value(left, metrics), let right = value(right, metrics) else { return nil }
            switch sign {
            case "+": return left + right
            case "-": return left - right
            case "*": return left * right
            case "/": return left / right
            default: return pow(left, right)
            }
        case .call(let name, let arguments):
            let values = arguments.compactMap { value($0, metrics) }
            guard values.count == arguments.count, let first = values.first else { return nil }
            switch name {
            case "log": return log(first)
            case "log10": return log10(first)
            case "exp": return exp(first)
            case "sqrt": return first.squareRoot()
            case "abs": return abs(first)
            case "min": return values.contains(where: \.isNaN) ? .nan : values.min()
            default: return values.contains(where: \.isNaN) ? .nan : values.max()
            }
        }
    }
}

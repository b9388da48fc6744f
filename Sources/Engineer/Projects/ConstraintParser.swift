internal import Base
internal import RAG
internal import Yams

/// Reads sentences such as `p95_latency <= 50 ms`.
enum ConstraintParser {
    private static let latencies = ["p50_latency": 50, "p95_latency": 95]
    private static let milliseconds = ["us": 0.001, "ms": 1, "s": 1000]
    private static let bytes: [String: Double] = [
        "B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824,
    ]
    private static let dollars: [String: Double] = ["": 1, "USD": 1]
    /// Every quantity that can be bounded.
    static let quantities =
        ["p50_latency", "p95_latency", "index_size", "cost_per_1000"] + RAGEvaluator.evidenceMetrics
        + RAGEvaluator.relevanceMetrics

    /// Why a sentence is none.
    struct Failure: Error {
        let sentence: String
    }

    static func parse(_ text: String, line: Int) throws(Failure) -> Constraint {
        let plain = text.replacing("≤", with: "<=").replacing("≥", with: ">=")
        guard let relation = [Constraint.Relation.atMost, .atLeast].first(where: { plain.contains($0.rawValue) }),
            let sign = plain.firstRange(of: relation.rawValue)
        else {
            throw Failure(
                sentence: "The constraint \"\(text)\" has neither <= nor >=. Write it as \"p95_latency <= 50 ms\".")
        }
        let name = trimmed(plain[..<sign.lowerBound])
        let words = plain[sign.upperBound...].split(whereSeparator: \.isWhitespace).joined().replacing("$", with: "")
        guard quantities.contains(name) else {
            let hint = nearest(to: name, in: quantities).map { " Did you mean \"\($0)\"?" } ?? ""
            throw Failure(
                sentence: "The quantity \"\(name)\" of a constraint is not known.\(hint) It can be "
                    + "\(quantities.joined(separator: ", ")).")
        }
        let digits = words.prefixMatch(of: /[-+]?[0-9.]+([eE][-+]?[0-9]+)?/)?.output.0 ?? ""
        let unit = String(words.dropFirst(digits.count))
        guard let number = Double(digits), number.isFinite, number >= 0 else {
            throw Failure(
                sentence: "The limit of the constraint \"\(text)\" is no number of at least 0. Write it as "
                    + "\"\(example(name))\".")
        }
        let quantity: Constraint.Quantity
        let scale: Double
        if let percentile = latencies[name] {
            quantity = .latency(percentile: percentile)
            scale = try factor(unit, milliseconds, name, text)
        } else if name == "index_size" {
            quantity = .indexSize
            scale = try factor(unit, bytes, name, text)
        } else if name == "cost_per_1000" {
            quantity = .cost
            scale = try factor(unit, dollars, name, text)
        } else {
            quantity = .metric(name)
            guard unit.isEmpty else {
                throw Failure(
                    sentence: "\(name) has no unit, and the constraint \"\(text)\" gives one. Write it as "
                        + "\"\(example(name))\".")
            }
            scale = 1
        }
        if case .metric = quantity {
        } else if relation == .atLeast {
            throw Failure(
                sentence: "The constraint \"\(text)\" asks for a \(name) that is large. Write it as "
                    + "\"\(example(name))\".")
        }
        return Constraint(
            quantity: quantity, relation: relation, limit: number * scale, text: text, line: line)
    }

    private static func factor(
        _ unit: String, _ units: [String: Double], _ name: String, _ text: String
    ) throws(Failure) -> Double {
        if let factor = units[unit] { return factor }
        let known = units.filter { !$0.key.isEmpty }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
            .joined(separator: ", ")
        let found = unit.isEmpty ? "no unit" : "the unit \"\(unit)\""
        throw Failure(
            sentence: "The constraint \"\(text)\" has \(found); \(name) is in \(known). Write it as "
                + "\"\(example(name))\".")
    }

    private static func example(_ name: String) -> String {
        switch name {
        case "p50_latency", "p95_latency": "\(name) <= 50 ms"
        case "index_size": "index_size <= 200 MB"
        case "cost_per_1000": "cost_per_1000 <= 0.5"
        default: "\(name) >= 0.6"
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension YAMLReader {
    /// The list under `constraints`.
    func constraints(_ node: Node) throws(EngineerError) -> [Constraint] {
        guard let list = node.sequence else {
            throw failure(
                "`constraints` must be a list such as `[\"p95_latency <= 50 ms\", \"index_size <= 200 MB\"]`.",
                at: "constraints")
        }
        var constraints: [Constraint] = []
        for element in list {
            let line = element.mark?.line ?? 1
            do {
                constraints.append(try ConstraintParser.parse(element.scalar?.string ?? "", line: line))
            } catch {
                throw failure(error.sentence, line: line)
            }
        }
        return constraints
    }
}

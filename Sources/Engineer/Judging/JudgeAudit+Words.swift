package import Base
internal import RAG
package import Statistics

extension JudgeAudit {
    /// The figures, as they are kept and printed.
    package var figures: JSONValue {
        [
            "labels": .integer(pairs.count), "agreement": Self.json(agreement), "kappa": Self.json(kappa),
            "bias": Self.json(bias), "false_positive_rate": Self.json(falsePositiveRate),
            "false_negative_rate": Self.json(falseNegativeRate), "failure_rate": .number(failureRate),
            "repeatability": repeatability.map { .number($0) } ?? .null,
        ]
    }

    /// An interval as an object.
    package static func json(_ interval: Interval?) -> JSONValue {
        guard let interval else { return .null }
        return [
            "estimate": .number(interval.estimate), "lower": .number(interval.lower),
            "upper": .number(interval.upper), "confidence": .number(interval.confidence),
        ]
    }

    /// An interval for people.
    package static func words(_ interval: Interval) -> String {
        "\(Rounding.text(interval.estimate)) (\(Rounding.text(interval.lower)) to \(Rounding.text(interval.upper)))"
    }

    /// The figures for people.
    package var text: String {
        var lines = [
            "\(criterion.rawValue), judged by \(judge), beside \(pairs.count) labels",
            "  prompt \(prompt), \(date); intervals of 95 %",
        ]
        if judgedOwnAnswers { lines.append("  The judge wrote answers itself that it judged: it may favour them.") }
        func line(_ name: String, _ interval: Interval?, _ meaning: String) {
            lines.append("  \(name)  \(interval.map(Self.words) ?? "not defined"): \(meaning)")
        }
        line("agreement", agreement, "both find an answer right, or both do not")
        line("kappa", kappa, "the same beyond chance: 0 is chance, 1 is always")
        line("bias", bias, "the judge's mean score minus people's")
        line("false positives", falsePositiveRate, "of the answers that people find wrong, it finds right")
        line("false negatives", falseNegativeRate, "of the answers that people find right, it does not")
        lines.append("  failures  \(Rounding.text(failureRate)): no verdict, which counts as the worst one")
        if let repeatability {
            lines.append(
                "  repeatability  \(Rounding.text(repeatability)): equal verdicts when asked \(repetitions) times")
        }
        return lines.joined(separator: "\n")
    }
}

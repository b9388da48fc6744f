internal import AutoML
internal import Base

/// All trials as a table for a spreadsheet.
package enum TrialTable {
    /// Comma-separated values (RFC 4180, with line feeds): a line of names, then a line a trial.
    package static func csv(_ results: SearchResults) -> String {
        let hasPrices = results.prices != nil
        let metrics = Set(results.trials.flatMap(\.metrics.keys)).sorted()
        let parameters = Set(results.trials.flatMap(\.configuration.values.keys)).sorted()
        let names =
            ["trial", "origin", "state", "score", "lower", "upper", "failures"] + (hasPrices ? ["cost_per_1000"] : [])
            + metrics.map { "metric.\($0)" } + parameters.map { "parameter.\($0)" }
        var lines = [names.map(cell).joined(separator: ",")]
        for trial in results.trials {
            let row =
                [String(trial.number), cell(trial.origin), cell(trial.state.rawValue)]
                + [trial.score?.value, trial.score?.lower, trial.score?.upper].map(number)
                + [String(trial.failures)] + (hasPrices ? [number(trial.costPer1000?.value)] : [])
                + metrics.map { number(trial.metrics[$0]) }
                + parameters.map { value(trial.configuration[$0]) }
            lines.append(row.joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text cell: quoted where it has to be, and never taken for a formula.
    static func cell(_ text: String) -> String {
        let special: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n"]
        let isFormula = text.unicodeScalars.first.map(special.contains) ?? false
        let safe = isFormula ? "'" + text : text
        let quoted: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
        guard safe.unicodeScalars.contains(where: quoted.contains) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    private static func number(_ value: Double?) -> String {
        value.flatMap { $0.isFinite ? String($0) : nil } ?? ""
    }

    private static func value(_ value: JSONValue?) -> String {
        switch value {
        case .integer(let whole): String(whole)
        case .number(let double): number(double)
        case .string(let text): cell(text)
        case .some(let other): cell(other.canonicalText)
        case nil: ""
        }
    }
}

/// The winner on every question, for programs.
package enum QuestionTable {
    /// One JSON object a line, one line a question. The texts are as they are: an apostrophe before a formula is for
    /// spreadsheets only.
    package static func jsonl(_ results: SearchResults) -> String {
        results.questions.map { line($0).canonicalText + "\n" }.joined()
    }

    private static func line(_ question: SearchResults.QuestionResult) -> JSONValue {
        .object([
            "id": .string(question.id), "question": .string(question.question),
            "type": question.type.map(JSONValue.string) ?? .null, "heldOut": .bool(question.heldOut),
            "score": number(question.score), "baseline": number(question.baseline),
            "expected": .array(question.expected.map(JSONValue.string)),
            "found": .array(question.found.map(JSONValue.string)),
            "failure": question.failure.map(JSONValue.string) ?? .null,
        ])
    }

    private static func number(_ value: Double) -> JSONValue {
        value.isFinite ? .number(value) : .null
    }
}

internal import AutoML
package import Base

extension KnowledgeRecord {
    /// One line of a list, with its fields padded to the header's.
    package static let header =
        "id            day         documents  questions  objective          default  winner  trials  project"

    /// The record in a list.
    package var line: String {
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        func word(_ text: String, _ width: Int) -> String {
            String(text.prefix(width)) + String(repeating: " ", count: max(0, width - text.count))
        }
        let documents = features.values["documents"].map { String(Int($0)) } ?? "?"
        return [
            word(id, 12), word(day, 10), padded(documents, 9), padded(String(questions), 9),
            word(objective.metric, 17), padded(Rounding.text(score(baseline) ?? .nan), 7),
            padded(Rounding.text(score(winner) ?? .nan), 6), padded(String(trials.count), 6), word(project, 12),
        ].joined(separator: "  ")
    }

    /// The whole record for people.
    package var text: String {
        var lines = ["\(id), \(day), project \(project), documents \(corpus), Neo \(neo)", ""]
        let meanings =
            KnowledgeFeatures.names + [
                ("default_score", "what the default scored in the search"),
                ("bm25_score", "what the default with BM25 alone scored"),
            ]
        lines.append("language: \(features.language)")
        for (name, meaning) in meanings {
            guard let value = features.values[name] else { continue }
            lines.append("\(name): \(Self.figure(value))  (\(meaning))")
        }
        lines.append("")
        lines.append("objective: \(objective.metric); \(questions) questions, sampler \(sampler)")
        for limit in constraints { lines.append("constraint: \(limit.quantity) \(limit.relation) \(limit.limit)") }
        let kind = verdict.kind
        lines.append(
            "winner: \(Self.words(verdict.winner)), default: \(Self.words(verdict.baseline)), difference: "
                + "\(Self.words(verdict.difference)) (\(kind), \(verdict.questions) questions)")
        lines.append("")
        for trial in trials {
            let score = trial.metrics[objective.metric].map { Rounding.text($0) } ?? trial.failure?.rawValue ?? ""
            var marks = [trial.origin, trial.state]
            if trial.number == winner { marks.append("winner") }
            if trial.isOnFront == true { marks.append("front") }
            lines.append(
                "\(trial.number)  \(score)  \(ConfigurationWords.short(trial.configuration))  [\(marks.joined(separator: ", "))]"
            )
        }
        return lines.joined(separator: "\n")
    }

    private static func words(_ estimate: SearchResults.Estimate) -> String {
        "\(Rounding.text(estimate.value)) (\(Rounding.text(estimate.lower)) to \(Rounding.text(estimate.upper)))"
    }

    static func figure(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : Rounding.text(value)
    }

    /// The fields of `neo knowledge list --json`.
    package var summary: JSONValue {
        [
            "id": .string(id), "day": .string(day), "project": .string(project), "corpus": .string(corpus),
            "documents": features.values["documents"].map { .number($0) } ?? .null, "questions": .integer(questions),
            "objective": .string(objective.metric), "default": score(baseline).map { .number($0) } ?? .null,
            "winner": score(winner).map { .number($0) } ?? .null, "trials": .integer(trials.count),
        ]
    }
}

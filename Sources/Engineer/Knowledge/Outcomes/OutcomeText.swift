package import Base

extension KnowledgeOutcome {
    /// One line of a list.
    package var line: String { "\(id)  \(day)  \(kind.rawValue.padded(7))  \(project)  \(sentence)" }

    /// What it comes to, in a line.
    package var sentence: String {
        func number(_ name: String) -> Int { Int(values[name] ?? 0) }
        func word(_ name: String) -> String { words[name] ?? "?" }
        switch kind {
        case .release:
            let verdict = words["verdict"].map { ", \($0)" } ?? ""
            return "\(word("action")) of release \(number("release")), \(word("stage")): \(word("result"))\(verdict)"
        case .audit:
            let delivered = sum("delivered")
            return
                "worst finding: \(word("worst")); \(sum("succeeded")) of \(delivered) attacks succeeded"
                + (values["utility.questions"].map {
                    "; \(number("utility.still_answered")) of \(Int($0)) harmless questions answered"
                } ?? "")
        case .month:
            return
                "\(word("month")): \(ReportText.count(number("requests"), "request")), \(number("failed")) failed, "
                + "\(number("abstained")) not answered, \(number("negative")) of \(number("ratings")) ratings negative, "
                + "\(number("alerts.page") + number("alerts.ticket")) alerts"
        }
    }

    private func sum(_ ending: String) -> Int {
        Int(values.filter { $0.key.hasPrefix("attacks.") && $0.key.hasSuffix(".\(ending)") }.map(\.value).reduce(0, +))
    }

    /// The whole record for people.
    package var text: String {
        let head = "\(id), \(day), \(kind.rawValue), project \(project), Neo \(neo)"
        let from = study.map { ["of the search \($0)"] } ?? []
        let rows =
            words.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            + values.sorted { $0.key < $1.key }.map { "\($0.key): \(KnowledgeRecord.figure($0.value))" }
        return ([head] + from + [sentence, ""] + rows).joined(separator: "\n")
    }

    /// The fields of `neo knowledge list --json`.
    package var summary: JSONValue {
        [
            "id": .string(id), "kind": .string(kind.rawValue), "day": .string(day), "project": .string(project),
            "study": study.map { .string($0) } ?? .null, "sentence": .string(sentence),
        ]
    }

    /// The record as a row of a table.
    var row: [String: JSONValue] {
        var row: [String: JSONValue] = [
            "id": .string(id), "project": .string(project), "day": .string(day), "neo": .string(neo),
            "study": study.map { .string($0) } ?? .null,
        ]
        for (name, word) in words { row[name] = .string(word) }
        for (name, value) in values { row["value.\(name)"] = .number(value) }
        return row
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

package import Base

extension RequirementsDocument {
    /// The fields of `requirements.json`.
    package var json: JSONValue {
        var fields: [String: JSONValue] = [
            "title": .string(title), "introduction": .string(introduction.text), "foreword": .string(foreword.text),
            "requirements": .array(requirements.map(\.json)),
            "sections": .array(
                sections.map { ["title": .string($0.title), "text": .string($0.prose.text)] }),
        ]
        for topic in Topic.allCases {
            fields[topic.rawValue] = .array(self[topic].map { .string($0) })
            if !self[remarkOn: topic].isEmpty { fields[topic.rawValue + "_text"] = .string(self[remarkOn: topic].text) }
        }
        return .object(fields)
    }

    /// Reads what ``json`` wrote; nil where it is something else.
    package init?(json: JSONValue) {
        guard let title = json["title"]?.string, let requirements = json["requirements"]?.array else { return nil }
        self.init()
        self.title = title
        introduction = Prose(json["introduction"]?.string ?? "")
        foreword = Prose(json["foreword"]?.string ?? "")
        for value in requirements {
            guard let requirement = Requirement(json: value) else { return nil }
            self.requirements.append(requirement)
        }
        for topic in Topic.allCases {
            self[topic] = json[topic.rawValue]?.array?.compactMap(\.string) ?? []
            self[remarkOn: topic] = Prose(json[topic.rawValue + "_text"]?.string ?? "")
        }
        sections = (json["sections"]?.array ?? []).map {
            Section(title: $0["title"]?.string ?? "", prose: Prose($0["text"]?.string ?? ""))
        }
    }
}

extension Requirement {
    /// Its fields: `form` is read from the sentence, and null where it has none.
    package var json: JSONValue {
        [
            "id": .string(id), "form": form.map { .string($0.rawValue) } ?? .null, "text": .string(text),
            "metric": .string(metric), "operator": criterion.map { .string($0.comparison.rawValue) } ?? .null,
            "threshold": criterion.map { .number($0.threshold) } ?? .null,
            "unit": criterion.map { .string($0.unit) } ?? .null, "measurement": .string(measurement),
            "source": .string(source), "notes": .string(prose.text),
        ]
    }

    /// Reads what ``json`` wrote; nil where it is something else.
    package init?(json: JSONValue) {
        guard let id = json["id"]?.string, let text = json["text"]?.string else { return nil }
        self.init(
            id: id, text: text, metric: json["metric"]?.string ?? "", measurement: json["measurement"]?.string ?? "",
            source: json["source"]?.string ?? "", prose: Prose(json["notes"]?.string ?? ""))
        if let sign = json["operator"]?.string, let comparison = Criterion.Comparison(rawValue: sign),
            let threshold = json["threshold"]?.number
        {
            criterion = Criterion(comparison, threshold, json["unit"]?.string ?? "")
        }
    }
}

/// The form of `requirements.md`: what is written here is read back as the same document, whatever its texts hold.
package enum RequirementsMarkdown {
    /// The heading of the section that holds the requirements.
    static let heading = "Requirements"

    /// A field of a requirement, as an item of the list below its sentence.
    enum Field: String, CaseIterable {
        case metric, test
        case measurement = "measured by"
        case source

        /// The field that a line begins.
        init?(line: String) {
            guard let item = MarkdownLines.item(line), let field = Field.begun(by: item) else { return nil }
            self = field
        }

        /// What stands behind the name of the field.
        static func value(of line: String) -> String {
            guard let item = MarkdownLines.item(line), let field = begun(by: item) else { return "" }
            let (rest, _) = MarkdownLines.unindented(item)
            return String(decoding: rest.dropFirst(field.rawValue.utf8.count + 1), as: UTF8.self)
        }

        private static func begun(by item: String) -> Field? {
            let (rest, _) = MarkdownLines.unindented(item)
            let lower = rest.prefix(20).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
            return allCases.first { lower.starts(with: ($0.rawValue + ":").utf8) }
        }
    }

    /// The document as a file.
    package static func text(of document: RequirementsDocument) -> String {
        var blocks: [[String]] = [[headline(1, MarkdownField.encoded(document.title))]]
        blocks.append(ProsePlace.introduction.encoded(document.introduction))
        blocks.append([headline(2, heading)])
        blocks.append(ProsePlace.foreword.encoded(document.foreword))
        for (position, requirement) in document.requirements.enumerated() {
            blocks.append([headline(3, MarkdownField.encoded(requirement.id))])
            blocks.append(requirement.text.isEmpty ? [] : [MarkdownField.encoded(requirement.text)])
            blocks.append(Field.allCases.map { line($0, of: requirement) })
            blocks.append(ProsePlace.requirement(position).encoded(requirement.prose))
        }
        for topic in RequirementsDocument.Topic.allCases {
            let prose = document[remarkOn: topic]
            guard !prose.isEmpty || !document[topic].isEmpty else { continue }
            blocks.append([headline(2, topic.heading)])
            blocks.append(ProsePlace.topic(topic).encoded(prose))
            blocks.append(document[topic].map { $0.isEmpty ? "-" : "- " + MarkdownField.encoded($0) })
        }
        for (position, section) in document.sections.enumerated() {
            blocks.append([headline(2, sectionTitle(section.title))])
            blocks.append(ProsePlace.section(position).encoded(section.prose))
        }
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// What a heading of the second level begins; nil for a section of its author's own.
    static func topic(of heading: String) -> ProsePlace? {
        let name = MarkdownField.trimmed(heading).lowercased()
        if name == Self.heading.lowercased() { return .foreword }
        return RequirementsDocument.Topic.allCases.first { $0.heading.lowercased() == name }.map { .topic($0) }
    }

    private static func headline(_ level: Int, _ text: String) -> String {
        String(repeating: "#", count: level) + (text.isEmpty ? "" : " " + text)
    }

    /// A section of somebody's own that has the name of one of ours stays theirs.
    private static func sectionTitle(_ title: String) -> String {
        let encoded = MarkdownField.encoded(title)
        guard topic(of: encoded) != nil, let first = title.unicodeScalars.first else { return encoded }
        return "&#\(first.value);" + MarkdownField.encoded(String(title.unicodeScalars.dropFirst()))
    }

    private static func line(_ field: Field, of requirement: Requirement) -> String {
        let value =
            switch field {
            case .metric: MarkdownField.encoded(requirement.metric)
            case .test: requirement.criterion.map(words) ?? ""
            case .measurement: MarkdownField.encoded(requirement.measurement)
            case .source: MarkdownField.encoded(requirement.source)
            }
        return "- \(field.rawValue):" + (value.isEmpty ? "" : " " + value)
    }

    private static func words(_ criterion: Criterion) -> String {
        guard let plain = Criterion(criterion.comparison, criterion.threshold), !criterion.unit.isEmpty else {
            return criterion.words
        }
        return "\(plain.words) \(MarkdownField.encoded(criterion.unit))"
    }
}

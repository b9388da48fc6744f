/// Reads `requirements.md`, line by line. What no field covers is kept as text; nothing is dropped.
package struct RequirementsReader {
    /// What stands in the file.
    package private(set) var document = RequirementsDocument()
    /// The line of each requirement's heading, from 1.
    package private(set) var lines: [Int] = []

    private var place = ProsePlace.introduction
    private var prose: [String] = []
    private var fence: (mark: UInt8, count: Int)?
    private var hasTitle = false
    /// The raw lines of the field, the item or the sentence that the next line may go on with.
    private var open: Open?
    private var hasSentence = false
    private var fields: Set<RequirementsMarkdown.Field> = []

    private enum Open {
        case sentence([String])
        case field(RequirementsMarkdown.Field, [String])
        case item([String])
    }

    /// Reads a text.
    package init(_ text: String) {
        for (position, line) in MarkdownLines.split(text).enumerated() { take(line, number: position + 1) }
        leave()
    }

    private mutating func take(_ line: String, number: Int) {
        if let begun = fence {
            prose.append(line)
            if MarkdownLines.closes(line, begun) { fence = nil }
            return
        }
        if let heading = MarkdownLines.heading(line), enter(heading, number) { return }
        let (rest, indent) = MarkdownLines.unindented(line)
        guard !rest.isEmpty else {
            close()
            prose.append(line)
            return
        }
        if let begun = MarkdownLines.fence(line) {
            close()
            fence = begun
            prose.append(line)
            return
        }
        switch place {
        case .requirement:
            if takeField(line) || takeSentence(line) { return }
        case .topic:
            if let item = MarkdownLines.item(line) {
                close()
                open = .item([item])
                return
            }
        case .introduction, .foreword, .section: break
        }
        if indent > 0, goOn(line) { return }
        close()
        prose.append(place.decoded(line))
    }

    /// Begins what a heading names; false where it is text.
    private mutating func enter(_ heading: (level: Int, text: String), _ number: Int) -> Bool {
        switch heading.level {
        case 1:
            guard !hasTitle, place == .introduction else { return false }
            close()
            hasTitle = true
            document.title = MarkdownField.decoded(heading.text)
        case 2:
            leave()
            if let known = RequirementsMarkdown.topic(of: heading.text) {
                place = known
            } else {
                place = .section(document.sections.count)
                document.sections.append(
                    RequirementsDocument.Section(title: MarkdownField.decoded(heading.text), prose: Prose()))
            }
        case 3:
            switch place {
            case .foreword, .requirement: break
            case .introduction, .topic, .section: return false
            }
            leave()
            place = .requirement(document.requirements.count)
            hasSentence = false
            fields = []
            document.requirements.append(Requirement(id: MarkdownField.decoded(heading.text), text: ""))
            lines.append(number)
        default: return false
        }
        return true
    }

    private mutating func takeField(_ line: String) -> Bool {
        guard let field = RequirementsMarkdown.Field(line: line) else { return false }
        close()
        hasSentence = true
        guard fields.insert(field).inserted else {
            // Said twice: the first counts, and the second is not lost.
            prose.append(line)
            return true
        }
        open = .field(field, [RequirementsMarkdown.Field.value(of: line)])
        return true
    }

    private mutating func takeSentence(_ line: String) -> Bool {
        if case .sentence(let parts) = open {
            guard MarkdownLines.item(line) == nil else { return false }
            open = .sentence(parts + [line])
            return true
        }
        guard !hasSentence, MarkdownLines.item(line) == nil else { return false }
        hasSentence = true
        open = .sentence([line])
        return true
    }

    /// Adds an indented line to the field or item above it.
    private mutating func goOn(_ line: String) -> Bool {
        switch open {
        case .field(let field, let parts): open = .field(field, parts + [line])
        case .item(let parts): open = .item(parts + [line])
        case .sentence, nil: return false
        }
        return true
    }

    /// Ends the field, item or sentence that is open.
    private mutating func close() {
        defer { open = nil }
        switch (open, place) {
        case (.sentence(let parts), .requirement(let position)):
            document.requirements[position].text = Self.joined(parts)
        case (.item(let parts), .topic(let topic)):
            document[topic].append(Self.joined(parts))
        case (.field(let field, let parts), .requirement(let position)):
            set(field, parts, position)
        default: break
        }
    }

    private mutating func set(_ field: RequirementsMarkdown.Field, _ parts: [String], _ position: Int) {
        let value = Self.joined(parts)
        switch field {
        case .metric: document.requirements[position].metric = value
        case .measurement: document.requirements[position].measurement = value
        case .source: document.requirements[position].source = value
        case .test:
            let written = MarkdownField.trimmed(parts.joined(separator: " "))
            let criterion = Criterion(written: written)
            document.requirements[position].criterion = criterion
            // What is no comparison stays visible as text.
            if criterion == nil, !written.isEmpty { prose.append("- \(field.rawValue): \(written)") }
        }
    }

    /// Ends the place, and keeps its text.
    private mutating func leave() {
        close()
        let text = Prose(lines: prose)
        prose = []
        guard !text.isEmpty else { return }
        switch place {
        case .introduction: document.introduction = document.introduction + text
        case .foreword: document.foreword = document.foreword + text
        case .requirement(let position): document.requirements[position].prose = text
        case .topic(let topic): document[remarkOn: topic] = document[remarkOn: topic] + text
        case .section(let position): document.sections[position].prose = text
        }
    }

    private static func joined(_ parts: [String]) -> String {
        MarkdownField.decoded(parts.map { MarkdownField.trimmed($0) }.filter { !$0.isEmpty }.joined(separator: " "))
    }
}

extension Prose {
    /// Two texts of one place, one below the other.
    static func + (first: Prose, second: Prose) -> Prose {
        first.isEmpty ? second : Prose(lines: first.lines + [""] + second.lines)
    }
}

extension Criterion {
    /// Reads `≤ 800 ms`; nil where it is no comparison with a number.
    init?(written text: String) {
        var rest = MarkdownField.trimmed(text).unicodeScalars[...]
        let signs: [(String, Comparison)] = [
            ("≤", .atMost), ("<=", .atMost), ("≥", .atLeast), (">=", .atLeast), ("==", .equal), ("=", .equal),
            ("<", .below),
            (">", .above),
        ]
        guard let sign = signs.first(where: { rest.starts(with: $0.0.unicodeScalars) }) else { return nil }
        rest = rest.dropFirst(sign.0.unicodeScalars.count).drop { $0 == " " || $0 == "\t" }
        let digits = rest.prefix { ("0"..."9").contains($0) || "+-.eE".unicodeScalars.contains($0) }
        // `5 e` is a number and a unit; so is `5e`.
        var number = String(digits)
        while Double(number) == nil, !number.isEmpty { number.unicodeScalars.removeLast() }
        guard let value = Double(number) else { return nil }
        self.init(sign.1, value, MarkdownField.decoded(String(rest.dropFirst(number.unicodeScalars.count))))
    }
}

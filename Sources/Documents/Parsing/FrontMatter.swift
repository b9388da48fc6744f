internal import Base
internal import Yams

/// The YAML between two `---` lines at the top of a Markdown file.
struct FrontMatter: Sendable {
    /// Its keys and values.
    var values: [String: JSONValue]
    /// How many lines it takes, with both `---`.
    var lineCount: Int

    /// Why the top of a file is no front matter though it looks like it.
    struct Problem: Error {
        var sentence: String
        var line: Int
    }

    /// YAML that is larger is not a description of a document; the YAML reader recurses and copies aliases.
    private static let limits = (bytes: 65_536, depth: 64, values: 10_000)

    /// Reads the front matter, if there is any.
    init?(_ bytes: [UInt8], lines: [TextLine]) throws(Problem) {
        func isFence(_ line: TextLine, _ mark: String) -> Bool {
            line.start == line.content && bytes[line.content..<line.end].elementsEqual(mark.utf8)
        }
        guard let first = lines.first, isFence(first, "---") else { return nil }
        let last = lines.dropFirst().prefix { $0.start - first.start <= Self.limits.bytes }
            .firstIndex { isFence($0, "---") || isFence($0, "...") }
        guard let last, last > 1 else { return nil }
        let yaml = bytes[lines[1].start..<lines[last].start]
        guard Self.isShallow(yaml) else { throw Problem(sentence: "it is nested too deeply", line: 1) }
        let node: Node?
        do {
            node = try Yams.compose(yaml: String(decoding: yaml, as: UTF8.self))
        } catch {
            throw Self.problem(error)
        }
        guard case .mapping(let mapping)? = node else { return nil }
        var budget = Self.limits.values
        guard case .object(let values)? = Self.value(.mapping(mapping), budget: &budget) else {
            throw Problem(sentence: "it holds more than \(Self.limits.values) values", line: 1)
        }
        self.values = values
        lineCount = last + 1
    }

    private static func problem(_ error: any Error) -> Problem {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            Problem(sentence: problem, line: mark.line + 1)
        default: Problem(sentence: "it cannot be read", line: 1)
        }
    }

    /// Both ways of nesting on one line: brackets, and `- - -`.
    private static func isShallow(_ yaml: ArraySlice<UInt8>) -> Bool {
        var brackets = 0
        var marks = 0
        var steps: [Int] = []
        var indent: Int? = 0
        for byte in yaml {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
            case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): marks += 1
            case .lineFeed:
                marks = 0
                indent = 0
                continue
            default: break
            }
            if let width = indent {
                if byte == 0x20 {
                    indent = width + 1
                } else {
                    while let step = steps.last, step >= width { steps.removeLast() }
                    steps.append(width)
                    indent = nil
                }
            }
            if brackets > limits.depth || marks > 1_000 || steps.count > limits.depth { return false }
        }
        return true
    }

    private static func value(_ node: Node, budget: inout Int) -> JSONValue? {
        budget -= 1
        guard budget > 0 else { return nil }
        switch node {
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, value) in mapping {
                guard let member = self.value(value, budget: &budget) else { return nil }
                if let name = key.string { members[name] = member }
            }
            return .object(members)
        case .sequence(let sequence):
            var elements: [JSONValue] = []
            for element in sequence {
                guard let value = value(element, budget: &budget) else { return nil }
                elements.append(value)
            }
            return .array(elements)
        case .scalar(let scalar):
            // A quoted `"5"` is a text.
            let isPlain = scalar.style == .any || scalar.style == .plain
            guard isPlain else { return .string(scalar.string) }
            if node.null != nil { return .null }
            if let flag = node.bool { return .bool(flag) }
            if let integer = node.int { return .integer(integer) }
            if let number = node.float { return .number(number) }
            return .string(scalar.string)
        case .alias: return .null
        }
    }
}

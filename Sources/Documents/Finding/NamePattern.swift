/// One component of a glob: `*`, `?`, `[a-z]`, `[!a-z]` and `\` before a letter that means itself.
struct NamePattern: Sendable, Hashable {
    private enum Element: Sendable, Hashable {
        case one(Unicode.Scalar)
        case anyOne
        case anyRun
        case set([ClosedRange<Unicode.Scalar>], negated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .one(let expected): expected == scalar
            case .anyOne: true
            case .anyRun: false
            case .set(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
            }
        }
    }

    private var elements: [Element] = []
    /// Like a shell, a pattern names hidden things only when it starts with the dot itself.
    private var matchesHidden: Bool { elements.first == .one(".") }

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var position = 0
        while position < scalars.count {
            switch scalars[position] {
            case "*":
                if elements.last != .anyRun { elements.append(.anyRun) }
            case "?": elements.append(.anyOne)
            case "\\" where position + 1 < scalars.count:
                position += 1
                elements.append(.one(scalars[position]))
            case "[":
                if let (element, end) = Self.set(in: scalars, from: position + 1) {
                    elements.append(element)
                    position = end
                } else {
                    elements.append(.one("["))
                }
            case let scalar: elements.append(.one(scalar))
            }
            position += 1
        }
    }

    private static func set(in scalars: [Unicode.Scalar], from start: Int) -> (Element, Int)? {
        var position = start
        let negated = position < scalars.count && (scalars[position] == "!" || scalars[position] == "^")
        if negated { position += 1 }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while position < scalars.count, scalars[position] != "]" || ranges.isEmpty {
            let lower = scalars[position]
            if position + 2 < scalars.count, scalars[position + 1] == "-", scalars[position + 2] != "]" {
                ranges.append(lower...max(lower, scalars[position + 2]))
                position += 3
            } else {
                ranges.append(lower...lower)
                position += 1
            }
        }
        return position < scalars.count ? (.set(ranges, negated: negated), position) : nil
    }

    /// Whether a file's or folder's name matches. Goes back only to the last `*`, so it cannot explode.
    ///
    /// - Parameter hidden: whether a name that begins with a dot is one like others.
    func matches(_ name: String, hidden: Bool = false) -> Bool {
        if !hidden, name.hasPrefix("."), !matchesHidden { return false }
        let scalars = Array(name.unicodeScalars)
        var element = 0
        var position = 0
        var retry: (element: Int, position: Int)?
        while position < scalars.count {
            if element < elements.count, elements[element] == .anyRun {
                retry = (element + 1, position)
                element += 1
            } else if element < elements.count, elements[element].matches(scalars[position]) {
                element += 1
                position += 1
            } else if let last = retry {
                retry = (last.element, last.position + 1)
                (element, position) = (last.element, last.position + 1)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .anyRun }
    }
}

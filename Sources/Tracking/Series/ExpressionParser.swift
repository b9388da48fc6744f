/// Reads a ``MetricExpression`` by descent.
struct ExpressionParser {
    private static let functions: [String: ClosedRange<Int>] = [
        "log": 1...1, "log10": 1...1, "exp": 1...1, "sqrt": 1...1, "abs": 1...1, "min": 1...16, "max": 1...16,
    ]
    /// Who nests deeper means harm.
    private static let deepest = 64

    private let characters: [Character]
    private var position = 0
    private var depth = 0

    init(_ text: String) { characters = Array(text) }

    mutating func whole() throws(TrackingError) -> MetricExpression.Node {
        guard characters.count <= 2000 else { throw fault("at most 2000 characters") }
        let node = try sum()
        guard current == nil else { throw fault("an operator or the end") }
        return node
    }

    private var current: Character? {
        mutating get {
            while position < characters.count, characters[position].isWhitespace { position += 1 }
            return position < characters.count ? characters[position] : nil
        }
    }

    private mutating func sum() throws(TrackingError) -> MetricExpression.Node {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw fault("less nesting") }
        var left = try product()
        while let sign = current, sign == "+" || sign == "-" {
            position += 1
            left = .binary(sign, left, try product())
        }
        return left
    }

    private mutating func product() throws(TrackingError) -> MetricExpression.Node {
        var left = try signed()
        while let sign = current, sign == "*" || sign == "/" {
            position += 1
            left = .binary(sign, left, try signed())
        }
        return left
    }

    private mutating func signed() throws(TrackingError) -> MetricExpression.Node {
        var minuses = 0
        while current == "-" {
            position += 1
            minuses += 1
        }
        let node = try power()
        return minuses % 2 == 1 ? .negated(node) : node
    }

    private mutating func power() throws(TrackingError) -> MetricExpression.Node {
        var factors = [try operand()]
        while current == "^" {
            position += 1
            var isNegative = false
            while current == "-" {
                position += 1
                isNegative.toggle()
            }
            let exponent = try operand()
            factors.append(isNegative ? .negated(exponent) : exponent)
        }
        var node = factors.removeLast()
        while let base = factors.popLast() { node = .binary("^", base, node) }
        return node
    }

    private mutating func operand() throws(TrackingError) -> MetricExpression.Node {
        guard let first = current else { throw fault("a metric or a number") }
        if first == "(" {
            position += 1
            let node = try sum()
            try take(")")
            return node
        }
        if first == "`" {
            guard let end = characters[(position + 1)...].firstIndex(of: "`"), end > position + 1 else {
                throw fault("a name and a second backquote")
            }
            defer { position = end + 1 }
            return .metric(String(characters[(position + 1)..<end]))
        }
        if first.isNumber || first == "." { return .number(try number()) }
        guard first.isLetter || first == "_" else { throw fault("a metric or a number") }
        let name = word()
        guard current == "(" else { return .metric(name) }
        guard let counts = Self.functions[name] else {
            throw fault("one of " + Self.functions.keys.sorted().joined(separator: ", ") + " before a parenthesis")
        }
        position += 1
        var arguments = [try sum()]
        while current == "," {
            position += 1
            arguments.append(try sum())
        }
        try take(")")
        guard counts.contains(arguments.count) else { throw fault("other arguments of \(name)") }
        return .call(name, arguments)
    }

    private mutating func word() -> String {
        let start = position
        while position < characters.count {
            let character = characters[position]
            guard character.isLetter || character.isNumber || "_/.@".contains(character) else { break }
            position += 1
        }
        return String(characters[start..<position])
    }

    private mutating func number() throws(TrackingError) -> Double {
        let start = position
        while position < characters.count {
            let character = characters[position]
            let isSign = "+-".contains(character) && position > start && "eE".contains(characters[position - 1])
            guard character.isNumber || ".eE".contains(character) || isSign else { break }
            position += 1
        }
        guard let value = Double(String(characters[start..<position])) else {
            position = start
            throw fault("a number")
        }
        return value
    }

    private mutating func take(_ character: Character) throws(TrackingError) {
        guard current == character else { throw fault("`\(character)`") }
        position += 1
    }

    private func fault(_ expected: String) -> TrackingError {
        let rest = String(characters[min(position, characters.count)...].prefix(20))
        return TrackingError(
            .invalid,
            "The expression makes no sense \(rest.isEmpty ? "at its end" : "at `\(rest)`"): \(expected) was expected.")
    }
}

/// Names of skills as the specification judges them: by code points, after normalisation (NFKC).
enum SkillName {
    static let mostCharacters = 64

    /// What is wrong with a name, a sentence each.
    static func problems(_ name: String) -> [String] {
        let scalars = normalized(name)
        var problems: [String] = []
        if scalars.count > mostCharacters {
            problems.append("The name has \(scalars.count) characters; \(mostCharacters) is the most.")
        }
        let text = String(String.UnicodeScalarView(scalars))
        if Array(text.lowercased().unicodeScalars) != scalars { problems.append("The name is not in lower case.") }
        if scalars.first == "-" || scalars.last == "-" { problems.append("The name begins or ends with a hyphen.") }
        if zip(scalars, scalars.dropFirst()).contains(where: { $0 == "-" && $1 == "-" }) {
            problems.append("The name has two hyphens in a row.")
        }
        if !scalars.allSatisfy({ $0 == "-" || isAlphanumeric($0) }) {
            problems.append("The name has other characters than letters, digits and hyphens.")
        }
        return problems
    }

    /// Whether two names are the same after normalisation.
    static func areSame(_ one: String, _ other: String) -> Bool { normalized(one) == normalized(other) }

    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// NFKC as far as names of skills need it: letters with their marks as one scalar, and the wide forms of ASCII as
    /// ASCII. Swift's library has no normalisation of its own; other forms of compatibility stay as they are.
    private static func normalized(_ name: String) -> [Unicode.Scalar] {
        name.flatMap { character -> [Unicode.Scalar] in
            let scalars = Array(character.unicodeScalars)
            // Characters are equal where they are canonically equivalent.
            if scalars.count > 1, let one = composed[character] { return [one] }
            return scalars.map { scalar in
                (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            }
        }
    }

    private static let composed: [Character: Unicode.Scalar] = {
        var table: [Character: Unicode.Scalar] = [:]
        for range: ClosedRange<UInt32> in [0xC0...0x24F, 0x386...0x3FF, 0x400...0x52F, 0x1E00...0x1FFF] {
            for value in range {
                guard let scalar = Unicode.Scalar(value) else { continue }
                table[Character(scalar)] = scalar
            }
        }
        return table
    }()
}

// Normalisation is in the whole of Foundation alone.
internal import Foundation

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

    private static func normalized(_ name: String) -> [Unicode.Scalar] {
        Array(name.precomposedStringWithCompatibilityMapping.unicodeScalars)
    }
}

package import AutoML
internal import Base
package import Documents

extension ParserChoice {
    private static let prefix = "parser."

    /// The name of the parameter that chooses the parser of a format: `parser.html`.
    package static func parameter(of format: String) -> String { prefix + format }

    /// The choice that a configuration makes; formats that it does not name keep their parser of `standard`.
    package init(_ configuration: Configuration, standard: ParserChoice) {
        self = standard
        for (name, value) in configuration.values where name.hasPrefix(Self.prefix) {
            names[String(name.dropFirst(Self.prefix.count))] = value.string ?? value.canonicalText
        }
    }
}

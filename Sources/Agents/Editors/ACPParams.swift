package import Base

/// The parameters of a request, with a sentence for each that is wrong.
package struct ACPParams: Sendable {
    private let method: String
    private let fields: [String: JSONValue]

    /// - Throws: `ACPFault` where they are no object.
    package init(_ method: String, _ params: JSONValue?) throws(ACPFault) {
        self.method = method
        switch params {
        case nil, .null?: fields = [:]
        case .object(let fields)?: self.fields = fields
        default: throw ACPFault(.params, "The `params` of \(method.prefix(100)) are no JSON object.")
        }
    }

    /// A field; nil where it is not there, or null.
    package subscript(_ name: String) -> JSONValue? {
        guard let value = fields[name], value != .null else { return Optional.none }
        return value
    }

    /// A text that must be there.
    package func text(_ name: String) throws(ACPFault) -> String {
        guard let text = self[name]?.string else { throw wrong(name, "must be a text") }
        return text
    }

    /// A list; empty where it is not there.
    package func list(_ name: String) throws(ACPFault) -> [JSONValue] {
        guard let value = self[name] else { return [] }
        guard let list = value.array else { throw wrong(name, "must be a list") }
        return list
    }

    /// What is wrong with a field.
    package func wrong(_ name: String, _ what: String) -> ACPFault {
        ACPFault(.params, "\(method): `\(name)` \(what).")
    }
}

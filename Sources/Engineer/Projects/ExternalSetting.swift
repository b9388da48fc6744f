package import Base

/// What `neo.yaml` says of a system that is not Neo's and is measured beside it.
package struct ExternalSetting: Sendable, Hashable {
    /// How it is asked.
    package enum Source: Sendable, Hashable {
        /// With a POST.
        case url(String)
        /// By starting a program with these arguments, in the project's folder.
        case command([String])
    }

    /// The JSON that is sent, unless the project has another one.
    package static let usualRequest: JSONValue = ["question": "{question}", "id": "{id}", "passages": "{passages}"]

    /// What the user calls it.
    package var name: String
    package var source: Source
    /// By header of a request the environment variable that holds its value; the value stands in no file of a project.
    package var headers: [String: String] = [:]
    /// How long it may take for a question.
    package var timeLimitSeconds = 30.0
    /// How many passages it is asked for.
    package var passages = 100
    /// The JSON to send, with places for the question, its id and the number of passages.
    package var request = usualRequest
    /// What the user changes when the system behind the address has changed.
    package var version: String?
    /// What a program may see, change and reach.
    package var walls = ExternalWalls()

    package init(name: String, source: Source) {
        self.name = name
        self.source = source
    }

    /// For callers that reach no other systems.
    package static func unreachable(_ setting: ExternalSetting) -> EngineerError {
        EngineerError(code: .invalidRequest, message: "The external system \(setting.name) cannot be asked here.")
    }

    /// The JSON that asks a question.
    func request(for question: String, id: String) -> JSONValue {
        Self.filled(request, with: ["question": question, "id": id], passages: passages)
    }

    private static func filled(_ value: JSONValue, with texts: [String: String], passages: Int) -> JSONValue {
        switch value {
        case .string("{passages}"): return .integer(passages)
        case .string(let text):
            // One pass: a question that holds "{id}" is a question.
            var result = ""
            var rest = text[...]
            while let brace = rest.firstIndex(of: "{") {
                result += rest[..<brace]
                rest = rest[brace...]
                let place = texts.first { rest.hasPrefix("{\($0.key)}") }
                result += place?.value ?? "{"
                rest = rest.dropFirst(place.map { $0.key.count + 2 } ?? 1)
            }
            return .string(result + rest)
        case .array(let elements): return .array(elements.map { filled($0, with: texts, passages: passages) })
        case .object(let members):
            return .object(members.mapValues { filled($0, with: texts, passages: passages) })
        default: return value
        }
    }
}

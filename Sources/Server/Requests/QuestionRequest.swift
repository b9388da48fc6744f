internal import Base
internal import RAG

/// Reads a question out of a request's body.
struct QuestionRequest {
    /// The question, the turns before it, and how many passages to find.
    var query: Query
    /// Whether the answer comes as server-sent events.
    let isStreamed: Bool

    /// The fields that one route takes.
    struct Fields: Sendable {
        /// Where the question may stand; exactly one of them must.
        var question: [String]
        /// The others.
        var options: [String]

        /// `POST /v1/retrieve`.
        static let retrieve = Fields(question: ["query"], options: ["k", "limit", "filter"])
        /// `POST /v1/answer`.
        static let answer = Fields(
            question: ["query", "question"], options: ["k", "limit", "filter", "history", "stream"])
        /// `POST /v1/run`.
        static let run = Fields(question: ["query"], options: ["result_column", "history"])

        /// `POST /v1/compare`.
        static let compare = Fields(question: ["query"], options: ["filter"])

        /// All of them.
        var all: [String] { question + options }
    }

    init(_ object: [String: JSONValue], fields: Fields, options: ServerOptions) throws(RequestFailure) {
        for name in object.keys.sorted() where !fields.all.contains(name) {
            // The likeness of a name as long as a body would take minutes to find.
            let meant = name.utf8.count <= 100 ? nearest(to: name, in: fields.all) : nil
            let hint =
                meant.map { "did you mean \"\($0)\"?" }
                ?? "the fields are \(fields.all.joined(separator: ", "))."
            throw .invalid("Unknown field \"\(name.beginning(100))\"; \(hint)")
        }
        if let column = object["result_column"], column != .null, column.string == nil {
            throw .invalid("\"result_column\" must be a string.")
        }
        if let stream = object["stream"], stream != .null, stream.bool == nil {
            throw .invalid("\"stream\" must be true or false.")
        }
        isStreamed = object["stream"]?.bool == true
        query = Query(
            try Self.question(object, fields: fields, options: options),
            history: try DialogueHistory(object["history"] ?? .null, options: options).turns,
            limit: try Self.limit(object, options: options),
            filter: try Self.filter(object)
        )
    }

    private static func question(
        _ object: [String: JSONValue], fields: Fields, options: ServerOptions
    ) throws(RequestFailure) -> String {
        let given = fields.question.filter { object[$0] != nil }
        let names = fields.question.map { "\"\($0)\"" }.joined(separator: " or ")
        guard let name = given.first else { throw .invalid("The field \(names) is missing; it holds the question.") }
        guard given.count == 1 else { throw .invalid("Give \(names), not both.") }
        guard let text = object[name]?.string else { throw .invalid("\"\(name)\" must be a string.") }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw .invalid("\"\(name)\" is empty; it holds the question.")
        }
        let length = text.unicodeScalars.count
        guard length <= options.maximumQuestionCharacters else {
            throw .invalid(
                "\"\(name)\" has \(length) characters; the most that is read is \(options.maximumQuestionCharacters)."
            )
        }
        return text
    }

    private static func limit(_ object: [String: JSONValue], options: ServerOptions) throws(RequestFailure) -> Int {
        var found: Int?
        for name in ["k", "limit"] {
            guard let value = object[name], value != .null else { continue }
            guard let number = value.integer, (1...options.maximumPassages).contains(number) else {
                throw .invalid("\"\(name)\" must be a whole number from 1 to \(options.maximumPassages).")
            }
            guard found == nil || found == number else {
                throw .invalid("\"k\" and \"limit\" differ; give one of them.")
            }
            found = number
        }
        return found ?? min(options.defaultPassages, options.maximumPassages)
    }

    /// The most conditions of a filter.
    static let maximumConditions = 100

    private static func filter(_ object: [String: JSONValue]) throws(RequestFailure) -> [String: JSONValue] {
        guard let value = object["filter"], value != .null else { return [:] }
        guard let filter = value.object else {
            throw .invalid("\"filter\" must be an object of metadata, such as {\"kind\": \"guide\"}.")
        }
        guard filter.count <= maximumConditions else {
            throw .invalid(
                "\"filter\" has \(filter.count) conditions; the most that are read are \(maximumConditions).")
        }
        for (key, value) in filter.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .string, .integer, .number, .bool: continue
            default: throw .invalid("The filter \"\(key.beginning(100))\" must be a string, a number or a boolean.")
            }
        }
        return filter
    }
}

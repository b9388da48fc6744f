package import Base

/// Describes the interface in the OpenAPI 3.1 format.
package enum OpenAPI {
    /// The description of a release, with the limits that a server has where nothing else is said.
    package static func ofRelease(version: String) -> JSONValue { document(ServerOptions(version: version)) }

    /// The description, with the limits of this very server.
    static func document(_ options: ServerOptions) -> JSONValue {
        var document: [String: JSONValue] = [
            "openapi": "3.1.0",
            "info": [
                "title": "Neo release",
                "version": .string(options.version),
                "description": .string(
                    "Finds passages in a collection of documents, and answers questions with their own sentences or, "
                        + "where a language model is given, with what it writes about them."),
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": [
                ["name": "questions", "description": "Passages and answers"],
                ["name": "operation", "description": "State of the server"],
            ],
            "paths": .object(paths(options)),
        ]
        var components: [String: JSONValue] = [
            "schemas": .object(schemas(options).merging(protocolSchemas) { $1 }.merging(feedbackSchemas) { $1 }),
            "responses": .object(failures.merging(protocolFailures) { $1 }),
        ]
        if options.token != nil {
            components["securitySchemes"] = ["token": ["type": "http", "scheme": "bearer"]]
            document["security"] = [["token": []]]
        }
        document["components"] = .object(components)
        return .object(document)
    }

    static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    static func json(_ schema: JSONValue, example: JSONValue? = nil) -> JSONValue {
        var media: [String: JSONValue] = ["schema": schema]
        if let example { media["example"] = example }
        return ["application/json": .object(media)]
    }
}

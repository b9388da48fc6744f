import Base
import HTTPTypes
import Testing

@testable import Server

@Suite struct OpenAPITests {
    private let document = OpenAPI.document(ServerOptions(host: "0.0.0.0", token: Secret("x")))

    @Test("Every route is described, with its method, and nothing else is")
    func complete() throws {
        let paths = try #require(document["paths"]?.object)
        #expect(Set(paths.keys) == Set(Route.allCases.map(\.rawValue)))
        for route in Route.allCases {
            #expect(paths[route.rawValue]?.object?.keys.sorted() == [route.method.rawValue.lowercased()])
        }
    }

    @Test("Every reference leads somewhere, and every part is referred to")
    func references() throws {
        var used: Set<String> = []
        collect(document, into: &used)
        let components = try #require(document["components"]?.object)
        var declared: Set<String> = []
        for kind in ["schemas", "responses"] {
            for name in (components[kind]?.object ?? [:]).keys { declared.insert("#/components/\(kind)/\(name)") }
        }
        #expect(used.subtracting(declared) == [])
        // This server has a token and no keys.
        #expect(
            declared.subtracting(used) == ["#/components/responses/WrongHost", "#/components/responses/OutOfScope"])
    }

    @Test("Only what is open goes without the token")
    func security() {
        #expect(document["security"] == [["token": []]])
        #expect(document["paths"]?["/healthz"]?["get"]?["security"] == [])
        #expect(document["paths"]?["/v1/answer"]?["post"]?["security"] == nil)
        #expect(document["paths"]?["/v1/answer"]?["post"]?["responses"]?["401"] != nil)
        #expect(OpenAPI.document(ServerOptions())["security"] == nil)
    }

    @Test(
        "What the routes give is what is described",
        arguments: [
            ("/v1/retrieve", "RetrieveResponse"), ("/v1/answer", "AnswerResponse"), ("/v1/run", "RunResponse"),
            ("/version", "Version"), ("/healthz", "Status"), ("/readyz", "Status"),
        ])
    func responses(_ path: String, _ schema: String) async throws {
        let isQuestion = path.hasPrefix("/v1")
        let reply = try await ServerFixture().send(
            isQuestion ? .post : .get, path, body: isQuestion ? #"{"query": "a"}"# : nil
        )
        let schema = try #require(document["components"]?["schemas"]?[schema])
        #expect(try mismatches(reply.json, schema, at: path) == [])
    }

    @Test("What a model wrote is described, too", arguments: ["/v1/answer", "/v1/run"])
    func written(_ path: String) async throws {
        let reply = try await ServerFixture(service: FakeService(.writes)).post(path, #"{"query": "a"}"#)
        let name = path == "/v1/run" ? "RunResponse" : "AnswerResponse"
        let schema = try #require(document["components"]?["schemas"]?[name])
        #expect(try mismatches(reply.json, schema, at: path) == [])
        #expect(try reply.json["unsupported"] == true)
    }

    @Test("Errors have the form that is described")
    func errors() async throws {
        let schema = try #require(document["components"]?["schemas"]?["Error"])
        let reply = try await ServerFixture().send(.get, "/nothing")
        #expect(try mismatches(reply.json, schema, at: "") == [])
    }

    private func collect(_ value: JSONValue, into references: inout Set<String>) {
        if let reference = value["$ref"]?.string { references.insert(reference) }
        for member in value.object?.values.map({ $0 }) ?? value.array ?? [] { collect(member, into: &references) }
    }

    /// Where a value does not fit a schema: only the words that our schemas use.
    private func mismatches(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
            return mismatches(value, document["components"]?["schemas"]?[String(name)] ?? .null, at: place)
        }
        let types = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string ?? "none"]
        guard types.contains(where: { fits(value, $0) }) else { return ["\(place) is no \(types)"] }
        var found: [String] = []
        if let items = schema["items"] {
            for element in value.array ?? [] { found += mismatches(element, items, at: place + "[]") }
        }
        if let properties = schema["properties"]?.object {
            for name in schema["required"]?.array?.compactMap(\.string) ?? [] where value[name] == nil {
                found.append("\(place).\(name) is missing")
            }
            for (name, member) in value.object ?? [:] {
                guard let property = properties[name] else {
                    found.append("\(place).\(name) is not described")
                    continue
                }
                found += mismatches(member, property, at: "\(place).\(name)")
            }
        }
        return found
    }

    private func fits(_ value: JSONValue, _ type: String) -> Bool {
        switch type {
        case "object": value.object != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "integer": value.integer != nil
        case "number": value.number != nil
        case "boolean": value.bool != nil
        case "null": value == .null
        default: false
        }
    }
}

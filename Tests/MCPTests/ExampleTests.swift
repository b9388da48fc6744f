import Base
import Foundation
import Testing

@testable import MCP

/// The examples of the protocol's own schema.
@Suite(.enabled(if: Examples.folder != nil, "the protocol's examples lie beside the checkout"))
struct ExampleTests {
    private static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: try Data(contentsOf: URL(filePath: path)))
    }

    @Test func `all examples are there`() {
        #expect(Examples.all.count == 129)
    }

    @Test(arguments: Examples.all)
    func `an example has its form, and loses nothing`(form: String, path: String) throws {
        let json = try Self.json(path)
        let known = try #require(MCPForm(named: form), "There is no form \(form).")
        #expect(known.problem(of: json) == nil)
        if json["jsonrpc"] != nil {
            #expect(try MCPMessage(json).json == json)
        }
        if json["code"] != nil, form.hasSuffix("Error") {
            #expect(try MCPFault(json).json == json)
        }
        #expect(try JSONValue(parsing: json.canonicalText) == json)
    }

    @Test(arguments: Examples.all)
    func `without a member that is needed, it has not`(form: String, path: String) throws {
        let json = try Self.json(path)
        let known = try #require(MCPForm(named: form))
        for key in known.required.keys {
            var members = try #require(json.object)
            members[key] = nil
            #expect(known.problem(of: .object(members)) != nil, "\(form) without \(key)")
        }
    }

    @Test func `tools and results of the examples are read`() throws {
        for (form, path) in Examples.all {
            let json = try Self.json(path)
            switch form {
            case "Tool": #expect(try MCPTool(json).json == json)
            case "CallToolResult": #expect(try MCPToolResult(json).json == json)
            case "TextContent", "ImageContent", "AudioContent", "ResourceLink", "EmbeddedResource":
                #expect(try !MCPContent(json).text.isEmpty)
            case "DiscoverResult": #expect(try MCPServerFacts(discovered: json)?.name == "ExampleServer")
            default: break
            }
        }
    }

    @Test func `the forms need what the schema does`() throws {
        let folder = try #require(Examples.folder)
        let schema = try Self.json("\(folder)/2026-07-28/schema.json")
        let definitions = try #require(schema["$defs"]?.object)
        // What a server of the earlier revision leaves out may be missing.
        let lenient: Set = ["resultType", "ttlMs", "cacheScope"]
        var count = 0
        for (name, form) in MCPForm.table {
            guard let definition = definitions[name] else { continue }
            count += 1
            let needed = Set((definition["required"]?.array ?? []).compactMap(\.string))
            #expect(Set(form.required.keys).subtracting(lenient) == needed.subtracting(lenient), "\(name)")
        }
        #expect(count > 80)
    }
}

/// Where the examples are.
enum Examples {
    /// Where they lie; nil where they do not.
    static let folder: String? = {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../shared/data/mcp").standardizedFileURL.path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }()

    /// Every example: the name of its form, and its file.
    static let all: [(form: String, path: String)] = {
        guard let folder else { return [] }
        return MCPRevision.allCases.flatMap { revision -> [(String, String)] in
            let place = "\(folder)/\(revision.rawValue)/examples"
            return ((try? FileManager.default.subpathsOfDirectory(atPath: place)) ?? []).sorted()
                .filter { $0.hasSuffix(".json") }
                .map { (String($0.prefix { $0 != "/" }), "\(place)/\($0)") }
        }
    }()
}

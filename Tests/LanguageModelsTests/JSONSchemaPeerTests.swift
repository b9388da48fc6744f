import Base
import Foundation
import LanguageModels
import Testing

private let folder: String? = ProcessInfo.processInfo.environment["NEO_PEERS_DIR"]
private let file = folder.map { $0 + "/schemas.json" }

/// Compares with what `Tests/Peers/schemas.py` wrote below `NEO_PEERS_DIR`.
@Suite(.enabled(if: file.map(FileManager.default.fileExists) == true, "make test-peers writes schemas.json"))
struct JSONSchemaPeerTests {
    struct Case: Decodable {
        var schema: JSONValue
        var value: JSONValue
        var valid: Bool
    }

    @Test func `The verdict equals that of jsonschema`() throws {
        let path = try #require(file)
        let data = try #require(FileManager.default.contents(atPath: path))
        let cases = try JSONDecoder().decode([Case].self, from: data)
        #expect(cases.count > 1_000 && cases.contains(where: \.valid) && !cases.allSatisfy(\.valid))
        for peer in cases {
            let problems = JSONSchemaCheck.problems(of: peer.value, against: peer.schema)
            #expect(
                problems.isEmpty == peer.valid, "\(peer.value.canonicalText) \(peer.schema.canonicalText) \(problems)")
        }
    }
}

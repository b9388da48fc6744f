internal import Base

/// A text that a server offers: its words, and no instructions.
package struct MCPResource: Sendable, Hashable {
    package let uri: String
    package let name: String
    package let summary: String

    /// Reads an entry of a server's list; nil where it is none.
    init?(_ json: JSONValue) {
        guard let uri = json["uri"]?.string, let name = json["name"]?.string, !uri.isEmpty, uri.utf8.count <= 2_000
        else {
            return nil
        }
        self.uri = uri
        self.name = String(name.prefix(200))
        summary = String((json["description"]?.string ?? "").prefix(1_000))
    }
}

extension MCPClient {
    private static let mostResourcePages = 100
    private static let mostResources = 1_000

    /// What a server lists of its resources, page by page, with a remark where it lists too many.
    package func resources() async throws -> (resources: [MCPResource], remarks: [String]) {
        var found: [MCPResource] = []
        var cursors: Set<String> = []
        var cursor: String?
        for _ in 0..<Self.mostResourcePages {
            let page = try await request("resources/list", cursor.map { ["cursor": .string($0)] } ?? [:])
            guard let entries = page["resources"]?.array else {
                throw MCPError(.form, "The server \(setting.name) lists no `resources`.")
            }
            found += entries.prefix(Self.mostResources - found.count).compactMap(MCPResource.init)
            guard let next = page["nextCursor"]?.string else { return (found, []) }
            guard found.count < Self.mostResources, next.utf8.count <= 4_096, cursors.insert(next).inserted else {
                break
            }
            cursor = next
        }
        return (found, ["\(setting.name) lists its resources without end: \(found.count) of them are shown."])
    }

    /// The texts of a resource, one after the other; what is no text is left out.
    package func read(_ uri: String) async throws -> String {
        let result = try await request("resources/read", ["uri": .string(uri)])
        guard let contents = result["contents"]?.array else {
            throw MCPError(.form, "The server \(setting.name) gives no `contents` of \(uri.prefix(200)).")
        }
        let texts = contents.compactMap { $0["text"]?.string }
        guard !texts.isEmpty else {
            throw MCPError(.form, "The resource \(uri.prefix(200)) of the server \(setting.name) has no text.")
        }
        return texts.joined(separator: "\n")
    }
}

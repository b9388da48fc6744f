package import Base

/// A tool that a server offers.
package struct MCPTool: Sendable, Hashable {
    /// Bytes of a description that a model is shown.
    private static let mostBytes = 4_000

    /// Its name, as the server calls it.
    package var name: String
    /// What it does, which are a stranger's words.
    package var summary: String
    /// The form of its arguments, made harmless.
    package var schema: MCPSchema
    /// The form of what it gives for programs, as the server says it.
    package var outputSchema: JSONValue?
    /// Arguments that go into headers as well: paths of members, and the header's name behind `Mcp-Param-`.
    package var headers: [[String]: String]
    /// All of it, as it came.
    package var json: JSONValue

    /// Reads a tool.
    ///
    /// - Throws: `MCPError` where it has no usable name or schema, or asks for headers that cannot be.
    package init(_ json: JSONValue) throws(MCPError) {
        guard let name = json["name"]?.string, Self.isName(name) else {
            throw MCPError(
                .form,
                "A tool has the name \"\((json["name"]?.string ?? "").prefix(60))\", which is none: at most 128 letters, "
                    + "digits, _, - and dots.")
        }
        guard let schema = json["inputSchema"], schema.object != nil else {
            throw MCPError(.form, "The tool \(name) has no schema of its arguments.")
        }
        self.name = name
        let words = json["description"]?.string ?? json["title"]?.string ?? ""
        summary = words.utf8.count <= Self.mostBytes ? words : String(words.prefix(Self.mostBytes / 4)) + " …"
        self.schema = MCPSchema(schema)
        outputSchema = json["outputSchema"]
        headers = try Self.headers(in: schema, of: name)
        self.json = json
    }

    /// Source: revision 2026-07-28, Tools, "Tool Names".
    package static func isName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "_-.".utf8.contains(byte)
            }
    }

    /// The headers that a call has, by their names behind `Mcp-Param-`.
    func headers(for arguments: JSONValue) -> [String: String] {
        var found: [String: String] = [:]
        for (path, header) in headers {
            let value = path.reduce(JSONValue?.some(arguments)) { $0?[$1] }
            switch value {
            case .string(let text): found[header] = text
            case .bool(let flag): found[header] = flag ? "true" : "false"
            case .integer(let number): found[header] = String(number)
            default: break
            }
        }
        return found
    }

    /// What stands under `x-mcp-header`, below `properties` alone: elsewhere, or of another type than text, number and
    /// truth, or twice, it makes the tool unusable.
    private static func headers(in schema: JSONValue, of tool: String) throws(MCPError) -> [[String]: String] {
        var found: [[String]: String] = [:]
        var names: Set<String> = []
        var waiting: [(value: JSONValue, path: [String], isReachable: Bool, depth: Int)] = [(schema, [], true, 0)]
        var looked = 0
        while let next = waiting.popLast(), looked < 10_000 {
            looked += 1
            guard next.depth < 64 else { continue }
            if let list = next.value.array {
                waiting += list.map { ($0, next.path, false, next.depth + 1) }
                continue
            }
            guard let members = next.value.object else { continue }
            if let header = members["x-mcp-header"] {
                let token = header.string ?? ""
                let isToken =
                    !token.isEmpty && token.utf8.count <= 100
                    && token.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
                let type = members["type"]?.string ?? ""
                guard isToken, next.isReachable, !next.path.isEmpty,
                    ["string", "integer", "boolean"].contains(type), names.insert(token.lowercased()).inserted
                else {
                    throw MCPError(.form, "The tool \(tool) asks for a header that cannot be, and is not offered.")
                }
                found[next.path] = token
            }
            for (key, member) in members where key != "x-mcp-header" {
                if key == "properties", next.isReachable, let properties = member.object {
                    for (name, property) in properties {
                        waiting.append((property, next.path + [name], true, next.depth + 1))
                    }
                } else if key != "default", key != "enum", key != "const", key != "examples" {
                    waiting.append((member, next.path, false, next.depth + 1))
                }
            }
        }
        return found
    }
}

/// What a server offers, and what of it cannot be used.
package struct MCPToolList: Sendable, Hashable {
    /// In the server's order.
    package var tools: [MCPTool] = []
    /// What was left out, a sentence each.
    package var remarks: [String] = []

    package init(tools: [MCPTool] = [], remarks: [String] = []) {
        self.tools = tools
        self.remarks = remarks
    }

    /// The tool of a name.
    package func tool(_ name: String) -> MCPTool? { tools.first { $0.name == name } }
}

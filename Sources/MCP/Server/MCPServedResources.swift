internal import Base

/// Texts that Neo offers to clients, looked for when somebody asks.
package struct MCPServedResources: Sendable {
    /// One that is listed; those below it are not, and can be read all the same.
    package struct Entry: Sendable, Hashable {
        package var uri: String
        package var name: String
        package var summary: String

        package init(uri: String, name: String, summary: String) {
            self.uri = uri
            self.name = name
            self.summary = summary
        }
    }

    private static let page = 100

    private let list: @Sendable () -> [Entry]
    private let read: @Sendable (_ uri: String) -> [UInt8]?

    /// - Parameters:
    ///   - list: those that there are now.
    ///   - read: the bytes of one; nil where there is none of this address.
    package init(list: @escaping @Sendable () -> [Entry], read: @escaping @Sendable (_ uri: String) -> [UInt8]?) {
        self.list = list
        self.read = read
    }

    /// The result of `resources/list`; a page's cursor is the number of those before it.
    func listed(_ cursor: JSONValue?) throws(MCPFault) -> [String: JSONValue] {
        let all = list()
        var begin = 0
        if let cursor {
            guard let number = cursor.string.flatMap({ Int($0) }), (1..<max(all.count, 2)).contains(number) else {
                throw MCPFault(MCPErrorNumber.invalidParams, "There is no page at this cursor (any more).")
            }
            begin = min(number, all.count)
        }
        let entries = all[begin...].prefix(Self.page)
        var result: [String: JSONValue] = [
            "resources": .array(
                entries.map { entry in
                    [
                        "uri": .string(entry.uri), "name": .string(entry.name), "description": .string(entry.summary),
                        "mimeType": "text/markdown",
                    ]
                })
        ]
        if begin + entries.count < all.count { result["nextCursor"] = .string(String(begin + entries.count)) }
        return result
    }

    /// The result of `resources/read`.
    func contents(of uri: String) throws(MCPFault) -> [String: JSONValue] {
        guard uri.utf8.count <= 2_000, let bytes = read(uri) else {
            throw MCPFault(
                MCPErrorNumber.invalidParams, "There is no resource of this address.",
                data: ["uri": .string(String(uri.prefix(2_000)))])
        }
        guard bytes.count <= MCPServer.answerBytes else {
            throw MCPFault(
                MCPErrorNumber.invalidParams,
                "The resource has \(bytes.count) bytes, and no more than \(MCPServer.answerBytes) are given.")
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw MCPFault(MCPErrorNumber.invalidParams, "The resource is no text, and only texts are given.")
        }
        let isMarkdown = uri.lowercased().hasSuffix(".md")
        return [
            "contents": [
                [
                    "uri": .string(uri), "mimeType": isMarkdown ? "text/markdown" : "text/plain", "text": .string(text),
                ]
            ]
        ]
    }
}

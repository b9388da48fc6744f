package import Base

/// A block of what a tool gives.
package enum MCPContent: Sendable, Hashable {
    case text(String)
    case image(type: String, base64: String)
    case audio(type: String, base64: String)
    /// A link to something that was not sent along.
    case link(uri: String, name: String)
    /// Something that was sent along: its text, or what it would decode to.
    case resource(uri: String, text: String?, base64: String?)
    /// A kind that Neo does not know.
    case other(String)

    /// Reads a block.
    package init(_ json: JSONValue) throws(MCPError) {
        func text(_ key: String, _ value: JSONValue? = nil) throws(MCPError) -> String {
            guard let text = (value ?? json)[key]?.string else {
                throw MCPError(.form, "A block of content has no `\(key)`.")
            }
            return text
        }
        switch try text("type") {
        case "text": self = .text(try text("text"))
        case "image": self = .image(type: try text("mimeType"), base64: try text("data"))
        case "audio": self = .audio(type: try text("mimeType"), base64: try text("data"))
        case "resource_link": self = .link(uri: try text("uri"), name: try text("name"))
        case "resource":
            let resource = json["resource"]
            let (inside, blob) = (resource?["text"]?.string, resource?["blob"]?.string)
            guard inside != nil || blob != nil else {
                throw MCPError(.form, "An embedded resource has neither `text` nor `blob`.")
            }
            self = .resource(uri: try text("uri", resource), text: inside, base64: blob)
        case let kind: self = .other(kind)
        }
    }

    /// What a model reads of it. What is no text is named.
    package var text: String {
        switch self {
        case .text(let text): text
        case .image(let type, let data): "(an image, \(type), \(Self.size(data)): not shown)"
        case .audio(let type, let data): "(a recording, \(type), \(Self.size(data)): not played)"
        case .link(let uri, let name): "(\(name): \(uri))"
        case .resource(let uri, let text, let data):
            text.map { "\(uri):\n\($0)" } ?? "(\(uri), \(Self.size(data ?? "")): no text)"
        case .other(let kind): "(a block of the kind \(kind), which Neo does not know)"
        }
    }

    private static func size(_ base64: String) -> String { "\(base64.utf8.count / 4 * 3) bytes" }
}

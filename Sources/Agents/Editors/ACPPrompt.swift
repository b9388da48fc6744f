internal import Base

/// What the user says in an editor: blocks of text, links to files, and files that come along.
package struct ACPPrompt: Sendable, Hashable {
    /// More of a file that comes along is cut; the model can read the file itself.
    package static let mostBytes = 64 << 10
    /// More of them are refused: each is a message to the model.
    private static let mostResources = 64

    /// The words, with the names of what is linked.
    package private(set) var text = ""
    /// What belongs to them, a text each.
    package private(set) var attachments: [String] = []

    /// - Throws: `ACPFault` with the block that cannot be taken.
    package init(_ params: ACPParams) throws(ACPFault) {
        let blocks = try params.list("prompt")
        // A name is a word of its own, also where a client puts nothing around it.
        var endsWithName = false
        for (position, block) in blocks.enumerated() {
            let place = "prompt[\(position)]"
            guard let type = block["type"]?.string else { throw params.wrong(place, "has no `type`") }
            switch type {
            case "text":
                guard let words = block["text"]?.string else { throw params.wrong(place + ".text", "must be a text") }
                let isApart = !endsWithName || words.first.map { !$0.isLetter && !$0.isNumber } ?? true
                text += (isApart ? "" : " ") + words
                endsWithName = false
            case "resource_link":
                guard let uri = block["uri"]?.string else { throw params.wrong(place + ".uri", "must be a text") }
                text += (text.last?.isWhitespace == false ? " " : "") + Self.name(uri)
                endsWithName = true
            case "resource":
                guard let resource = block["resource"], let uri = resource["uri"]?.string else {
                    throw params.wrong(place + ".resource", "must have a `uri`")
                }
                attachments.append(Self.attachment(uri, resource["text"]?.string))
                guard attachments.count <= Self.mostResources else {
                    throw params.wrong(
                        place, "is the \(attachments.count)th file that comes along; link to files instead")
                }
            default:
                throw params.wrong(
                    place, "is of the type \"\(type.prefix(40))\", which Neo does not take: \(Self.taken)")
            }
        }
        guard !text.allSatisfy(\.isWhitespace) || !attachments.isEmpty else {
            throw params.wrong("prompt", "says nothing")
        }
    }

    private static let taken = "there are text, resource_link and resource"

    /// How a link is told to the model: a file by its path, which its tools know.
    private static func name(_ uri: String) -> String { ToolText.oneLine(path(uri) ?? uri) }

    private static func attachment(_ uri: String, _ text: String?) -> String {
        let name = name(uri)
        guard let text else {
            return "The user put in \(name), which is no text and is not shown here."
        }
        let bytes = Array(text.utf8)
        let kept = String(decoding: bytes.prefix(mostBytes), as: UTF8.self)
        let rest = bytes.count > mostBytes ? ", the first \(mostBytes) of \(bytes.count) bytes" : ""
        // As it stands in the editor, which may not be what stands on the disk.
        return "The user put in \(name) as the editor shows it\(rest):\n\(ACPText.fenced(kept))"
    }

    /// The path that an address of a file has; nil where it is none of this machine.
    package static func path(_ uri: String) -> String? {
        guard uri.hasPrefix("file://") else { return uri.hasPrefix("/") ? uri : nil }
        let rest = uri.dropFirst("file://".count)
        let path = rest.hasPrefix("/") ? rest : rest.drop { $0 != "/" }
        guard path.hasPrefix("/") else { return nil }
        var bytes: [UInt8] = []
        var left = Array(path.utf8)[...]
        while let byte = left.popFirst() {
            if byte == UInt8(ascii: "%"), left.count >= 2,
                let value = UInt8(String(decoding: left.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                left = left.dropFirst(2)
            } else if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "?") {
                break
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// Texts that editors show.
enum ACPText {
    /// A text in a fence that it cannot end: what tools give is data, and no Markdown.
    static func fenced(_ text: String) -> String {
        var longest = 0
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            longest = max(longest, line.drop { $0 == 0x20 }.prefix { $0 == UInt8(ascii: "`") }.count)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
    }

    /// A line of a title, without what would steer whoever shows it, and not long.
    static func title(_ text: String) -> String {
        let line = ToolText.harmless(ToolText.oneLine(String(text.prefix(1_000))))
        return line.count > 160 ? line.prefix(160) + "…" : line
    }
}

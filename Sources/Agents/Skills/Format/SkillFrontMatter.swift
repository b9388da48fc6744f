package import Base
internal import Yams

/// What a skill says of itself, read leniently: what can be understood is taken, and said to be wrong.
package struct SkillFrontMatter: Sendable, Hashable {
    package var name: String
    /// What it does and when it is used.
    package var description: String
    package var license: String?
    /// What it needs: programs, a network.
    package var compatibility: String?
    package var metadata: [String: String]
    /// Tools that its author thinks of. They are words for people: nothing is allowed by them.
    package var allowedTools: String?

    package init(
        name: String, description: String, license: String? = nil, compatibility: String? = nil,
        metadata: [String: String] = [:], allowedTools: String? = nil
    ) {
        self.name = name
        self.description = description
        self.license = license
        self.compatibility = compatibility
        self.metadata = metadata
        self.allowedTools = allowedTools
    }

    /// Characters of a description that are kept; the specification has 1,024.
    static let mostDescription = 2_048

    /// Reads the text of a `SKILL.md`.
    ///
    /// - Parameter folderName: what the skill is called where it has no name.
    /// - Returns: the front matter, the body, and what was taken leniently, a sentence each.
    /// - Throws: `AgentsError` where there is no description, or nothing that can be read.
    static func read(
        _ text: String, folderName: String
    ) throws(AgentsError) -> (matter: SkillFrontMatter, body: String, remarks: [String]) {
        guard let (yaml, body) = SkillText.parts(text) else {
            throw AgentsError(.usage, "it does not begin with front matter between two lines of ---")
        }
        guard SkillText.isShallow(yaml) else {
            throw AgentsError(.usage, "its front matter is too long or too deep")
        }
        var remarks: [String] = []
        var values: [String: Yams.Node] = [:]
        do {
            values = try mapping(yaml)
        } catch {
            // The usual mistake: a colon in a value that is not quoted.
            guard let quoted = try? mapping(withQuotedValues(yaml)) else {
                throw AgentsError(.usage, "its front matter is no YAML", cause: error)
            }
            values = quoted
            remarks.append("its front matter is no YAML until its values are quoted")
        }
        func word(_ key: String) -> String? {
            guard let node = values[key] else { return nil }
            guard let text = node.scalar?.string else {
                if let list = node.sequence?.compactMap(\.scalar?.string), !list.isEmpty {
                    remarks.append("`\(key)` is a list, where a text should stand")
                    return list.joined(separator: " ")
                }
                return nil
            }
            let trimmed = trimmed(text)
            return trimmed.isEmpty ? nil : trimmed
        }
        guard let description = word("description") else { throw AgentsError(.usage, "it has no description") }
        let name = word("name")
        if name == nil { remarks.append("it has no name: it is called as its folder") }
        if let name, name != folderName { remarks.append("its name is not that of its folder, \(folderName)") }
        var metadata: [String: String] = [:]
        for (key, value) in values["metadata"]?.mapping ?? [:] {
            if let key = key.scalar?.string, let value = value.scalar?.string { metadata[key] = value }
        }
        let matter = SkillFrontMatter(
            name: ToolText.oneLine(String((name ?? folderName).prefix(128))),
            description: String(description.prefix(mostDescription)),
            license: word("license"), compatibility: word("compatibility"), metadata: metadata,
            allowedTools: word("allowed-tools"))
        return (matter, body, remarks)
    }

    private static func mapping(_ yaml: String) throws -> [String: Yams.Node] {
        var values: [String: Yams.Node] = [:]
        for (key, value) in try Yams.compose(yaml: yaml)?.mapping ?? [:] {
            if let key = key.scalar?.string { values[key] = value }
        }
        return values
    }

    /// `key: value` of the first level with the value in quotes.
    private static func withQuotedValues(_ yaml: String) -> String {
        yaml.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let colon = line.firstRange(of: ": "), line.first?.isLetter == true else { return String(line) }
            let value = line[colon.upperBound...].drop { $0 == " " }
            guard let first = value.first, !"\"'|>".contains(first) else { return String(line) }
            return "\(line[..<colon.lowerBound]): '\(value.replacing("'", with: "''"))'"
        }.joined(separator: "\n")
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }

    /// As JSON, without what is not there.
    package var json: JSONValue {
        var fields: [String: JSONValue] = ["name": .string(name), "description": .string(description)]
        if let license { fields["license"] = .string(license) }
        if let compatibility { fields["compatibility"] = .string(compatibility) }
        if let allowedTools { fields["allowed_tools"] = .string(allowedTools) }
        if !metadata.isEmpty { fields["metadata"] = .object(metadata.mapValues(JSONValue.string)) }
        return .object(fields)
    }
}

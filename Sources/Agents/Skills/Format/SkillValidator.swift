internal import Yams

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Whether a skill may be published: the rules of the specification, judged as its reference validator (`skills-ref`)
/// judges them.
///
/// That one reads YAML of which flow style, tags, anchors and keys that occur twice are no part.
package enum SkillValidator {
    private static let keys: Set<String> = [
        "name", "description", "license", "allowed-tools", "metadata", "compatibility",
    ]

    /// What is wrong with the skill in a folder, a sentence each; empty where nothing is.
    package static func problems(inFolder folder: String) -> [String] {
        let files = FileManager.default
        var isFolder = false
        guard files.fileExists(atPath: folder, isDirectory: &isFolder) else { return ["There is no \(folder)."] }
        guard isFolder else { return ["\(folder) is no folder."] }
        guard let path = Skill.fileNames.map({ folder + "/" + $0 }).first(where: files.fileExists) else {
            return ["The folder has no SKILL.md."]
        }
        guard let bytes = SkillFile.read(path, limit: Skill.mostBytes) else {
            return ["SKILL.md cannot be read, is no regular file, or has more than \(Skill.mostBytes >> 10) KiB."]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return ["SKILL.md is not UTF-8."] }
        let name = folder.split(separator: "/").last.map(String.init) ?? ""
        return problems(in: text, folderName: name)
    }

    /// What is wrong with the text of a `SKILL.md` in a folder of that name.
    package static func problems(in text: String, folderName: String) -> [String] {
        switch SkillText.strictMatter(text) {
        case .missing: ["SKILL.md must begin with front matter: ---"]
        case .open: ["The front matter is not closed with ---"]
        case .matter(let yaml): problems(inMatter: yaml, folderName: folderName)
        }
    }

    private static func problems(inMatter yaml: String, folderName: String) -> [String] {
        guard SkillText.isShallow(yaml) else { return ["The front matter is too long or too deep."] }
        let root: Node
        do {
            guard let node = try Yams.compose(yaml: yaml), let mapping = node.mapping, !mapping.isEmpty else {
                return ["The front matter must be a mapping of keys to values."]
            }
            root = node
        } catch {
            return ["The front matter is no YAML: \(sentence(of: error))"]
        }
        let strictness = StrictYAML(yaml).problems(of: root)
        guard strictness.isEmpty else { return strictness }
        var values: [String: Node] = [:]
        for (key, value) in root.mapping ?? [:] { values[key.scalar?.string ?? ""] = value }
        let extra = values.keys.filter { !keys.contains($0) }.sorted()
        var problems =
            extra.isEmpty
            ? []
            : ["Keys that the specification does not have: \(extra.joined(separator: ", ")). Put them under metadata."]
        problems += nameProblems(values["name"], folderName)
        switch values["description"] {
        case nil: problems.append("The description is missing.")
        case .scalar(let scalar)? where scalar.string.contains { !$0.isWhitespace }:
            let count = scalar.string.unicodeScalars.count
            if count > 1_024 { problems.append("The description has \(count) characters; 1,024 is the most.") }
        default: problems.append("The description must be a text that is not empty.")
        }
        switch values["compatibility"] {
        case nil: break
        case .scalar(let scalar)?:
            let count = scalar.string.unicodeScalars.count
            if count > 500 { problems.append("The compatibility has \(count) characters; 500 is the most.") }
        default: problems.append("The compatibility must be a text.")
        }
        return problems
    }

    private static func nameProblems(_ node: Node?, _ folderName: String) -> [String] {
        guard let node else { return ["The name is missing."] }
        let text = (node.scalar?.string ?? "").drop(while: \.isWhitespace)
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else {
            return ["The name must be a text that is not empty."]
        }
        let name = String(text[...last])
        return SkillName.problems(name)
            + (SkillName.areSame(name, folderName)
                ? [] : ["The name is \(name), and the folder is called \(folderName): they must be the same."])
    }

    private static func sentence(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(problem), line \(mark.line)."
        case .duplicatedKeysInMapping?: "a key occurs twice."
        default: "it cannot be read."
        }
    }

    /// What a skill that is right should mend all the same, a sentence each: the bounds that the specification advises.
    package static func advice(on skill: Skill) -> [String] {
        let lines = skill.body.split(separator: "\n", omittingEmptySubsequences: false).count
        let tokens = (skill.body.utf8.count + 3) / 4
        return
            (lines > Skill.mostLines
            ? ["The body has \(lines) lines; \(Skill.mostLines) is what should be read at once."] : [])
            + (tokens > Skill.mostTokens
                ? ["The body has about \(tokens) tokens; \(Skill.mostTokens) is what should be read at once."] : [])
    }
}

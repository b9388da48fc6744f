internal import Base
internal import Documents
internal import RAG
internal import Yams

extension YAMLReader {
    /// Who sees which documents.
    func access(_ node: Node) throws(EngineerError) -> AccessRules {
        try checkKeys(node, known: ["documents"], within: "access")
        guard let list = node["documents"]?.sequence else {
            throw failure(
                "`access` holds a list: `documents: [{match: \"hr/**\", groups: [hr]}, …]`; the first that matches holds.",
                at: "access")
        }
        var rules: [AccessRules.Rule] = []
        for node in list { rules.append(try rule(node)) }
        return AccessRules(rules: rules)
    }

    private func rule(_ node: Node) throws(EngineerError) -> AccessRules.Rule {
        let line = node.mark?.line
        guard node.mapping != nil else {
            throw failure("A rule of `access` is a mapping: `{match: \"hr/**\", groups: [hr]}`.", line: line)
        }
        try checkKeys(node, known: ["match", "groups"], within: "access")
        guard let text = node["match"]?.scalar?.string, !text.isEmpty else {
            throw failure("A rule of `access` needs `match`, a pattern of documents such as \"hr/**\".", line: line)
        }
        let match: DocumentPattern
        do { match = try DocumentPattern(text) } catch { throw failure(error.message, line: line) }
        guard let value = node["groups"] else {
            throw failure(
                "The rule for \(text) needs `groups`: [everyone], names of groups, or [] for nobody.", line: line)
        }
        let names = value.sequence.map { $0.map { $0.scalar?.string ?? "" } } ?? [value.scalar?.string ?? ""]
        var groups: Set<AccessGroup> = []
        for name in names {
            guard let group = AccessGroup(name) else {
                throw failure(
                    "\"\(name.prefix(80))\" is no name of a group: lower-case letters, digits, -, _ and ., such as hr or "
                        + "board.eu.", line: value.mark?.line ?? line)
            }
            groups.insert(group)
        }
        return AccessRules.Rule(match: match, groups: groups)
    }
}

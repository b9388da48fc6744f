package import Base

extension PermissionRule {
    private static let keys: Set = [
        "command", "path", "host", "access", "decision", "why", "match", "not_match",
    ]

    /// Reads the list under `permissions:`.
    ///
    /// - Parameters:
    ///   - place: the file, for messages.
    ///   - workspace: where relative paths begin.
    /// - Throws: `AgentsError` with a sentence for each rule that is wrong, and for each example that a rule does not do
    ///   as it says.
    package static func rules(
        from json: JSONValue, in place: String, origin: Origin, workspace: String
    ) throws(AgentsError) -> [PermissionRule] {
        guard let list = json.array else {
            throw AgentsError(
                .usage, "\(place): `permissions` must be a list of rules, such as {command: git push, decision: ask}.")
        }
        var rules: [PermissionRule] = []
        var problems: [String] = []
        for (position, entry) in list.enumerated() {
            do throws(AgentsError) {
                let rule = try PermissionRule(entry, origin)
                rules.append(rule)
                problems += rule.failedExamples(entry, workspace).map { "rule \(position + 1) \($0)" }
            } catch {
                problems.append("rule \(position + 1) \(error.message)")
            }
        }
        guard problems.isEmpty else {
            throw AgentsError(.usage, problems.map { "\(place): permissions, \($0)." }.joined(separator: "\n"))
        }
        return rules
    }

    private init(_ json: JSONValue, _ origin: Origin) throws(AgentsError) {
        guard let fields = json.object else { throw AgentsError(.usage, "is no mapping of keys to values") }
        if let key = fields.keys.sorted().first(where: { !Self.keys.contains($0) }) {
            let hint = nearest(to: key, in: Self.keys.sorted()).map { "; did you mean \"\($0)\"?" } ?? ""
            throw AgentsError(.usage, "has the unknown key \"\(key)\"\(hint)")
        }
        guard let word = fields["decision"]?.string, let decision = Decision(rawValue: word) else {
            throw AgentsError(.usage, "needs `decision`: allow, ask or deny")
        }
        let subjects = ["command", "path", "host"].filter { fields[$0] != nil }
        guard subjects.count == 1, let kind = subjects.first, let value = fields[kind] else {
            throw AgentsError(.usage, "needs one of `command`, `path` and `host`")
        }
        var subject: Subject
        switch kind {
        case "command": subject = .command(try Self.words(value))
        case "path":
            let access = try fields["access"].map { (json) throws(AgentsError) -> Access in
                guard let access = json.string.flatMap(Access.init) else {
                    throw AgentsError(.usage, "has an `access` that is none of read, write, any")
                }
                return access
            }
            subject = .path(try Self.text(value, kind), access: access ?? .any)
        default:
            let host = try Self.text(value, kind)
            guard !host.dropFirst(host.hasPrefix("*") ? 1 : 0).contains(where: { "*/@ ".contains($0) }) else {
                throw AgentsError(.usage, "has the host \"\(host)\": write a name, or *.domain for all below a domain")
            }
            subject = .host(host)
        }
        self.init(subject, decision, reason: fields["why"]?.string, origin: origin)
    }

    private static func text(_ json: JSONValue, _ key: String) throws(AgentsError) -> String {
        guard let text = json.string, !text.isEmpty else { throw AgentsError(.usage, "has an empty `\(key)`") }
        return text
    }

    /// `git push`, or `[git, [push, fetch]]`.
    private static func words(_ json: JSONValue) throws(AgentsError) -> [[String]] {
        let words: [[String]]
        if let text = json.string {
            words = text.split(separator: " ").map { [String($0)] }
        } else {
            words = (json.array ?? []).map { $0.string.map { [$0] } ?? ($0.array ?? []).compactMap(\.string) }
        }
        guard !words.isEmpty, !words.contains(where: \.isEmpty), !words.joined().contains("") else {
            throw AgentsError(
                .usage, "has a `command` that is no list of words: write git push, or [git, [push, fetch]]")
        }
        return words
    }

    // MARK: Examples

    private func failedExamples(_ json: JSONValue, _ workspace: String) -> [String] {
        var failures: [String] = []
        for (key, wanted) in [("match", true), ("not_match", false)] {
            let listed = json[key]?.string.map { [JSONValue.string($0)] } ?? json[key]?.array ?? []
            for example in listed {
                guard let text = example.string else {
                    failures.append("has an example under `\(key)` that is no text")
                    continue
                }
                do throws(ShellUnknown) {
                    guard try fits(example: text, workspace) != wanted else { continue }
                    failures.append(
                        wanted
                            ? "should fit its example \"\(text)\", and does not"
                            : "should not fit its example \"\(text)\", and does")
                } catch {
                    failures.append("has the example \"\(text)\", which cannot be read: \(error.reason)")
                }
            }
        }
        return failures
    }

    private func fits(example: String, _ workspace: String) throws(ShellUnknown) -> Bool {
        switch subject {
        case .command: return try ShellLine(example).commands.contains { match($0) == .yes }
        case .path(_, let access):
            let path = example.hasPrefix("/") ? example : workspace + "/" + example
            return match(path: path, isWritten: access == .write, workspace: workspace)
        case .host: return match(host: example)
        }
    }
}

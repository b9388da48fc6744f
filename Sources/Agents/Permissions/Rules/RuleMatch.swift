/// Whether a rule fits something, as far as that can be known beforehand.
enum RuleMatch: Sendable, Hashable {
    case no
    /// A word is known only when it runs.
    case maybe
    case yes
}

extension PermissionRule {
    /// Whether a command begins as the rule says.
    ///
    /// A rule that allows must fit word by word. One that asks or denies also fits a program by another path, and behind
    /// options: `git -C there push` begins with `git push`.
    func match(_ command: ShellLine.Command) -> RuleMatch {
        guard case .command(let pattern) = subject, let first = pattern.first, let program = command.words.first else {
            return .no
        }
        if decision == .allow {
            guard !command.hasAssignments, command.words.count >= pattern.count else { return .no }
            let usual = ["", "/bin/", "/usr/bin/", "/usr/local/bin/"]
            guard first.contains(where: { name in usual.contains { program.text == $0 + name } }) else { return .no }
            return zip(pattern, command.words).dropFirst().allSatisfy { $0.contains($1.text) && !$1.isOpaque }
                ? .yes : .no
        }
        guard first.contains(program.text) || first.contains(ShellLine.name(program.text)) else { return .no }
        return Self.strict(pattern.dropFirst(), command.words.dropFirst())
    }

    private static func strict(_ pattern: ArraySlice<[String]>, _ words: ArraySlice<ShellWord>) -> RuleMatch {
        guard let next = pattern.first else { return .yes }
        var best = RuleMatch.no
        var rest = words
        while let word = rest.first {
            if word.isOpaque { return .maybe }
            if next.contains(word.text) {
                best = strict(pattern.dropFirst(), rest.dropFirst())
                if best != .no { return best }
            }
            guard word.text.hasPrefix("-") else { return best }
            rest = rest.dropFirst()
            // The word behind an option may be its value.
            guard let value = rest.first, !value.text.hasPrefix("-"), !word.text.contains("=") else { continue }
            if value.isOpaque { return .maybe }
            let unskipped = strict(pattern, rest)
            if unskipped != .no { return unskipped }
            rest = rest.dropFirst()
        }
        return best
    }

    /// Whether a file is one that the rule is about.
    func match(path: String, isWritten: Bool, workspace: String) -> Bool {
        guard case .path(let pattern, let access) = subject else { return false }
        guard access == .any || (access == .write) == isWritten else { return false }
        let absolute = Self.absolute(pattern, workspace: workspace)
        // What lies below a folder that is named is meant as well.
        return PathPattern(absolute).fits(path) || PathPattern(absolute + "/**").fits(path)
    }

    static func absolute(_ pattern: String, workspace: String) -> String {
        if pattern.hasPrefix("/") { return pattern }
        return workspace + "/" + (pattern.contains("/") ? pattern : "**/" + pattern)
    }

    /// Whether a host is the one that the rule is about.
    func match(host: String) -> Bool {
        guard case .host(let pattern) = subject else { return false }
        let (host, wanted) = (host.lowercased(), pattern.lowercased())
        if wanted == host || wanted == "*" { return true }
        // A rule without a port is about all of them where it is strict.
        let name = decision == .allow ? host : String(host.prefix { $0 != ":" })
        guard wanted.hasPrefix("*.") else { return wanted == name }
        return name.hasSuffix(wanted.dropFirst()) && name.count > wanted.count - 1
    }
}

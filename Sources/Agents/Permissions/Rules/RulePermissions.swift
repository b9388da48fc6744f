#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A mode with rules: of all that is said about a call, the strictest counts.
///
/// A rule that allows stands in for the mode; it lifts nothing that another rule, or read-only, forbids. Rules are what a
/// person would say while looking on, not walls: a program that is allowed can do within the walls what it likes.
package struct RulePermissions: Permissions {
    private let mode: PermissionMode
    private let plain: ModePermissions
    private let rules: [PermissionRule]
    private let workspace: String

    /// - Parameter rules: of a project, those that allow are left out; `ignored` has a sentence for each.
    package init(_ mode: PermissionMode, rules: [PermissionRule], workspace: String) {
        self.mode = mode
        plain = ModePermissions(mode)
        self.rules = rules.filter { $0.origin == .user || $0.decision != .allow }
        self.workspace = workspace
    }

    /// A sentence for each rule of a project that does not count.
    package static func ignored(_ rules: [PermissionRule]) -> [String] {
        rules.filter { $0.origin == .project && $0.decision == .allow }.map {
            "\($0.name), which does not count: a project can only be stricter. Put it into your own config.yaml, or list "
                + "the folder there under `trusted`."
        }
    }

    package func verdict(on effects: [ToolEffect], tool: String, isTainted: Bool) -> PermissionVerdict {
        Self.strictest(effects.flatMap { verdicts(on: $0, tool, isTainted) }) ?? .allow("it touches nothing")
    }

    private static func strictest(_ verdicts: [PermissionVerdict]) -> PermissionVerdict? {
        // The first of the strictest, so that the order of rules decides which is named.
        verdicts.max { $0.strictness < $1.strictness }.flatMap { most in
            verdicts.first { $0.strictness == most.strictness }
        }
    }

    private func verdicts(on effect: ToolEffect, _ tool: String, _ isTainted: Bool) -> [PermissionVerdict] {
        let usual = plain.verdict(on: [effect], tool: tool, isTainted: isTainted)
        switch effect {
        case .reads(let path): return file(path, isWritten: false, usual)
        case .writes(let path): return file(path, isWritten: true, usual)
        case .runs(let line): return run(line, usual)
        case .reaches(let host): return host.split(separator: ",").flatMap { reach($0, usual, mustAsk: false) }
        case .sends(let host): return host.split(separator: ",").flatMap { reach($0, usual, mustAsk: isTainted) }
        }
    }

    private static func verdict(of rule: PermissionRule) -> PermissionVerdict {
        switch rule.decision {
        case .allow: .allow(rule.name)
        case .ask: .ask(rule.name)
        case .deny: .deny(rule.name)
        }
    }

    /// The rules that fit, where one decides; else the mode. Nothing lifts a denial of the mode.
    private func judged(_ fitting: [PermissionRule], _ usual: PermissionVerdict) -> [PermissionVerdict] {
        let said = fitting.map(Self.verdict)
        if case .deny = usual { return [usual] + said }
        return said.isEmpty ? [usual] : said
    }

    // MARK: Files

    private func file(_ path: String, isWritten: Bool, _ usual: PermissionVerdict) -> [PermissionVerdict] {
        // A link elsewhere is judged by where it leads as well.
        let real = URL(filePath: path).resolvingSymlinksInPath().path
        return [path, real].flatMap { place in
            judged(rules.filter { $0.match(path: place, isWritten: isWritten, workspace: workspace) }, usual)
        }
    }

    // MARK: Hosts

    private func reach(_ host: Substring, _ usual: PermissionVerdict, mustAsk: Bool) -> [PermissionVerdict] {
        let name = host.filter { $0 != " " }
        var verdicts = judged(rules.filter { $0.match(host: name) }, usual)
        if mustAsk {
            verdicts.append(.ask("a stranger's text was read, and this could send \(name) what the text asks for"))
        }
        return verdicts
    }

    // MARK: Commands

    private func run(_ line: String, _ usual: PermissionVerdict) -> [PermissionVerdict] {
        if case .deny = usual { return [usual] }
        let about = rules.filter { if case .command = $0.subject { true } else { false } }
        let paths = rules.contains { if case .path = $0.subject { true } else { false } }
        // Without a rule that could decide otherwise, nothing depends on what the line says.
        guard !about.isEmpty || paths else { return [usual] }
        let commands: ShellLine
        do throws(ShellUnknown) { commands = try ShellLine(line) } catch {
            let isOpen = about.allSatisfy { $0.decision == .allow } && !paths
            return isOpen ? [usual] : [.ask("the line cannot be judged by rules: \(error.reason)"), usual]
        }
        var verdicts = commands.commands.flatMap { judged($0, about, usual) }
        for word in commands.writes { verdicts += redirected(word, isWritten: true, usual) }
        for word in commands.reads { verdicts += redirected(word, isWritten: false, usual) }
        return verdicts.isEmpty ? [usual] : verdicts
    }

    private func judged(
        _ command: ShellLine.Command, _ rules: [PermissionRule], _ usual: PermissionVerdict
    ) -> [PermissionVerdict] {
        var said: [PermissionVerdict] = []
        for rule in rules {
            switch rule.match(command) {
            case .no: break
            case .yes: said.append(Self.verdict(of: rule))
            case .maybe: said.append(.ask("\(rule.name), and whether it fits is known only when it runs"))
            }
        }
        // What only starts another command needs no permission of its own.
        if said.isEmpty { return command.isWrapper ? [] : [usual] }
        return said
    }

    private func redirected(_ word: ShellWord, isWritten: Bool, _ usual: PermissionVerdict) -> [PermissionVerdict] {
        guard !word.isOpaque else {
            return [usual] + (rules.isEmpty ? [] : [.ask("where it writes is known only when it runs")])
        }
        let path = word.text.hasPrefix("/") ? word.text : workspace + "/" + word.text
        return file(
            URL(filePath: path).standardizedFileURL.path, isWritten: isWritten,
            isWritten ? usual : .allow("reading is allowed"))
    }
}

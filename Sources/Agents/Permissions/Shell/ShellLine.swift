/// A command line as the simple commands that it runs.
struct ShellLine: Sendable, Hashable {
    /// One program with its arguments.
    struct Command: Sendable, Hashable {
        var words: [ShellWord]
        /// Whether variables are set for it: another PATH, another library.
        var hasAssignments = false
        /// Whether it only starts the command that follows in the list, such as `env` and `nohup`.
        var isWrapper = false
    }

    private(set) var commands: [Command] = []
    /// Files that the shell itself writes to.
    private(set) var writes: [ShellWord] = []
    /// Files that it reads from.
    private(set) var reads: [ShellWord] = []

    private static let keywords: Set = [
        "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "in", "select",
        "function", "coproc", "{", "}", "[[", "eval", "source", ".", "alias", "trap", "enable", "builtin",
    ]
    private static let shells: Set = ["sh", "bash", "dash", "zsh", "ksh"]
    private static let mostDepth = 4

    /// - Throws: `ShellUnknown` where the line holds what is not understood.
    init(_ line: String) throws(ShellUnknown) { try read(line, depth: 0) }

    private mutating func read(_ line: String, depth: Int) throws(ShellUnknown) {
        guard depth < Self.mostDepth else { throw ShellUnknown("it is nested too deeply") }
        let lexer = try ShellLexer(line)
        var words: [ShellWord] = []
        var target: String?
        var brackets = 0
        for token in lexer.tokens {
            if let kind = target {
                guard case .word(let word) = token else { throw ShellUnknown("a redirection has no target") }
                redirect(kind, word)
                target = nil
                continue
            }
            switch token {
            case .word(let word): words.append(word)
            case .redirection(let kind): target = kind
            case .separator: try flush(&words, depth)
            case .open:
                guard words.isEmpty else { throw ShellUnknown("a bracket stands among words") }
                brackets += 1
            case .close:
                try flush(&words, depth)
                brackets -= 1
                guard brackets >= 0 else { throw ShellUnknown("a bracket was not opened") }
            }
        }
        guard target == nil, brackets == 0 else { throw ShellUnknown("it ends in the middle") }
        try flush(&words, depth)
        for inner in lexer.nested { try read(inner, depth: depth + 1) }
    }

    private mutating func redirect(_ kind: String, _ word: ShellWord) {
        switch kind {
        case "<<<": break
        // `2>&1` names no file.
        case ">&", "<&": if !word.text.allSatisfy({ $0.isNumber || $0 == "-" }) { writes.append(word) }
        case "<": reads.append(word)
        default: if word.text != "/dev/null" || word.isOpaque { writes.append(word) }
        }
    }

    private mutating func flush(_ words: inout [ShellWord], _ depth: Int) throws(ShellUnknown) {
        defer { words = [] }
        try add(words[...], hasAssignments: false, depth)
    }

    private mutating func add(
        _ words: ArraySlice<ShellWord>, hasAssignments: Bool, _ depth: Int
    ) throws(ShellUnknown) {
        guard depth < Self.mostDepth else { throw ShellUnknown("it is nested too deeply") }
        var words = words
        var hasAssignments = hasAssignments
        while let first = words.first, Self.isAssignment(first) || (first.text == "!" && !first.isQuoted) {
            hasAssignments = hasAssignments || first.text != "!"
            words = words.dropFirst()
        }
        guard let program = words.first else { return }
        guard !program.isOpaque, !program.text.isEmpty else {
            throw ShellUnknown("the program's name is known only when it runs")
        }
        guard !Self.keywords.contains(program.text) else { throw ShellUnknown("it uses \(program.text)") }
        var command = Command(words: Array(words), hasAssignments: hasAssignments)
        if let inner = try Self.inner(of: program.text, words.dropFirst()) {
            // What runs as another user is more than what it runs.
            command.isWrapper = !["sudo", "doas", "su"].contains(Self.name(program.text))
            commands.append(command)
            switch inner {
            case .words(let rest, let sets): try add(rest, hasAssignments: hasAssignments || sets, depth + 1)
            case .line(let line): try read(line, depth: depth + 1)
            }
        } else {
            commands.append(command)
        }
    }

    private static func isAssignment(_ word: ShellWord) -> Bool {
        guard let equals = word.text.firstIndex(of: "="), equals > word.text.startIndex else { return false }
        let name = word.text[..<equals].drop { $0 == "+" }
        return name.first?.isNumber == false && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "+" }
    }

    static func name(_ program: String) -> String { String(program.split(separator: "/").last ?? "") }

    // MARK: Commands that run others

    private enum Inner {
        case words(ArraySlice<ShellWord>, setsVariables: Bool)
        case line(String)
    }

    /// What a command runs in its turn; nil where it runs nothing that is known.
    private static func inner(of program: String, _ words: ArraySlice<ShellWord>) throws(ShellUnknown) -> Inner? {
        switch name(program) {
        case "env": return .words(try afterOptions(words, values: ["-u", "-C"]), setsVariables: true)
        case "sudo":
            return .words(
                try afterOptions(words, values: ["-u", "-g", "-h", "-p", "-D", "-C", "-r", "-t"]), setsVariables: true)
        case "doas": return .words(try afterOptions(words, values: ["-u", "-C"]), setsVariables: false)
        case "nohup", "setsid", "command", "exec", "time":
            return .words(try afterOptions(words, values: []), setsVariables: false)
        case "nice": return .words(try afterOptions(words, values: ["-n"]), setsVariables: false)
        case "stdbuf": return .words(try afterOptions(words, values: ["-i", "-o", "-e"]), setsVariables: true)
        case "timeout": return .words(try afterOptions(words, values: ["-k", "-s"]).dropFirst(), setsVariables: false)
        case "xargs":
            return .words(
                try afterOptions(words, values: ["-n", "-P", "-I", "-L", "-d", "-E", "-s", "-a"]), setsVariables: false)
        case "su": throw ShellUnknown("it uses su")
        case let shell where shells.contains(shell):
            let isScript: (ShellWord) -> Bool = {
                $0.isOpaque || $0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.contains("c")
            }
            guard let flag = words.firstIndex(where: isScript) else { return nil }
            // Behind other words it may be an argument of a file that is run.
            guard words[..<flag].allSatisfy({ $0.text.hasPrefix("-") }), !words[flag].isOpaque else {
                throw ShellUnknown("what \(shell) runs cannot be told")
            }
            guard let script = words[(flag + 1)...].first, !script.isOpaque else {
                throw ShellUnknown("what \(shell) -c runs is known only when it runs")
            }
            return .line(script.text)
        case "find", "fd":
            let flags = ["-exec", "-execdir", "-ok", "-okdir", "-x", "-X", "--exec", "--exec-batch"]
            guard let flag = words.firstIndex(where: { flags.contains($0.text) }) else { return nil }
            let rest = words[(flag + 1)...].prefix { $0.text != ";" && $0.text != "+" }
            guard !words[(flag + 1)...].dropFirst(rest.count + 1).contains(where: { flags.contains($0.text) }) else {
                throw ShellUnknown("it runs several commands for what it finds")
            }
            return .words(rest, setsVariables: false)
        default: return nil
        }
    }

    private static func afterOptions(
        _ words: ArraySlice<ShellWord>, values: Set<String>
    ) throws(ShellUnknown) -> ArraySlice<ShellWord> {
        var rest = words
        while let first = rest.first, first.text.hasPrefix("-") {
            guard !first.isOpaque else { throw ShellUnknown("an option is known only when it runs") }
            rest = rest.dropFirst()
            if first.text == "--" { break }
            // `env -S` takes a line apart in its own way.
            guard !first.text.hasPrefix("-S"), !first.text.hasPrefix("--split-string") else {
                throw ShellUnknown("it uses \(first.text)")
            }
            if values.contains(first.text) { rest = rest.dropFirst() }
        }
        return rest
    }
}

/// Cuts a command line into words and operators. What it does not know for certain it refuses: a rule that misreads a line
/// is worse than one that asks.
///
/// Source: POSIX.1-2017, Shell Command Language, 2.2, 2.3 and 2.7; of bash, `|&`, `&>` and `<<<`.
struct ShellLexer {
    /// The tokens, and the lines that stand in `$(…)`, which run as well.
    private(set) var tokens: [ShellToken] = []
    private(set) var nested: [String] = []
    private let letters: [Character]
    private var here = 0
    private var word: ShellWord?
    /// Ends of here-documents that begin at the next line.
    private var documents: [(end: String, isQuoted: Bool, stripsTabs: Bool)] = []

    init(_ line: String) throws(ShellUnknown) {
        guard line.utf8.count <= 100_000 else { throw ShellUnknown("it is very long") }
        // By scalars: a line end of two bytes is one character to Swift, and none to a shell.
        letters = line.unicodeScalars.map { Character($0) }
        guard !letters.contains(where: { $0 == "\0" || $0 == "\r" }) else {
            throw ShellUnknown("it holds control characters")
        }
        while here < letters.count { try next() }
        endWord()
        guard documents.isEmpty else { throw ShellUnknown("a here-document has no end") }
    }

    private mutating func next() throws(ShellUnknown) {
        let letter = letters[here]
        switch letter {
        case " ", "\t":
            endWord()
            here += 1
        case "\n":
            endWord()
            here += 1
            tokens.append(.separator)
            try skipDocuments()
        case "#" where word == nil: while here < letters.count, letters[here] != "\n" { here += 1 }
        case "\\": try escape()
        case "'": try singleQuotes()
        case "\"": try doubleQuotes()
        case "`": throw ShellUnknown("it holds `…`")
        case "$": try dollar()
        case "(", ")":
            guard letter == ")" || word == nil else { throw ShellUnknown("it defines a function, or lists values") }
            guard peek(1) != "(" || letter == ")" else { throw ShellUnknown("it calculates") }
            endWord()
            tokens.append(letter == "(" ? .open : .close)
            here += 1
        case ";", "|", "&": try separator(letter)
        case "<", ">": try redirection()
        default:
            if "*?[{~".contains(letter) { add(letter, opaque: true) } else { add(letter) }
            here += 1
        }
    }

    private func peek(_ offset: Int) -> Character? {
        letters.indices.contains(here + offset) ? letters[here + offset] : nil
    }

    private mutating func add(_ letter: Character, opaque: Bool = false, quoted: Bool = false) {
        var open = word ?? ShellWord()
        open.text.append(letter)
        open.isOpaque = open.isOpaque || opaque
        open.isQuoted = open.isQuoted || quoted
        word = open
    }

    private mutating func mark(opaque: Bool = false) {
        var open = word ?? ShellWord()
        open.isQuoted = true
        open.isOpaque = open.isOpaque || opaque
        word = open
    }

    private mutating func endWord() {
        if var open = word {
            // Alone, these stand for themselves: the program `[`, and what find replaces.
            if ["[", "{}"].contains(open.text), !open.isQuoted { open.isOpaque = false }
            tokens.append(.word(open))
        }
        word = nil
    }

    // MARK: Quotes

    private mutating func escape() throws(ShellUnknown) {
        guard let next = peek(1) else { throw ShellUnknown("it ends with a backslash") }
        here += 2
        if next != "\n" { add(next, quoted: true) }
    }

    private mutating func singleQuotes() throws(ShellUnknown) {
        mark()
        here += 1
        while let letter = peek(0), letter != "'" {
            add(letter, quoted: true)
            here += 1
        }
        guard here < letters.count else { throw ShellUnknown("a quote has no end") }
        here += 1
    }

    private mutating func doubleQuotes() throws(ShellUnknown) {
        mark()
        here += 1
        while let letter = peek(0), letter != "\"" {
            switch letter {
            case "`": throw ShellUnknown("it holds `…`")
            case "$": try dollar()
            case "\\":
                guard let next = peek(1) else { throw ShellUnknown("a quote has no end") }
                // Before other letters a backslash stands for itself.
                if "$`\"\\".contains(next) {
                    add(next, quoted: true)
                } else if next != "\n" {
                    add(letter, quoted: true)
                    add(next, quoted: true)
                }
                here += 2
            default:
                add(letter, quoted: true)
                here += 1
            }
        }
        guard here < letters.count else { throw ShellUnknown("a quote has no end") }
        here += 1
    }

    // MARK: Expansions

    private mutating func dollar() throws(ShellUnknown) {
        switch peek(1) {
        case "(":
            guard peek(2) != "(" else { throw ShellUnknown("it calculates") }
            here += 2
            nested.append(try upToClosing())
            mark(opaque: true)
        case "{":
            here += 2
            var name = ""
            while let letter = peek(0), letter != "}" {
                name.append(letter)
                here += 1
            }
            // What else can stand in braces may run something.
            guard here < letters.count, name.allSatisfy({ $0.isLetter || $0.isNumber || "_#@*?".contains($0) }) else {
                throw ShellUnknown("it holds ${…}")
            }
            here += 1
            add("$", opaque: true)
        case "'", "\"": throw ShellUnknown("it holds $'…'")
        default:
            add("$", opaque: true)
            here += 1
        }
    }

    /// The text up to the bracket that closes what was opened.
    private mutating func upToClosing() throws(ShellUnknown) -> String {
        var depth = 1
        let start = here
        while let letter = peek(0) {
            switch letter {
            case "(": depth += 1
            case ")": depth -= 1
            // A bracket in quotes is none; to be sure of quotes within quotes takes a whole parser.
            case "'", "\"", "\\", "#": throw ShellUnknown("it holds quotes within $(…)")
            default: break
            }
            if depth == 0 {
                defer { here += 1 }
                return String(letters[start..<here])
            }
            here += 1
        }
        throw ShellUnknown("a $( has no end")
    }

    // MARK: Operators

    private mutating func separator(_ letter: Character) throws(ShellUnknown) {
        endWord()
        if letter == "&", peek(1) == ">" {
            here += peek(2) == ">" ? 3 : 2
            return tokens.append(.redirection(">"))
        }
        guard !(letter == ";" && peek(1) == ";") else { throw ShellUnknown("it has cases") }
        here += 1
        if let next = peek(0), next == letter && letter != ";" || letter == "|" && next == "&" { here += 1 }
        tokens.append(.separator)
    }

    private mutating func redirection() throws(ShellUnknown) {
        // `2>`: a number before it belongs to it.
        if let open = word, !open.isQuoted, !open.text.isEmpty, open.text.allSatisfy(\.isNumber) { word = nil }
        endWord()
        let letter = letters[here]
        if peek(1) == "(" { throw ShellUnknown("it holds \(letter)(…)") }
        if letter == "<", peek(1) == "<" {
            if peek(2) == "<" {
                here += 3
                return tokens.append(.redirection("<<<"))
            }
            return try document()
        }
        if peek(1) == "&" {
            here += 2
            return tokens.append(.redirection(String(letter) + "&"))
        }
        here += peek(1) == ">" || (letter == ">" && peek(1) == "|") ? 2 : 1
        // `<>` writes as well.
        tokens.append(.redirection(letter == ">" || letters[here - 1] == ">" ? ">" : "<"))
    }

    private mutating func document() throws(ShellUnknown) {
        here += 2
        let stripsTabs = peek(0) == "-"
        if stripsTabs { here += 1 }
        while peek(0) == " " { here += 1 }
        var end = ""
        var isQuoted = false
        while let letter = peek(0), letter.isLetter || letter.isNumber || "_'\"-".contains(letter) {
            if letter == "'" || letter == "\"" { isQuoted = true } else { end.append(letter) }
            here += 1
        }
        guard !end.isEmpty else { throw ShellUnknown("a here-document has no name that can be read") }
        documents.append((end, isQuoted, stripsTabs))
    }

    private mutating func skipDocuments() throws(ShellUnknown) {
        for document in documents {
            var isClosed = false
            while here < letters.count, !isClosed {
                var line = letters[here...].prefix { $0 != "\n" }
                here += line.count + 1
                if document.stripsTabs { line = line.drop { $0 == "\t" } }
                isClosed = String(line) == document.end
                if !isClosed, !document.isQuoted, line.contains(where: { $0 == "$" || $0 == "`" }) {
                    throw ShellUnknown("a here-document holds $ or `")
                }
            }
            guard isClosed else { throw ShellUnknown("a here-document has no end") }
        }
        documents = []
        here = min(here, letters.count)
    }
}

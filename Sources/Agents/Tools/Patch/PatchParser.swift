/// Reads patches: unified diffs, as `diff -u` and `git diff` write them, and the form between `*** Begin Patch` and
/// `*** End Patch` that models are trained on.
///
/// Sources: POSIX `diff`, unified format; git's extended headers (git-diff(1)); the grammar in the instructions of
/// OpenAI's apply_patch tool.
struct PatchParser {
    private let lines: [Substring]
    private var here = 0
    private var patches: [FilePatch] = []

    /// What a patch does, file by file.
    static func parse(_ text: String) throws(PatchError) -> [FilePatch] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // The last end of line ends a line, it begins none.
        if lines.last?.isEmpty == true { lines.removeLast() }
        var parser = PatchParser(lines: lines)
        if lines.contains(where: { Self.trimmed($0) == "*** Begin Patch" }) {
            try parser.parseMarked()
        } else {
            try parser.parseUnified()
        }
        guard !parser.patches.isEmpty else {
            throw PatchError(
                "There is no patch in it. Write a unified diff, or a patch between *** Begin Patch and *** End Patch.")
        }
        return parser.patches
    }

    private init(lines: [Substring]) { self.lines = lines }

    // MARK: *** Begin Patch

    private mutating func parseMarked() throws(PatchError) {
        while here < lines.count, Self.trimmed(lines[here]) != "*** Begin Patch" { here += 1 }
        here += 1
        while here < lines.count {
            let line = Self.trimmed(lines[here])
            if line == "*** End Patch" { return }
            if let path = Self.after("*** Add File: ", line) {
                here += 1
                try parseAdded(path)
            } else if let path = Self.after("*** Delete File: ", line) {
                here += 1
                patches.append(FilePatch(kind: .delete, path: path))
            } else if let path = Self.after("*** Update File: ", line) {
                here += 1
                try parseUpdated(path)
            } else if line.isEmpty {
                here += 1
            } else {
                throw failure(
                    "should be *** Add File: PATH, *** Update File: PATH, *** Delete File: PATH or *** End Patch")
            }
        }
        throw PatchError("The patch has no *** End Patch: it was cut off. Write all of it again.")
    }

    private mutating func parseAdded(_ path: String) throws(PatchError) {
        var hunk = FilePatch.Hunk()
        while here < lines.count, !lines[here].hasPrefix("*** ") {
            guard lines[here].first == "+" else { throw failure("should begin with +, as all lines of a new file") }
            hunk.lines.append(.added(lines[here].dropFirst()))
            here += 1
        }
        patches.append(FilePatch(kind: .add, path: path, hunks: [hunk]))
    }

    private mutating func parseUpdated(_ path: String) throws(PatchError) {
        var patch = FilePatch(kind: .update, path: path)
        if here < lines.count, let name = Self.after("*** Move to: ", Self.trimmed(lines[here])) {
            patch.destination = name
            here += 1
        }
        var hunk = FilePatch.Hunk()
        func closed(_ hunk: inout FilePatch.Hunk) {
            if !hunk.lines.isEmpty { patch.hunks.append(hunk) }
            hunk = FilePatch.Hunk()
        }
        while here < lines.count {
            let line = lines[here]
            if Self.trimmed(line) == "*** End of File" {
                hunk.isAtEnd = true
                closed(&hunk)
            } else if line.hasPrefix("*** ") {
                break
            } else if line.hasPrefix("@@") {
                if !hunk.lines.isEmpty { closed(&hunk) }
                let heading = Self.trimmed(line.dropFirst(2))
                if !heading.isEmpty { hunk.headings.append(Substring(heading)) }
            } else {
                hunk.lines.append(try hunkLine(line))
            }
            here += 1
        }
        closed(&hunk)
        guard !patch.hunks.isEmpty || patch.destination != nil else {
            throw PatchError("The patch changes nothing in \(path).")
        }
        patches.append(patch)
    }

    private func hunkLine(_ line: Substring) throws(PatchError) -> FilePatch.Line {
        switch line.first {
        case "+": return .added(line.dropFirst())
        case "-": return .removed(line.dropFirst())
        case " ": return .context(line.dropFirst())
        // Editors and models drop the space of an empty line.
        case nil, "\r": return .context(line)
        default: throw failure("should begin with a space, + or -")
        }
    }

    // MARK: Unified

    private mutating func parseUnified() throws(PatchError) {
        var renamed: (from: String?, to: String?) = (nil, nil)
        func flushRename() {
            if let from = renamed.from, let to = renamed.to {
                patches.append(FilePatch(kind: .update, path: from, destination: to))
            }
            renamed = (nil, nil)
        }
        while here < lines.count {
            let line = lines[here]
            if line.hasPrefix("GIT binary patch") || line.hasPrefix("Binary files ") {
                throw failure("is a change of a binary file, which cannot be applied: write the file another way")
            }
            if line.hasPrefix("diff --git ") { flushRename() }
            if let name = Self.after("rename from ", line) { renamed.from = name }
            if let name = Self.after("rename to ", line) { renamed.to = name }
            if line.hasPrefix("--- "), here + 1 < lines.count, lines[here + 1].hasPrefix("+++ ") {
                let old = Self.fileName(line)
                let new = Self.fileName(lines[here + 1])
                here += 2
                try parseHunks(old, new)
                renamed = (nil, nil)
            } else if line.hasPrefix("@@ -") {
                throw failure("is a hunk without its --- and +++ lines before it")
            } else {
                here += 1
            }
        }
        flushRename()
    }

    private mutating func parseHunks(_ old: String?, _ new: String?) throws(PatchError) {
        guard let path = old ?? new else { throw failure("stands between two files that are both /dev/null") }
        var patch = FilePatch(kind: old == nil ? .add : new == nil ? .delete : .update, path: path)
        if let old, let new, old != new { patch.destination = new }
        while here < lines.count, lines[here].hasPrefix("@@ ") {
            let counts = try hunkCounts(lines[here])
            here += 1
            var hunk = FilePatch.Hunk(start: counts.start)
            var (oldLeft, newLeft) = (counts.old, counts.new)
            while oldLeft > 0 || newLeft > 0 {
                guard here < lines.count else {
                    throw PatchError("The last hunk of \(path) is shorter than its @@ line says: write it again.")
                }
                if try noteEnd(&hunk) { continue }
                let line = try hunkLine(lines[here])
                if case .added = line { newLeft -= 1 } else { oldLeft -= 1 }
                if case .context = line { newLeft -= 1 }
                hunk.lines.append(line)
                here += 1
            }
            while try noteEnd(&hunk) {}
            guard oldLeft == 0, newLeft == 0 else {
                throw PatchError("A hunk of \(path) has other numbers of lines than its @@ line says: write it again.")
            }
            patch.hunks.append(hunk)
        }
        patches.append(patch)
    }

    /// Takes in `\ No newline at end of file`.
    private mutating func noteEnd(_ hunk: inout FilePatch.Hunk) throws(PatchError) -> Bool {
        guard here < lines.count, lines[here].hasPrefix("\\") else { return false }
        here += 1
        switch hunk.lines.last {
        case .removed: hunk.endsWithoutNewline = hunk.endsWithoutNewline ?? false
        default: hunk.endsWithoutNewline = true
        }
        return true
    }

    /// `@@ -12,7 +12,9 @@ heading`.
    private func hunkCounts(_ line: Substring) throws(PatchError) -> (start: Int, old: Int, new: Int) {
        let words = line.split(separator: " ")
        func range(_ word: Substring?, _ sign: Character) -> (Int, Int)? {
            guard let word, word.first == sign else { return nil }
            let numbers = word.dropFirst().split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(numbers.count), let start = numbers[0], start >= 0 else { return nil }
            guard numbers.count == 2 else { return (start, 1) }
            return numbers[1].flatMap { (0...10_000_000).contains($0) ? (start, $0) : nil }
        }
        guard words.count >= 4, let old = range(words[1], "-"), let new = range(words[2], "+") else {
            throw failure("should be of the form @@ -1,2 +1,3 @@")
        }
        return (old.0, old.1, new.1)
    }

    /// The path of a `---` or `+++` line; nil for `/dev/null`.
    private static func fileName(_ line: Substring) -> String? {
        // A tab stands before the time.
        let name = trimmed(line.dropFirst(4).prefix { $0 != "\t" })
        if name == "/dev/null" { return nil }
        return name.hasPrefix("a/") || name.hasPrefix("b/") ? String(name.dropFirst(2)) : name
    }

    private static func after(_ prefix: String, _ line: some StringProtocol) -> String? {
        guard line.hasPrefix(prefix) else { return nil }
        let rest = trimmed(Substring(line).dropFirst(prefix.count))
        return rest.isEmpty ? nil : rest
    }

    private static func trimmed(_ line: Substring) -> String {
        var line = line
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line.drop(while: \.isWhitespace))
    }

    private func failure(_ sentence: String) -> PatchError {
        let line = here < lines.count ? lines[here] : ""
        return PatchError("Line \(here + 1) of the patch (\"\(line.prefix(80))\") \(sentence).")
    }
}

/// A glob, taken apart: the folder that it fixes, and what may stand below it.
struct GlobPattern: Sendable {
    enum Segment: Sendable, Hashable {
        /// `**`: any number of folders.
        case anyFolders
        case name(NamePattern)
    }

    /// The pattern as it was written.
    let source: String
    /// The folder before the first wildcard, absolute: ids are paths below it.
    let folder: String
    /// What may stand below the folder; one list for each alternative of `{a,b}`.
    let alternatives: [[Segment]]
    /// Whether the pattern names no kind of file (`docs`, `docs/**`), so that only known kinds are meant.
    let isKindLess: Bool

    /// Takes a pattern apart. `base` is an absolute folder without links.
    init(_ source: String, base: String) throws(DocumentsError) {
        self.source = source
        let absolute = FilePaths.normalize(FilePaths.join(base, source))
        // A folder or file may really be called `a[1]`.
        if let status = try? FileStatus(of: absolute) {
            let isFolder = status.kind == .folder
            folder = isFolder ? absolute : FilePaths.folder(of: absolute)
            isKindLess = isFolder
            alternatives =
                isFolder
                ? [[.anyFolders, .name(NamePattern("*"))]]
                : [[.name(NamePattern(Self.escaped(FilePaths.name(of: absolute))))]]
            return
        }
        let parts = absolute.split(separator: "/").map(String.init)
        let fixed = parts.prefix { part in !part.contains { "*?[{".contains($0) } }
        // Without any wildcard the last part is a file that does not exist; its folder is what can be searched.
        let folderParts = fixed.count == parts.count ? fixed.dropLast() : fixed
        folder = "/" + folderParts.joined(separator: "/")
        let rest = parts[folderParts.count...].joined(separator: "/")
        let expanded = try Self.expandBraces(rest, source: source)
        alternatives = expanded.map(Self.segments)
        isKindLess = rest.hasSuffix("**")
    }

    private static func segments(_ text: String) -> [Segment] {
        var segments: [Segment] = []
        for part in text.split(separator: "/") {
            if part == "**" {
                if segments.last != .anyFolders { segments.append(.anyFolders) }
            } else {
                segments.append(.name(NamePattern(String(part))))
            }
        }
        if segments.last == .anyFolders { segments.append(.name(NamePattern("*"))) }
        return segments
    }

    private static func escaped(_ name: String) -> String {
        name.reduce(into: "") { text, letter in
            if "*?[]\\".contains(letter) { text += "\\" }
            text.append(letter)
        }
    }

    /// `a.{md,txt}` → `a.md`, `a.txt`; braces may be nested.
    static func expandBraces(_ text: String, source: String) throws(DocumentsError) -> [String] {
        var done: [String] = []
        var open = [text]
        while let next = open.popLast() {
            guard done.count + open.count < 256 else {
                throw DocumentsError(
                    .badPattern, "The pattern \(source) has more than 256 alternatives: write several patterns instead."
                )
            }
            if let choices = firstBrace(of: next) { open += choices.reversed() } else { done.append(next) }
        }
        return done
    }

    private static func firstBrace(of text: String) -> [String]? {
        guard let start = text.firstIndex(of: "{") else { return nil }
        var depth = 0
        var choices: [Substring] = []
        var choiceStart = text.index(after: start)
        for index in text[start...].indices {
            switch text[index] {
            case "{": depth += 1
            case "," where depth == 1:
                choices.append(text[choiceStart..<index])
                choiceStart = text.index(after: index)
            case "}" where depth == 1:
                choices.append(text[choiceStart..<index])
                return choices.map { String(text[..<start] + $0 + text[text.index(after: index)...]) }
            case "}": depth -= 1
            default: break
            }
        }
        return nil
    }
}

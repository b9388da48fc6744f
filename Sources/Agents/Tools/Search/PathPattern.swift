/// A pattern of paths: `*` and `?` stand for what is within a name, `[ab]` for one of these letters, `**` for any number
/// of folders, `{a,b}` for either.
///
/// Source: the usual rules of globs (glob(7)), with `**` as in gitignore(5); a pattern without a slash fits a name in any
/// folder.
struct PathPattern: Sendable, Hashable {
    private static let mostAlternatives = 64
    private let alternatives: [[String]]

    init(_ text: String) {
        alternatives = Self.expanded(text).map { text in
            let parts = text.split { $0 == "/" }.map { String($0) }.filter { $0 != "." }
            return text.contains("/") ? parts : ["**"] + parts
        }
    }

    /// Whether a path fits; `path` begins where the pattern does.
    func fits(_ path: some StringProtocol) -> Bool {
        let names = path.split { $0 == "/" }.map { String($0) }
        return alternatives.contains { Self.fits(names[...], $0[...]) }
    }

    /// Whether a text is a path, with nothing in it that stands for others.
    static func isLiteral(_ text: String) -> Bool { !text.contains { "*?[{\\".contains($0) } }

    private static func fits(_ names: ArraySlice<String>, _ parts: ArraySlice<String>) -> Bool {
        // Row by row, so that many ** cost no more than their number times the names'.
        var reachable = Set([names.startIndex])
        for part in parts {
            guard !reachable.isEmpty else { return false }
            if part == "**" {
                reachable = Set((reachable.min() ?? names.endIndex)...names.endIndex)
            } else {
                reachable = Set(
                    reachable.filter { $0 < names.endIndex && nameFits(names[$0], part) }.map { $0 + 1 })
            }
        }
        return reachable.contains(names.endIndex)
    }

    /// Whether one name fits one part.
    static func nameFits(_ name: String, _ part: String) -> Bool {
        let name = Array(name.unicodeScalars)
        let part = Array(part.unicodeScalars)
        var (here, at) = (0, 0)
        var star: (part: Int, name: Int)?
        while here < name.count {
            if at < part.count, part[at] == "*" {
                star = (at, here)
                at += 1
            } else if at < part.count, let length = one(name[here], part[at...]) {
                here += 1
                at += length
            } else if let last = star {
                star = (last.part, last.name + 1)
                (here, at) = (last.name + 1, last.part + 1)
            } else {
                return false
            }
        }
        return part[at...].allSatisfy { $0 == "*" }
    }

    /// How much of the pattern one letter fits; nil where it does not.
    private static func one(_ letter: Unicode.Scalar, _ part: ArraySlice<Unicode.Scalar>) -> Int? {
        guard let first = part.first else { return nil }
        switch first {
        case "?": return 1
        case "\\":
            guard let next = part.dropFirst().first else { return nil }
            return next == letter ? 2 : nil
        case "[":
            guard let end = part.dropFirst(2).firstIndex(of: "]") else { return letter == "[" ? 1 : nil }
            var set = part[(part.startIndex + 1)..<end]
            let isNegated = set.first == "!" || set.first == "^"
            if isNegated { set = set.dropFirst() }
            return contains(letter, Array(set)) != isNegated ? end - part.startIndex + 1 : nil
        default: return first == letter ? 1 : nil
        }
    }

    private static func contains(_ letter: Unicode.Scalar, _ set: [Unicode.Scalar]) -> Bool {
        var at = 0
        while at < set.count {
            if at + 2 < set.count, set[at + 1] == "-" {
                if set[at] <= letter, letter <= set[at + 2] { return true }
                at += 3
            } else {
                if set[at] == letter { return true }
                at += 1
            }
        }
        return false
    }

    private static func expanded(_ text: String) -> [String] {
        var done: [String] = []
        var open = [text]
        while let next = open.popLast(), done.count + open.count < mostAlternatives {
            guard let start = next.firstIndex(of: "{"), let end = next[start...].firstIndex(of: "}") else {
                done.append(next)
                continue
            }
            let choices = next[next.index(after: start)..<end].split(separator: ",", omittingEmptySubsequences: false)
            open += choices.map { String(next[..<start]) + $0 + next[next.index(after: end)...] }
        }
        return done
    }
}

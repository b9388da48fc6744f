/// Applies a file's hunks to its text.
struct PatchedText {
    private var lines: [Substring]
    private var endsWithNewline: Bool
    private let usesCarriageReturns: Bool
    /// Where the next hunk may begin, in the lines as they are now.
    private var floor = 0
    /// How many lines were added so far, less those removed.
    private var shift = 0

    /// The text after the change.
    ///
    /// - Throws: `PatchError` with the nearest lines, where a hunk fits nowhere.
    static func apply(_ patch: FilePatch, to text: String) throws(PatchError) -> String {
        var patched = PatchedText(text)
        for (number, hunk) in patch.hunks.enumerated() {
            try patched.apply(hunk, number: number + 1, of: patch.path)
        }
        return patched.text
    }

    /// The text of a new file.
    static func added(_ patch: FilePatch) -> String {
        let lines = patch.hunks.flatMap(\.lines).compactMap { line in
            if case .added(let text) = line { text } else { nil }
        }
        guard !lines.isEmpty else { return "" }
        let isCut = patch.hunks.last?.endsWithoutNewline == true
        return lines.joined(separator: "\n") + (isCut ? "" : "\n")
    }

    private init(_ text: String) {
        // By scalars: to Swift, a line end of two bytes is one character.
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
        endsWithNewline = lines.last?.isEmpty == true
        if endsWithNewline { lines.removeLast() }
        usesCarriageReturns = !lines.isEmpty && lines.allSatisfy { $0.unicodeScalars.last == "\r" }
    }

    private var text: String {
        lines.isEmpty ? "" : lines.joined(separator: "\n") + (endsWithNewline ? "\n" : "")
    }

    private mutating func apply(_ hunk: FilePatch.Hunk, number: Int, of path: String) throws(PatchError) {
        var from = floor
        for heading in hunk.headings {
            guard
                let found = lines[from...].firstIndex(where: { Self.core($0) == Self.core(heading) })
                    ?? lines[from...].firstIndex(where: { Self.core($0).hasPrefix(Self.core(heading)) })
            else {
                throw PatchError(
                    "Hunk \(number) of \(path) fits nowhere: the line \"\(heading)\" of its @@ is not there."
                        + nearest([heading]))
            }
            from = found + 1
        }
        let old = hunk.old
        guard let place = place(of: old, hunk, from: from) else {
            throw PatchError("Hunk \(number) of \(path) fits nowhere." + nearest(old))
        }
        let end = place + old.count
        var new: [Substring] = []
        var here = place
        for line in hunk.lines {
            switch line {
            case .context:
                // The file's own line, whose spaces may differ from the patch's.
                new.append(lines[here])
                here += 1
            case .removed: here += 1
            case .added(let text): new.append(usesCarriageReturns && text.last != "\r" ? text + "\r" : text)
            }
        }
        let reachesEnd = end == lines.count
        lines.replaceSubrange(place..<end, with: new)
        if reachesEnd, let cut = hunk.endsWithoutNewline { endsWithNewline = !cut }
        if lines.count == new.count, place == 0, old.isEmpty { endsWithNewline = hunk.endsWithoutNewline != true }
        floor = place + new.count
        shift += new.count - old.count
    }

    /// Where the lines stand: as they are; else with other spaces at their ends; else with other spaces.
    private func place(of old: [Substring], _ hunk: FilePatch.Hunk, from: Int) -> Int? {
        guard !old.isEmpty else {
            // Only new lines: behind the line that is named, or at the end.
            if let start = hunk.start { return min(max(0, start + shift), lines.count) }
            return hunk.headings.isEmpty ? lines.count : from
        }
        guard lines.count >= old.count, from <= lines.count - old.count else { return nil }
        let sameness: [(Substring, Substring) -> Bool] = [
            { Self.same($0, $1) }, { Self.same(Self.withoutEnd($0), Self.withoutEnd($1)) },
            { Self.core($0) == Self.core($1) },
        ]
        for same in sameness {
            let places = (from...(lines.count - old.count)).filter { start in
                old.indices.allSatisfy { same(lines[start + $0], old[$0]) }
            }
            if hunk.isAtEnd, let last = places.last, last + old.count == lines.count { return last }
            guard let first = places.first else { continue }
            guard let start = hunk.start else { return first }
            let wanted = start - 1 + shift
            return places.min { abs($0 - wanted) < abs($1 - wanted) }
        }
        return nil
    }

    private func nearest(_ wanted: [Substring]) -> String {
        guard let range = NearestLines.find(wanted, in: lines) else { return " Nothing in the file is like it." }
        let shown = range.map { "\($0 + 1)\t\(ToolText.shown(String(lines[$0])))" }.joined(separator: "\n")
        return " The nearest lines are:\n\(shown)"
    }

    private static func same(_ one: Substring, _ other: Substring) -> Bool { one.utf8.elementsEqual(other.utf8) }

    private static func withoutEnd(_ line: Substring) -> Substring {
        var line = line
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }

    private static func core(_ line: Substring) -> String {
        String(withoutEnd(line).drop(while: \.isWhitespace))
    }
}

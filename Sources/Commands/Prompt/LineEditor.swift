/// The text that somebody writes at a prompt: keys in, text and cursor out. Without I/O.
///
/// The keys are those of readline's Emacs mode.
struct LineEditor: Sendable {
    /// What a key means beyond the text.
    enum Effect: Sendable, Hashable {
        /// The text or the cursor may be another one.
        case changed
        /// The text is finished.
        case submit(String)
        /// The word before the cursor is to be completed.
        case complete(String)
        case interrupt
        /// The end of the input, at an empty text.
        case end
        case clear
        case suspend
        /// The process is to end at once.
        case quit
    }

    /// A text that is longer takes no more.
    static let longestText = 1 << 20

    private(set) var text: [Character] = []
    private(set) var cursor = 0
    /// What was written before, the oldest first.
    var history: [String]
    /// Where in the history one is; nil at what is being written.
    private var place: Int?
    /// What was being written when one went into the history.
    private var draft = ""
    private var killed: [Character] = []

    init(history: [String] = []) { self.history = history }

    /// Sets the text, with the cursor at its end.
    mutating func set(_ text: String) {
        self.text = Array(text)
        cursor = self.text.count
    }

    /// Takes a key.
    mutating func press(_ key: Key) -> Effect {
        switch key {
        case .text(let new), .paste(let new): insert(Array(new))
        case .newline: insert(["\n"])
        case .enter: return enter()
        case .tab: return .complete(wordBeforeCursor)
        case .backspace: if cursor > 0 { remove(cursor - 1..<cursor) }
        case .delete: if cursor < text.count { remove(cursor..<cursor + 1) }
        case .endOfInput:
            if text.isEmpty { return .end }
            if cursor < text.count { remove(cursor..<cursor + 1) }
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home: cursor = startOfLine
        case .end: cursor = endOfLine
        case .wordLeft: cursor = start(of: { !Self.isWord($0) })
        case .wordRight: cursor = endOfWord
        case .deleteWord: kill(start(of: \.isWhitespace)..<cursor)
        case .deleteNextWord: kill(cursor..<endOfWord)
        case .deleteToStart: kill(startOfLine..<cursor)
        // At the end of a line, the end itself.
        case .deleteToEnd: kill(cursor..<(endOfLine == cursor ? min(cursor + 1, text.count) : endOfLine))
        case .yank: insert(killed)
        case .up: if startOfLine > 0 { moveLine(up: true) } else { recall(-1) }
        case .down: if endOfLine < text.count { moveLine(up: false) } else { recall(1) }
        case .previous: recall(-1)
        case .next: recall(1)
        case .interrupt: return .interrupt
        case .clear: return .clear
        case .suspend: return .suspend
        case .quit: return .quit
        }
        return .changed
    }

    /// Puts what a word may be completed to in its place.
    ///
    /// - Returns: the candidates, where they have no more in common than is written already.
    mutating func complete(_ word: String, with candidates: [String]) -> [String] {
        guard let first = candidates.first else { return [] }
        var common = Substring(first)
        for candidate in candidates.dropFirst() { common = Substring(common.commonPrefix(with: candidate)) }
        guard common.count > word.count, common.hasPrefix(word) else { return candidates.count > 1 ? candidates : [] }
        insert(Array(common.dropFirst(word.count)))
        return []
    }

    // MARK: Editing

    private mutating func insert(_ new: [Character]) {
        let room = max(0, Self.longestText - text.count)
        text.insert(contentsOf: new.prefix(room), at: cursor)
        cursor += min(new.count, room)
        // An accent that came behind its letter is one character with it.
        let joined = Array(String(text))
        if joined.count != text.count {
            cursor = max(0, cursor - (text.count - joined.count))
            text = joined
        }
    }

    private mutating func remove(_ range: Range<Int>) {
        text.removeSubrange(range)
        cursor = range.lowerBound
    }

    private mutating func kill(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        killed = Array(text[range])
        remove(range)
    }

    private mutating func enter() -> Effect {
        // A backslash at the end means that the text goes on in the next line.
        if text.last == "\\", cursor == text.count {
            text[text.count - 1] = "\n"
            return .changed
        }
        let whole = String(text)
        if !whole.allSatisfy(\.isWhitespace), history.last != whole { history.append(whole) }
        set("")
        (place, draft) = (nil, "")
        return .submit(whole)
    }

    // MARK: Places

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// Where the word before the cursor begins; what separates words and stands before the cursor is passed over.
    private func start(of isBetween: (Character) -> Bool) -> Int {
        var place = cursor
        while place > 0, isBetween(text[place - 1]) { place -= 1 }
        while place > 0, !isBetween(text[place - 1]) { place -= 1 }
        return place
    }

    private var wordBeforeCursor: String {
        String(text[..<cursor].reversed().prefix { !$0.isWhitespace }.reversed())
    }

    private var endOfWord: Int {
        var place = cursor
        while place < text.count, !Self.isWord(text[place]) { place += 1 }
        while place < text.count, Self.isWord(text[place]) { place += 1 }
        return place
    }

    private var startOfLine: Int { (text[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
    private var endOfLine: Int { text[cursor...].firstIndex(of: "\n") ?? text.count }

    private mutating func moveLine(up: Bool) {
        let column = cursor - startOfLine
        cursor = up ? startOfLine - 1 : endOfLine + 1
        cursor = min(startOfLine + column, endOfLine)
    }

    // MARK: History

    private mutating func recall(_ step: Int) {
        let now = place ?? history.count
        let next = now + step
        guard (0...history.count).contains(next), next != now else { return }
        if place == nil { draft = String(text) }
        place = next == history.count ? nil : next
        set(next == history.count ? draft : history[next])
    }
}

extension Substring {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}

internal import Base

/// Texts that are shown to a judge, each between a pair of lines that no text can contain.
///
/// The lines hold a code that is a hash of all texts and of a salt: who writes one of the texts would have to write a
/// hash of what is being written. It is looked for all the same, and another one is taken where it occurs. The same
/// material has the same code, so that a recorded conversation can be replayed.
struct JudgeMaterial: Sendable {
    /// The form of the lines; a part of a prompt's version.
    static let frame = "[begin NAME CODE]\n\(mark)TEXT\n[end NAME CODE]"

    /// What each line of a text begins with: a line that looks like a verdict, a heading of a prompt, another speaker or the
    /// end of the material is then seen to be none, wherever it stands.
    static let mark = "> "

    /// A text with its name.
    struct Piece: Sendable {
        var name: String
        var text: String
    }

    /// The texts as they are shown.
    let pieces: [Piece]
    /// What makes the lines around them unforgeable.
    let code: String
    /// Whether passages were cut short.
    let isCut: Bool

    /// What a criterion needs of an item.
    ///
    /// - Parameters:
    ///   - salt: another one gives other codes.
    ///   - passageBytes: how much of the passages is shown.
    init(_ item: JudgeItem, for criterion: JudgeCriterion, salt: String, passageBytes: Int) {
        var pieces = [Piece(name: "question", text: item.question)]
        var isCut = false
        switch criterion {
        case .correctness:
            for (index, answer) in item.goldenAnswers.enumerated() {
                pieces.append(Piece(name: "golden answer \(index + 1)", text: answer))
            }
        case .faithfulness, .citations:
            var left = passageBytes
            for (index, passage) in item.passages.enumerated() where left > 0 {
                let shown = Self.prefix(of: passage, bytes: left)
                left -= shown.utf8.count
                isCut = isCut || shown.utf8.count < passage.utf8.count || left == 0 && index + 1 < item.passages.count
                pieces.append(Piece(name: "passage \(index + 1)", text: shown))
            }
        case .relevance: break
        }
        pieces.append(Piece(name: "answer", text: item.answer))
        self.pieces = pieces.map { Piece(name: $0.name, text: VisibleText.of($0.text)) }
        self.isCut = isCut
        code = Self.code(for: self.pieces, salt: salt)
    }

    /// All of it, as one text.
    var text: String {
        let framed = pieces.map { "[begin \($0.name) \(code)]\n\(Self.quoted($0.text))\n[end \($0.name) \(code)]" }
        return "The code is \(code).\n\n" + framed.joined(separator: "\n\n")
    }

    /// The text with a mark before each of its lines, however they end.
    static func quoted(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { mark + $0 }
            .joined(separator: "\n")
    }

    private static func code(for pieces: [Piece], salt: String) -> String {
        var attempt = 0
        while true {
            var hash = ContentHash.Builder()
            hash.add("\(salt)\n\(attempt)")
            for piece in pieces { hash.add(piece.text) }
            let code = String(hash.finish().hex.prefix(16))
            if !pieces.contains(where: { $0.text.contains(code) }) { return code }
            attempt += 1
        }
    }

    private static func prefix(of text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: bytes)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }
}

internal import Base
internal import RAG

/// The conversation before a question, as much of it as is read.
///
/// Clients send all of it with every question. Of a long one the last turns are taken: what a follow-up question leans on
/// stands near its end.
struct DialogueHistory {
    /// The most turns that are read.
    static let maximumTurns = 20

    /// Oldest first.
    let turns: [DialogueTurn]

    /// The last turns that fit.
    ///
    /// - Parameter maximumCharacters: of all turns together, in Unicode scalars.
    init(_ turns: [DialogueTurn], maximumCharacters: Int) {
        var taken: [DialogueTurn] = []
        var characters = 0
        for turn in turns.reversed().prefix(Self.maximumTurns) {
            characters += turn.text.unicodeScalars.count
            guard characters <= maximumCharacters else { break }
            taken.append(turn)
        }
        self.turns = taken.reversed()
    }

    /// The field `history`: a list of `{"role": "user" or "assistant", "content": "…"}`, oldest first.
    init(_ value: JSONValue, options: ServerOptions) throws(RequestFailure) {
        guard value != .null else {
            self.init([], maximumCharacters: 0)
            return
        }
        guard let list = value.array else { throw Self.unusable("it is no list") }
        var turns: [DialogueTurn] = []
        for (index, entry) in list.enumerated() {
            guard let object = entry.object, object.keys.allSatisfy({ $0 == "role" || $0 == "content" }) else {
                throw Self.unusable("turn \(index + 1) is no such object")
            }
            guard let role = object["role"]?.string, ["user", "assistant"].contains(role) else {
                throw Self.unusable("turn \(index + 1) has another role")
            }
            guard let text = object["content"]?.string else {
                throw Self.unusable("the content of turn \(index + 1) is no string")
            }
            turns.append(DialogueTurn(isAnswer: role == "assistant", text: text))
        }
        self.init(turns, maximumCharacters: options.maximumQuestionCharacters)
    }

    private static func unusable(_ why: String) -> RequestFailure {
        .invalid(
            "\"history\" must be a list of {\"role\": \"user\" or \"assistant\", \"content\": \"…\"}, oldest first; \(why)."
        )
    }
}

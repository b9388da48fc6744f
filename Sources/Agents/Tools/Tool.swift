package import Base
package import LanguageModels

/// Something that a model may have done.
///
/// An implementation passes `ToolConformance`: it ends when its task is cancelled, keeps its result bounded, and gives a
/// result that says what was wrong rather than failing.
package protocol Tool: Sendable {
    /// The name, what it does, and the schema of its arguments. Stays the same for a whole session.
    var definition: ToolDefinition { get }

    /// Whether a call may simply run again where nobody knows whether it had run.
    var isIdempotent: Bool { get }

    /// What a call would touch, which is judged before it runs. Arguments have the schema's form.
    func effects(of arguments: [String: JSONValue]) -> [ToolEffect]

    /// Runs a call that was allowed. Arguments have the schema's form.
    ///
    /// - Throws: `CancellationError` alone.
    func run(_ arguments: [String: JSONValue], in context: ToolContext) async throws -> ToolOutcome
}

/// What a call would touch.
package enum ToolEffect: Sendable, Hashable {
    /// It reads a file or folder.
    case reads(String)
    /// It changes a file or folder.
    case writes(String)
    /// It runs a command line of a shell, inside walls.
    case runs(String)
    /// It reaches a host, and asks it for what the address names.
    case reaches(String)
    /// It can send a host what it likes.
    case sends(String)
}

/// Where a call runs.
package struct ToolContext: Sendable {
    /// The call's name in the conversation.
    package var callID: String
    /// A folder for the whole of what is shown only in part.
    package var outputFolder: String

    package init(callID: String, outputFolder: String) {
        self.callID = callID
        self.outputFolder = outputFolder
    }
}

/// What a call gave.
package struct ToolOutcome: Sendable, Hashable {
    /// What the model reads.
    package var text: String
    /// Whether it failed, and the text says why and what to do.
    package var isError: Bool
    /// Whether the text was written by strangers: the web, documents.
    package var isTainted: Bool
    /// The file with all of it, where the text is head and tail.
    package var whole: String?

    package init(_ text: String, isError: Bool = false, isTainted: Bool = false, whole: String? = nil) {
        self.text = ToolText.harmless(text)
        self.isError = isError
        self.isTainted = isTainted
        self.whole = whole
    }

    /// A failure.
    package static func failed(_ text: String) -> ToolOutcome { ToolOutcome(text, isError: true) }
}

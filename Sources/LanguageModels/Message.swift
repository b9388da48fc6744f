#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A turn of a conversation.
package enum Message: Sendable, Hashable {
    /// What holds for the whole conversation.
    case system(String)
    /// What the user says and shows.
    case user([ContentPart])
    /// What the model answered.
    case assistant(AssistantMessage)
    /// What a tool that the model called gave back.
    case tool(ToolResult)

    /// What the user says.
    package static func user(_ text: String) -> Message { .user([.text(text)]) }
}

/// A part of what is said to a model.
package enum ContentPart: Sendable, Hashable {
    /// Text.
    case text(String)
    /// A picture.
    case image(ImageSource)
}

/// Where a picture comes from.
package enum ImageSource: Sendable, Hashable {
    /// The bytes of its file, such as `image/png`.
    case data(Data, mediaType: String)
    /// An address that the server fetches it from.
    case url(String)
}

/// What a tool gave back.
package struct ToolResult: Sendable, Hashable {
    /// The call that it answers.
    package var callID: String
    /// What the tool said or shows.
    package var content: [ContentPart]
    /// Whether the tool failed, and the content says why.
    package var isError: Bool

    /// A result.
    package init(callID: String, content: [ContentPart], isError: Bool = false) {
        self.callID = callID
        self.content = content
        self.isError = isError
    }
}

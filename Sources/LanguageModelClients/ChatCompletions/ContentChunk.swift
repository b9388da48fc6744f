#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A chunk of a chat completion that only carries more words, as nearly all do.
///
/// Decoding these fields alone takes a quarter of the time that the whole chunk takes as a `JSONValue`. Whatever is not of
/// this form is no such chunk, and is read as a whole.
struct ContentChunk: Decodable {
    /// An answer's part of the chunk.
    struct Choice: Decodable {
        let index: Int?
        let delta: Delta
        let finish_reason: String?
    }

    /// More words.
    struct Delta: Decodable {
        let reasoning_content: String?
        let reasoning: String?
        let content: String?
        let refusal: String?
        let tool_calls: Something?
    }

    /// Anything but null.
    struct Something: Decodable {
        init(from decoder: any Decoder) {}
    }

    let id: String?
    let model: String?
    let choices: [Choice]
    let usage: Something?
    let error: Something?

    /// The chunk; nil where there is more in it than words, or another number of answers than one.
    init?(_ text: String) {
        guard let chunk = try? JSONDecoder().decode(ContentChunk.self, from: Data(text.utf8)),
            chunk.choices.count == 1, chunk.choices[0].index ?? 0 == 0, chunk.choices[0].delta.tool_calls == nil,
            chunk.usage == nil, chunk.error == nil
        else { return nil }
        self = chunk
    }
}

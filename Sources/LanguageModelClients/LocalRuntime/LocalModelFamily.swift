package import Base
package import LanguageModels

/// What is known of models that run on this machine, by the families that their names tell.
package struct LocalModelFamily: Sendable, Hashable {
    /// What stands in the names of its models, in small letters.
    package var name: String
    /// How its models take tools.
    package var toolCalls: ToolCallStyle
    /// Fields that llama.cpp's server gets with each request.
    package var extraFields: [String: JSONValue] = [:]

    /// Any model of which nothing is known: what its chat template makes of tools, and what it then writes.
    static let unknown = LocalModelFamily(name: "", toolCalls: .text)

    /// The families; of two that fit the earlier counts.
    ///
    /// Source: the chat templates that the models are published with. One that does not speak of tools makes the server fall
    /// back on words of its own, which the smallest models do not follow.
    static let all = [
        // So small that its words hang on the last bits of its numbers, which what the server kept of earlier requests
        // changes, and that reading everything again costs next to nothing.
        LocalModelFamily(name: "smollm2", toolCalls: .described, extraFields: ["cache_prompt": false]),
        LocalModelFamily(name: "smollm3", toolCalls: .text),
        LocalModelFamily(name: "smollm", toolCalls: .described, extraFields: ["cache_prompt": false]),
        LocalModelFamily(name: "qwen", toolCalls: .text),
        LocalModelFamily(name: "hermes", toolCalls: .text),
        LocalModelFamily(name: "tinyllama", toolCalls: .described),
        LocalModelFamily(name: "llama-3", toolCalls: .text),
        LocalModelFamily(name: "mistral", toolCalls: .text),
        LocalModelFamily(name: "gemma", toolCalls: .described),
        LocalModelFamily(name: "phi-3", toolCalls: .described),
    ]

    /// The family of a model.
    ///
    /// - Parameter model: its name, or that of its file or repository.
    package static func of(_ model: String) -> LocalModelFamily {
        let name = model.lowercased()
        return all.first { name.contains($0.name) } ?? unknown
    }
}

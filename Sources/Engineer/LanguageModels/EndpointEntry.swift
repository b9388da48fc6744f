package import LanguageModels

/// What `config.yaml` says of an endpoint.
package struct EndpointEntry: Sendable, Hashable {
    /// The kinds of endpoint: a protocol, and what is known of a server that speaks it.
    package enum API: String, Sendable, Hashable, CaseIterable {
        case openai, responses, anthropic, openrouter, ollama, vllm, sglang, local
        case lmStudio = "lm-studio"
        case llamaServer = "llama-server"

        /// Where a server of the kind is found if nothing else is said; nil for models of this machine.
        package var usualURL: String? {
            switch self {
            case .openai, .responses: "https://api.openai.com/v1"
            case .anthropic: "https://api.anthropic.com"
            case .openrouter: "https://openrouter.ai/api/v1"
            case .ollama: "http://127.0.0.1:11434/v1"
            case .vllm: "http://127.0.0.1:8000/v1"
            case .sglang: "http://127.0.0.1:30000/v1"
            case .lmStudio: "http://127.0.0.1:1234/v1"
            case .llamaServer: "http://127.0.0.1:8080/v1"
            case .local: nil
            }
        }

        /// The environment variable that holds the key by common use.
        package var usualKey: String? {
            switch self {
            case .openai, .responses: "OPENAI_API_KEY"
            case .anthropic: "ANTHROPIC_API_KEY"
            case .openrouter: "OPENROUTER_API_KEY"
            default: nil
            }
        }

        /// How tools are usually taken: a service that knows its models finds their calls itself, a server that runs any model
        /// may leave them in the text.
        package var usualToolCalls: ToolCallStyle {
            switch self {
            case .openai, .responses, .anthropic, .openrouter: .native
            case .ollama, .vllm, .sglang, .lmStudio, .llamaServer, .local: .text
            }
        }
    }

    /// Where a key is.
    package enum KeySource: Sendable, Hashable {
        /// In an environment variable.
        case variable(String)
        /// In a file that only its owner may read.
        case file(String)
    }

    /// The kind.
    package var api: API
    /// The address; nil for models of this machine.
    package var url: String?
    /// Where the key is; nil where there is none.
    package var key: KeySource?
    /// Further headers, each with the environment variable that holds its value.
    package var headers: [String: String] = [:]
    /// A file of certificates in PEM form of authorities that are trusted beside those of the machine.
    package var certificates: String?
    /// How many requests may be under way at a time; nil for the usual number.
    package var concurrency: Int?
    /// How many seconds an answer may take; nil for the usual number.
    package var timeout: Int?
    /// How many tokens its models read and write at a time; nil for what is usual.
    package var context: Int?
    /// How its models take tools; nil for what is usual.
    package var toolCalls: ToolCallStyle?

    /// An endpoint as its kind usually is.
    package init(_ api: API, url: String? = nil) {
        self.api = api
        self.url = url ?? api.usualURL
        key = api.usualKey.map { .variable($0) }
    }
}

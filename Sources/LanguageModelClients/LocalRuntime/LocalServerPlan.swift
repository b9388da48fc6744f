package import Processes

/// What a local server is to run, and how: written by whoever starts it, read by its supervisor.
package struct LocalServerPlan: Sendable, Hashable, Codable {
    /// The name that users type, or the file's.
    package var model: String
    /// The GGUF file.
    package var path: String
    /// The program and what stands before the arguments: `llama-server`, or a Python that has xllamacpp.
    package var engine: LocalEngine
    /// The longest conversation, in tokens.
    package var contextLength: Int
    /// How many threads compute.
    package var threads: Int
    /// After so many seconds without use the server ends.
    package var idleSeconds: Double
    /// What it will need, in bytes.
    package var memoryBytes: Int
    /// The size of the plan's context was less than the model allows.
    package var isContextReduced: Bool
}

/// A program that runs GGUF files behind OpenAI's HTTP interface.
package enum LocalEngine: Sendable, Hashable, Codable {
    /// llama.cpp's own server.
    case llamaServer(path: String)
    /// The Python package xllamacpp, which has llama.cpp's server in it.
    case xllamacpp(python: String)

    /// How it is called in messages.
    package var name: String {
        switch self {
        case .llamaServer: "llama-server"
        case .xllamacpp: "xllamacpp"
        }
    }
}

/// What a supervisor tells about its server.
package struct LocalServerState: Sendable, Hashable, Codable {
    /// How far it is.
    package enum Phase: String, Sendable, Hashable, Codable {
        /// The model is being read.
        case loading
        /// It answers.
        case ready
        /// It ended, and is not started again.
        case failed
    }

    /// How far it is.
    package var phase: Phase
    /// Why it failed.
    package var reason: String?
    /// The loopback port.
    package var port: Int
    /// What the server wants to be shown.
    package var key: String
    /// The supervisor's process, with which the state is worth nothing when it is gone.
    package var supervisor: RunningProcess
    /// The server's process.
    package var server: RunningProcess?
    /// How often it was started again.
    package var restarts: Int
    /// When it was started, in seconds since 1970.
    package var started: Double
}

package import Base
package import RAG

/// How a release is served.
package struct ServerOptions: Sendable {
    /// How much is written to standard error.
    package enum Verbosity: String, Sendable, CaseIterable {
        /// Only failures.
        case errors
        /// A line for every start and stop.
        case notices
        /// A line for every request: route, status and time, never the question.
        case requests
    }

    /// The address to listen on. Every address but this machine's own needs a token.
    package var host: String
    /// The port; 0 takes any that is free.
    package var port: Int
    /// What clients must send as `Authorization: Bearer …`.
    package var token: Secret?
    /// Whether clients may send keys of the project instead, because it has some.
    package var takesKeys = false
    /// Whose documents are seen by who sends the token, or by everybody where there is none; nil where documents have no
    /// readers of their own.
    package var groups: Set<AccessGroup>?
    /// The largest body that is read.
    package var maximumBodyBytes: Int
    /// The longest question, in Unicode scalars.
    package var maximumQuestionCharacters: Int
    /// The most passages that one request may ask for.
    package var maximumPassages: Int
    /// How many passages a request gets that does not say.
    package var defaultPassages: Int
    /// How many connections may be open at once; the next ones wait until one closes.
    package var maximumConnections: Int
    /// How many requests a client may make in a minute; nil for any number.
    package var requestsPerMinutePerClient: Int?
    /// After how many seconds without traffic a connection is closed.
    package var idleSeconds: Int
    /// How many seconds a request may take to come in, and how far a client may be behind in taking its answer.
    package var requestSeconds: Int
    /// How many seconds an answer may take to be written.
    package var answerSeconds: Int
    /// After how many seconds without a word a stream says that it is alive.
    package var waitingSeconds: Int
    /// How many seconds requests have to finish after the signal to stop.
    package var shutdownSeconds: Int
    /// How much is logged.
    package var verbosity: Verbosity
    /// The program's version, as `/version`, `/metrics` and the description of the interface say it.
    package var version: String

    /// Options; each has a value that suits a single user on their own machine.
    package init(
        host: String = "127.0.0.1",
        port: Int = 8080,
        token: Secret? = nil,
        groups: Set<AccessGroup>? = nil,
        maximumBodyBytes: Int = 256 << 10,
        maximumQuestionCharacters: Int = 8000,
        maximumPassages: Int = 100,
        defaultPassages: Int = 10,
        maximumConnections: Int = 256,
        requestsPerMinutePerClient: Int? = 600,
        idleSeconds: Int = 60,
        requestSeconds: Int = 30,
        answerSeconds: Int = 300,
        waitingSeconds: Int = 10,
        shutdownSeconds: Int = 20,
        verbosity: Verbosity = .notices,
        version: String = "development"
    ) {
        self.host = host
        self.port = port
        self.token = token
        self.groups = groups
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumQuestionCharacters = maximumQuestionCharacters
        self.maximumPassages = maximumPassages
        self.defaultPassages = defaultPassages
        self.maximumConnections = maximumConnections
        self.requestsPerMinutePerClient = requestsPerMinutePerClient
        self.idleSeconds = idleSeconds
        self.requestSeconds = requestSeconds
        self.answerSeconds = answerSeconds
        self.waitingSeconds = waitingSeconds
        self.shutdownSeconds = shutdownSeconds
        self.verbosity = verbosity
        self.version = version
    }

    /// Where a browser on this machine finds the server.
    package func url(port: Int) -> String {
        "http://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host):\(port)/"
    }

    /// Whether nobody is let in without a secret.
    package var isLocked: Bool { token != nil || takesKeys }

    /// Whether only programs on this machine can connect.
    package var isLoopback: Bool {
        HostName(host).isLoopback
    }
}

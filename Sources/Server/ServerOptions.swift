package import Base

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
    /// The largest body that is read.
    package var maximumBodyBytes: Int
    /// The longest question, in Unicode scalars.
    package var maximumQuestionCharacters: Int
    /// The most passages that one request may ask for.
    package var maximumPassages: Int
    /// How many passages a request gets that does not say.
    package var defaultPassages: Int
    /// How many requests a client may make in a minute; nil for any number.
    package var requestsPerMinutePerClient: Int?
    /// After how many seconds without traffic a connection is closed.
    package var idleSeconds: Int
    /// How many seconds requests have to finish after the signal to stop.
    package var shutdownSeconds: Int
    /// How much is logged.
    package var verbosity: Verbosity
    /// What `GET /version` says.
    package var version: String

    /// Options; each has a value that suits a single user on their own machine.
    package init(
        host: String = "127.0.0.1",
        port: Int = 8080,
        token: Secret? = nil,
        maximumBodyBytes: Int = 1 << 20,
        maximumQuestionCharacters: Int = 8000,
        maximumPassages: Int = 100,
        defaultPassages: Int = 10,
        requestsPerMinutePerClient: Int? = 600,
        idleSeconds: Int = 60,
        shutdownSeconds: Int = 20,
        verbosity: Verbosity = .notices,
        version: String = "0.1.0"
    ) {
        self.host = host
        self.port = port
        self.token = token
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumQuestionCharacters = maximumQuestionCharacters
        self.maximumPassages = maximumPassages
        self.defaultPassages = defaultPassages
        self.requestsPerMinutePerClient = requestsPerMinutePerClient
        self.idleSeconds = idleSeconds
        self.shutdownSeconds = shutdownSeconds
        self.verbosity = verbosity
        self.version = version
    }

    /// Where a browser on this machine finds the server.
    package func url(port: Int) -> String {
        "http://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host):\(port)/"
    }

    /// Whether only programs on this machine can connect.
    package var isLoopback: Bool {
        HostName(host).isLoopback
    }

    /// Refuses options that make no sense or are not safe.
    package func validate() throws(ServerError) {
        guard !host.isEmpty else {
            throw ServerError(
                code: .invalidOptions, message: "--host is empty; the address of this machine is 127.0.0.1.")
        }
        guard (0...65_535).contains(port) else {
            throw ServerError(
                code: .invalidOptions, message: "\(port) is not a port; --port takes 0 (any that is free) to 65535."
            )
        }
        let limits = [
            ("maximumBodyBytes", maximumBodyBytes), ("maximumQuestionCharacters", maximumQuestionCharacters),
            ("maximumPassages", maximumPassages), ("defaultPassages", defaultPassages),
            ("requestsPerMinutePerClient", requestsPerMinutePerClient ?? 1),
            ("idleSeconds", idleSeconds), ("shutdownSeconds", shutdownSeconds),
        ]
        for (name, value) in limits where value < 1 {
            throw ServerError(code: .invalidOptions, message: "The option \(name) is \(value); it must be at least 1.")
        }
        guard isLoopback || token != nil else {
            throw ServerError(
                code: .tokenMissing,
                message: """
                    Listening on \(host) would let other machines read the documents, so it needs a token: \
                    set one in the environment as NEO_TOKEN, or listen on 127.0.0.1.
                    """
            )
        }
    }
}

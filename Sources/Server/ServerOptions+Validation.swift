extension ServerOptions {
    /// Refuses options that make no sense or are not safe, in the words of `neo serve`.
    ///
    /// - Parameter variable: where the environment would have the token.
    package func validate(tokenIn variable: String = "NEO_TOKEN") throws(ServerError) {
        try validateValues()
        guard isLoopback || isLocked else {
            throw ServerError(
                code: .tokenMissing,
                message: """
                    Listening on \(host) would let other machines read the documents, so it needs a token: set one in \
                    the environment as \(variable), give a file with --token-file, make keys (`neo access keys add`), or \
                    listen on 127.0.0.1.
                    """
            )
        }
    }

    /// Refuses values that make no sense.
    package func validateValues() throws(ServerError) {
        guard !host.isEmpty else {
            throw ServerError(
                code: .invalidOptions, message: "--host is empty; the address of this machine is 127.0.0.1.")
        }
        guard (0...65_535).contains(port) else {
            throw ServerError(
                code: .invalidOptions, message: "\(port) is not a port; --port takes 0 (any that is free) to 65535."
            )
        }
        for (option, value, range) in limits where !range.contains(value) {
            throw ServerError(
                code: .invalidOptions,
                message: "\(option) is \(value); it takes \(range.lowerBound) to \(range.upperBound)."
            )
        }
        guard defaultPassages <= maximumPassages else {
            throw ServerError(
                code: .invalidOptions,
                message: "--passages is \(defaultPassages), but --max-passages allows \(maximumPassages); "
                    + "lower the one or raise the other."
            )
        }
    }

    /// The numbers among the options, and what they may be. The upper bounds keep a slip of the finger from switching
    /// a protection off.
    private var limits: [(option: String, value: Int, range: ClosedRange<Int>)] {
        [
            ("--max-connections", maximumConnections, 1...100_000),
            ("--max-body-bytes", maximumBodyBytes, 100...(64 << 20)),
            ("--max-question", maximumQuestionCharacters, 1...1_000_000),
            ("--max-passages", maximumPassages, 1...10_000),
            ("--passages", defaultPassages, 1...10_000),
            ("--requests-per-minute", requestsPerMinutePerClient ?? 1, 1...1_000_000),
            ("--idle-seconds", idleSeconds, 1...86_400),
            ("--request-seconds", requestSeconds, 1...86_400),
            ("--answer-seconds", answerSeconds, 1...86_400),
            ("--shutdown-seconds", shutdownSeconds, 1...86_400),
        ]
    }
}

internal import ArgumentParser
internal import Server

/// What `neo serve` allows its clients. The defaults suit a single user on their own machine.
struct ServingLimits: ParsableArguments {
    private static let defaults = ServerOptions()

    @Option(help: "How many connections may be open at once; the next ones wait until one closes.")
    var maxConnections = defaults.maximumConnections

    @Option(help: "How many requests a client address may make in a minute; 0 for any number.")
    var requestsPerMinute = defaults.requestsPerMinutePerClient ?? 0

    @Option(help: "The largest body of a request, in bytes.")
    var maxBodyBytes = defaults.maximumBodyBytes

    @Option(help: "The longest question, in characters (Unicode scalars).")
    var maxQuestion = defaults.maximumQuestionCharacters

    @Option(help: "The most passages that a request may ask for.")
    var maxPassages = defaults.maximumPassages

    @Option(help: "How many passages a request gets that does not say.")
    var passages = defaults.defaultPassages

    @Option(help: "After how many seconds of silence a connection is closed.")
    var idleSeconds = defaults.idleSeconds

    @Option(help: "How many seconds a request may take to come in, and a client to take its answer.")
    var requestSeconds = defaults.requestSeconds

    @Option(help: "How many seconds an answer may take to be written.")
    var answerSeconds = defaults.answerSeconds

    @Option(help: "How many seconds requests have to finish after the signal to stop.")
    var shutdownSeconds = defaults.shutdownSeconds

    /// Puts the limits into the options of a server.
    func apply(to options: inout ServerOptions) {
        options.maximumConnections = maxConnections
        options.requestsPerMinutePerClient = requestsPerMinute == 0 ? nil : requestsPerMinute
        options.maximumBodyBytes = maxBodyBytes
        options.maximumQuestionCharacters = maxQuestion
        options.maximumPassages = maxPassages
        options.defaultPassages = passages
        options.idleSeconds = idleSeconds
        options.requestSeconds = requestSeconds
        options.answerSeconds = answerSeconds
        options.shutdownSeconds = shutdownSeconds
    }
}

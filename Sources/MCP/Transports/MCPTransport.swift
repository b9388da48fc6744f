internal import Base

/// The way to one server. Messages from there go to an inbox, whoever they answer.
package protocol MCPTransport: Sendable {
    /// Whether a request's answer comes before `send` returns, if it comes at all.
    var answersWithin: Bool { get }

    /// Serves the connection for as long as the task is not cancelled.
    func run(_ inbox: MCPInbox) async

    /// Sends a message.
    ///
    /// - Throws: `MCPError` where it cannot be sent; `CancellationError`.
    func send(_ message: MCPOutgoing, _ inbox: MCPInbox) async throws

    /// How often the server was started anew: what was agreed with one that ended does not hold any more.
    var generation: Int { get }

    /// Says that no more is wanted: the server is given a moment to end by itself.
    func finish() async
}

/// A message, and what a transport puts beside it.
package struct MCPOutgoing: Sendable, Hashable {
    package var message: MCPMessage
    /// The revision that is spoken; nil before that is known.
    package var revision: MCPRevision?
    /// What the legacy handshake agreed on.
    package var version: String
    /// Arguments of a tool that go into headers as well, by the headers' names.
    package var parameters: [String: String] = [:]

    package init(_ message: MCPMessage, revision: MCPRevision?, version: String = MCPRevision.legacy.rawValue) {
        self.message = message
        self.revision = revision
        self.version = version
    }

    /// The bytes of its line.
    package var line: [UInt8] { Array((message.json.canonicalText + "\n").utf8) }
}

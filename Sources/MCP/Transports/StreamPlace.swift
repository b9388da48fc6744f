internal import Base

/// How far a stream of events has come, and when it may go on in another connection.
struct StreamPlace: Sendable, Hashable {
    /// Without a wish of the server's.
    private static let usualMilliseconds = 1_000
    /// A server may want to be left in peace, but neither for ever nor not at all.
    private static let milliseconds = 10...10_000

    /// The last event's id, as a header can carry it; nil where the stream cannot go on.
    private(set) var id: String?
    /// How long to wait before it goes on.
    private(set) var pause = Duration.milliseconds(usualMilliseconds)
    /// What was read of this connection.
    var bytes = 0

    /// Notes what a parser has read.
    mutating func note(_ parser: ServerSentEventParser) {
        if let last = parser.lastEventID, last.utf8.count <= 1_024, last.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        {
            id = last
        }
        if let wish = parser.retryMilliseconds {
            pause = .milliseconds(min(max(wish, Self.milliseconds.lowerBound), Self.milliseconds.upperBound))
        }
    }
}

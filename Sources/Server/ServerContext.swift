internal import Hummingbird
internal import Logging
internal import NIOCore

/// What is known of a request besides its head and body.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who looks at the dashboard; nil elsewhere.
    var browser: BrowserSession?
    /// Who sent it; nil before that is known, and where anybody may.
    var principal: Principal?
    /// What the audit log will say of it; nil where none is kept.
    var notes: RequestNotes?
    /// What is noted of the request for the log; nil where nobody keeps one.
    var observation: RequestObservation?
    /// The address of the peer; the unit of the rate limit.
    let client: String
    /// The connection that it came on.
    let connection: ConnectedClients.Connection

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        connection = ObjectIdentifier(source.channel)
        client = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// The name under which the log knows this request.
    var requestID: String? { logger[metadataKey: "hb.request.id"].map { "\($0)" } }
}

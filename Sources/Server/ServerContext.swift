internal import Hummingbird
internal import Logging
internal import NIOCore

/// What is known of a request besides its head and body.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the peer; the unit of the rate limit.
    let client: String

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        client = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// The name under which the log knows this request.
    var requestID: String? { logger[metadataKey: "hb.request.id"].map { "\($0)" } }
}

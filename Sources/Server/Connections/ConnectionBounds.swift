internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// What one connection may do, and how many there may be: the same for every server of Neo's.
struct ConnectionBounds: Sendable {
    let options: ServerOptions
    let metrics: RequestMetrics
    let clients: ConnectedClients

    /// Of one connection. The heads of requests are small: no route reads more of them than a token.
    var channel: HTTP1Channel.Configuration {
        let (options, metrics) = (options, metrics)
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionDeadlines(limit: .seconds(Int64(options.requestSeconds)), clients: clients) {
                    // Before the last place is taken, so that one that has just become free changes nothing.
                    metrics.snapshot.connections > options.maximumConnections * 3 / 4
                }
            ],
            idleTimeout: .seconds(Int64(options.idleSeconds)),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100
            )
        )
    }

    /// Of all of them, and where they are listened for.
    func application(_ logger: Logger) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: .hostname(options.host, port: options.port),
            availableConnectionsDelegate: ConnectionLimit(
                maximum: options.maximumConnections, metrics: metrics, logger: logger))
    }
}
